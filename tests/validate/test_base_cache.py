"""What is kept between commands: the same answer, never a stale one, and never in the way."""

import errno
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coprod_review import bundled
from coprod_review.errors import InvalidBase
from coprod_review.loading import assembly, discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.files import PART_NAMES
from coprod_review.validate import base_cache, sound_base
from tests.conftest import base_of, entry


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own for every test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "coprod-review"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    base_of(tmp_path / "base", studies="studies:\n" + entry("Kay") + entry("Able", 2020))
    return tmp_path / "base"


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every time a base is read and checked."""
    seen: list[object] = []
    load = sound_base.load

    def counted(path: Any = None, *, skip_invalid: bool = False) -> EvidenceBase:
        seen.append(path)
        return load(path, skip_invalid=skip_invalid)

    monkeypatch.setattr(sound_base, "load", counted)
    return seen


def test_the_second_command_reads_nothing_and_says_the_same(base: Path, readings: list[object], run: Any) -> None:
    first = run("gaps", "focus", "--base", base)
    second = run("gaps", "focus", "--base", base)
    assert first == second
    assert first.code == 0
    assert len(readings) == 1


def test_what_is_kept_is_what_was_read(base: Path) -> None:
    read, first, second = (
        sound_base.load(base),
        base_cache.sound(base, skip_invalid=False),
        base_cache.sound(base, skip_invalid=False),
    )
    assert read.studies == first.studies == second.studies
    assert read.framework == second.framework
    assert (read.name, read.uses_bundled_codebook) == (second.name, second.uses_bundled_codebook)


def _changed_study(base: Path) -> None:
    path = base / "studies.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("A title", "B title", 1), encoding="utf-8")


def _new_study(base: Path) -> None:
    (base / "studies").mkdir()
    text = entry("Best", 2021).replace("\n    ", "\n").replace("  - id", "id", 1)
    (base / "studies" / "best-2021.yaml").write_text(text, encoding="utf-8")


def _new_part(base: Path) -> None:
    text = (bundled.DATA / "base.yaml").read_text(encoding="utf-8")
    (base / "base.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("change", [_changed_study, _new_study, _new_part])
def test_a_change_of_any_file_is_seen(change: Callable[[Path], None], base: Path, readings: list[object]) -> None:
    base_cache.sound(base, skip_invalid=False)
    change(base)
    after = base_cache.sound(base, skip_invalid=False)
    assert len(readings) == 2
    assert after.studies == sound_base.load(base).studies


def test_another_program_reads_anew(base: Path, readings: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    base_cache.sound(base, skip_invalid=False)
    monkeypatch.setattr(base_cache, "_program", lambda: iter([b"another"]))
    base_cache.sound(base, skip_invalid=False)
    assert len(readings) == 2


def test_a_base_with_errors_is_refused_every_time_and_never_kept(base: Path, cache: Path) -> None:
    path = base / "studies.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("role: evidence", "role: evidnce", 1), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InvalidBase):
            base_cache.sound(base, skip_invalid=False)
    assert not list(cache.glob("*"))
    left_out = base_cache.sound(base, skip_invalid=True)
    assert left_out.skipped == ("kay-2019",)
    assert base_cache.sound(base, skip_invalid=True) == left_out


@pytest.mark.parametrize("rubbish", [b"", b"no pickle", pickle.dumps({"not": "a base"})[:-3]])
def test_what_cannot_be_read_is_read_from_the_base(
    rubbish: bytes, base: Path, cache: Path, readings: list[object]
) -> None:
    expected = base_cache.sound(base, skip_invalid=False)
    (place,) = cache.glob("*.pickle")
    place.write_bytes(rubbish)
    assert base_cache.sound(base, skip_invalid=False) == expected
    assert len(readings) == 2


def test_a_file_that_others_may_write_is_not_trusted(base: Path, cache: Path, readings: list[object]) -> None:
    base_cache.sound(base, skip_invalid=False)
    (place,) = cache.glob("*.pickle")
    place.chmod(0o666)
    base_cache.sound(base, skip_invalid=False)
    assert len(readings) == 2
    assert place.stat().st_mode & 0o777 == 0o600


def test_nothing_has_to_be_kept(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert run("gaps", "--base", base).code == 0


def test_no_more_than_a_few_states_are_kept_and_no_half_written_one(base: Path, cache: Path) -> None:
    for number in range(base_cache.MOST + 5):
        path = base / "studies.yaml"
        path.write_text(f"{path.read_text(encoding='utf-8')}# {number}\n", encoding="utf-8")
        base_cache.sound(base, skip_invalid=False)
    assert len(list(cache.iterdir())) == base_cache.MOST
    if hasattr(os, "getuid"):
        assert cache.stat().st_mode & 0o077 == 0


def test_a_user_without_a_home_is_answered(base: Path, monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert run("gaps", "--base", base).code == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    command = (sys.executable, "-m", "coprod_review", "gaps", "--base", str(tmp_path / "pipe"))
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert "this is not a file" in done.stderr


def test_a_broken_link_that_is_taken_away_is_seen(base: Path) -> None:
    (base / "studies").mkdir()
    (base / "studies" / "best-2021.yaml").symlink_to("nowhere")
    assert base_cache.sound(base, skip_invalid=True).skipped
    (base / "studies" / "best-2021.yaml").unlink()
    assert base_cache.sound(base, skip_invalid=True).skipped == ()


def test_a_file_that_changes_while_it_is_read_is_not_kept_as_it_was(
    base: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = sound_base.load

    def late(path: Any = None, *, skip_invalid: bool = False) -> EvidenceBase:
        _changed_study(base)
        return load(path, skip_invalid=skip_invalid)

    monkeypatch.setattr(sound_base, "load", late)
    assert base_cache.sound(base, skip_invalid=False).studies[0].citation.title == "B title"
    assert not list(cache.glob("*"))


def test_a_full_disk_leaves_nothing_behind(base: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert len(base_cache.sound(base, skip_invalid=False).studies) == 2
    assert list(cache.iterdir()) == []


def test_one_state_serves_every_folder_that_gives_the_base_the_same_name(
    base: Path, tmp_path: Path, readings: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        assert base_cache.sound(base, skip_invalid=False).name == base.as_posix()
    assert len(readings) == 1


def test_the_base_has_the_name_that_reading_gives_it(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (base.parent, base, base.parent.parent):
        monkeypatch.chdir(place)
        held, read = base_cache.sound(base, skip_invalid=False), discovery.read_base(base)
        assert (held.name, held.framework.about) == (read.name, read.framework.about)


def test_what_was_used_last_is_forgotten_last(base: Path, cache: Path) -> None:
    base_cache.sound(base, skip_invalid=False)
    (used,) = cache.iterdir()
    for number in range(base_cache.MOST):
        (cache / f"{number}.pickle").write_bytes(b"another state")
        os.utime(cache / f"{number}.pickle", (2_000 + number, 2_000 + number))
    os.utime(used, (1_000, 1_000))
    base_cache.sound(base, skip_invalid=False)
    base_cache.sound(base, skip_invalid=True)
    assert used.exists()
    assert len(list(cache.iterdir())) == base_cache.MOST


def test_what_follows_from_a_base_is_not_kept_beside_it(base: Path) -> None:
    held = sound_base.load(base)
    before = pickle.dumps(held)
    assert held.find("kay-2019") is held.studies[0]
    assert pickle.dumps(held) == before
    again = pickle.loads(before)
    assert again.studies == held.studies
    assert again.find("kay-2019") == held.studies[0]


def test_the_parts_are_those_that_are_read() -> None:
    assert set(PART_NAMES) == set(assembly.PART_MODELS)
