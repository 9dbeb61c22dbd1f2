"""What is kept between commands: the same answer, never a stale one, and never in the way.

Longer than 400 lines, because the attacks on the cache share their fixtures.
"""

import errno
import json
import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coprod_review import bundled
from coprod_review.errors import InvalidBase
from coprod_review.loading import assembly, discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.files import PART_NAMES
from coprod_review.validate import base_cache, valid_base
from tests.conftest import base_of, entry

NOBODY = 65534
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
as_root = pytest.mark.skipif(not ROOT, reason="only root gives a file to another user")


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
    load = valid_base.load

    def counted(path: Any = None, *, skip_invalid: bool = False) -> EvidenceBase:
        seen.append(path)
        return load(path, skip_invalid=skip_invalid)

    monkeypatch.setattr(valid_base, "load", counted)
    return seen


def test_second_command_uses_the_cache(base: Path, readings: list[object], run: Any) -> None:
    first = run("gaps", "focus", "--base", base)
    second = run("gaps", "focus", "--base", base)
    assert first == second
    assert first.code == 0
    assert len(readings) == 1


def test_second_command_imports_no_parser(base: Path) -> None:
    run_and_list = "app(standalone_mode=False); print(*sys.modules, file=sys.stderr)"
    program = f"import sys; from coprod_review.cli import app; {run_and_list}"
    command = [sys.executable, "-c", program, "gaps", "--base", str(base)]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    assert first.stdout == second.stdout
    assert {"yaml", "pydantic"} <= set(first.stderr.split())
    assert {"yaml", "pydantic", "jinja2", "rich"}.isdisjoint(second.stderr.split())


def test_cached_base_equals_the_read_base(base: Path) -> None:
    read, first, second = (
        valid_base.load(base),
        base_cache.load(base, skip_invalid=False),
        base_cache.load(base, skip_invalid=False),
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
def test_changed_files_are_read_again(change: Callable[[Path], None], base: Path, readings: list[object]) -> None:
    base_cache.load(base, skip_invalid=False)
    change(base)
    after = base_cache.load(base, skip_invalid=False)
    assert len(readings) == 2
    assert after.studies == valid_base.load(base).studies


def test_another_program_reads_anew(base: Path, readings: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    base_cache.load(base, skip_invalid=False)
    monkeypatch.setattr(base_cache, "_program", lambda: iter([b"another"]))
    base_cache.load(base, skip_invalid=False)
    assert len(readings) == 2


def test_invalid_base_is_never_cached(base: Path, cache: Path) -> None:
    path = base / "studies.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("role: evidence", "role: evidnce", 1), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InvalidBase):
            base_cache.load(base, skip_invalid=False)
    assert not list(cache.glob("*"))
    left_out = base_cache.load(base, skip_invalid=True)
    assert left_out.skipped == ("kay-2019",)
    assert base_cache.load(base, skip_invalid=True) == left_out


# --- attacks ------------------------------------------------------------------------


@pytest.fixture
def state(base: Path, cache: Path) -> Path:
    """The file of a state in the cache."""
    base_cache.load(base, skip_invalid=False)
    (place,) = cache.iterdir()
    return place


def _rewritten(place: Path, change: Callable[[Any], object]) -> None:
    """Change what a state holds, and give it the digest that belongs to it."""
    _, _, content = place.read_bytes().partition(b"\n")
    data = json.loads(content)
    change(data)
    content = json.dumps(data).encode()
    place.write_bytes(base_cache._digest(place.stem, content) + b"\n" + content)


@pytest.fixture
def ignored(base: Path, readings: list[object]) -> Callable[[], None]:
    """A check that what lies in the cache does not count: the base is read again, and gives what it gives."""

    def check() -> None:
        before, expected = len(readings), valid_base.require_valid(discovery.read_base(base))
        assert base_cache.load(base, skip_invalid=False).studies == expected.studies
        assert len(readings) == before + 1

    return check


class Trap:
    """What runs a command when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:
        return (Path.touch, (self.mark,))


def test_a_pickle_in_the_cache_does_not_run(state: Path, ignored: Callable[[], None], tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for content in (pickle.dumps(Trap(mark)), base_cache._digest(state.stem, pickle.dumps(Trap(mark), 0)) + b"\n"):
        state.write_bytes(content + pickle.dumps(Trap(mark), 0))
        ignored()
    assert not mark.exists()


@pytest.mark.parametrize("damage", ["empty", "text", "truncated", "one byte", "longer"])
def test_a_damaged_state_is_read_again(damage: str, state: Path, ignored: Callable[[], None]) -> None:
    whole = state.read_bytes()
    state.write_bytes(
        {
            "empty": b"",
            "text": b"no JSON",
            "truncated": whole[:-3],
            "one byte": whole.replace(b"A title", b"B title", 1),
            "longer": whole + b" ",
        }[damage]
    )
    ignored()
    assert state.read_bytes() == whole


def test_state_of_another_base_is_not_used(state: Path, base: Path, cache: Path, ignored: Callable[[], None]) -> None:
    _changed_study(base)
    base_cache.load(base, skip_invalid=False)
    (other,) = (path for path in cache.iterdir() if path != state)
    shutil.copy(state, other)
    ignored()


WRONG: dict[str, Callable[[Any], object]] = {
    "another object": lambda data: data.clear(),
    "text in place of studies": lambda data: data.update(studies="none"),
    "a mapping in place of studies": lambda data: data.update(studies={}),
    "a number in place of a study": lambda data: data["studies"].append(1),
    "a number in place of an id": lambda data: data["studies"][0].update(id=5),
    "nothing in place of an id": lambda data: data["studies"][0].update(id=None),
    "a boolean in place of a year": lambda data: data["studies"][0]["citation"].update(issued=True),
    "a list in place of a citation": lambda data: data["studies"][0].update(citation=[]),
    "a mapping in place of authors": lambda data: data["studies"][0]["citation"].update(author={"family": "Kay"}),
    "a number in place of a sector": lambda data: data["studies"][0].update(sector=[1]),
    "a number in place of a code": lambda data: data["studies"][0].update(populations={"women": 1}),
    "an unknown field": lambda data: data["studies"][0].update(desing="qualitative"),
    "a missing field": lambda data: data["studies"][0].pop("id"),
    "a text in place of a framework": lambda data: data.update(framework="codebook"),
    "a vocabulary without terms": lambda data: data["framework"]["codebook"]["vocabularies"]["roles"].pop("terms"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_state_of_another_shape_is_read_again(name: str, state: Path, ignored: Callable[[], None]) -> None:
    _rewritten(state, WRONG[name])
    ignored()


def test_state_with_right_digest_and_shape_is_used(state: Path, base: Path, readings: list[object]) -> None:
    _rewritten(state, lambda data: data["studies"][0]["citation"].update(title="C title"))
    assert base_cache.load(base, skip_invalid=False).studies[0].citation.title == "C title"
    assert readings == []


def test_deeply_nested_content_is_read_again(state: Path, ignored: Callable[[], None]) -> None:
    content = b"[" * 200_000
    state.write_bytes(base_cache._digest(state.stem, content) + b"\n" + content)
    ignored()


def test_symlink_in_the_cache_is_not_followed(state: Path, ignored: Callable[[], None], tmp_path: Path) -> None:
    """In a shared cache folder, another user links the name of a state to a file that the victim owns."""
    state.rename(tmp_path / "victim.jsonl")
    state.symlink_to(tmp_path / "victim.jsonl")
    before = (tmp_path / "victim.jsonl").read_bytes()
    ignored()
    assert not state.is_symlink()
    assert (tmp_path / "victim.jsonl").read_bytes() == before


@pytest.mark.parametrize("mode", [0o622, 0o606])
def test_a_file_that_others_may_write_is_not_trusted(mode: int, state: Path, ignored: Callable[[], None]) -> None:
    state.chmod(mode)
    ignored()
    assert state.stat().st_mode & 0o777 == 0o600


@as_root
def test_a_file_of_another_user_is_not_trusted(state: Path, ignored: Callable[[], None]) -> None:
    os.chown(state, NOBODY, NOBODY)
    ignored()
    assert state.stat().st_uid == os.geteuid()


@pytest.mark.usefixtures("impatient")
def test_pipe_or_folder_in_the_cache_is_ignored(state: Path, ignored: Callable[[], None]) -> None:
    state.unlink()
    os.mkfifo(state, 0o600)
    ignored()
    assert state.is_file()
    state.unlink()
    state.mkdir(0o700)
    ignored()


def test_a_state_larger_than_any_is_not_read(
    state: Path, ignored: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    os.truncate(state, base_cache.LARGEST_STATE + 1)  # without blocks on the disk
    ignored()
    monkeypatch.setattr(base_cache, "LARGEST_STATE", state.stat().st_size - 1)
    ignored()


@pytest.mark.parametrize("mode", [0o777, 0o701, 0o770, 0o750])
def test_a_folder_that_lets_others_in_is_not_used(mode: int, state: Path, ignored: Callable[[], None]) -> None:
    state.parent.chmod(mode)
    state.write_bytes(b"not looked at")
    ignored()
    assert state.read_bytes() == b"not looked at"
    assert len(list(state.parent.iterdir())) == 1


@as_root
def test_a_folder_of_another_user_is_not_used(state: Path, ignored: Callable[[], None]) -> None:
    os.chown(state.parent, NOBODY, NOBODY)
    ignored()
    state.unlink()
    ignored()
    assert list(state.parent.iterdir()) == []


def test_a_folder_that_is_a_link_is_not_used(state: Path, ignored: Callable[[], None], tmp_path: Path) -> None:
    folder = state.parent
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    ignored()
    (tmp_path / "elsewhere" / state.name).unlink()
    ignored()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_relative_cache_home_is_ignored(
    state: Path, base: Path, readings: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _rewritten(state, lambda data: data["studies"][0]["citation"].update(title="Planted"))
    state.parent.parent.rename(base.parent / ".cache")
    monkeypatch.chdir(base.parent)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", ".cache")
    # Another working directory gives the base another name, so the planted state is given the key that fits it.
    key = base_cache._key(base, False)
    planted = base.parent / ".cache" / "coprod-review" / state.name
    _, _, content = planted.read_bytes().partition(b"\n")
    planted.with_stem(str(key)).write_bytes(base_cache._digest(str(key), content) + b"\n" + content)
    for _ in range(2):
        assert base_cache.load(base, skip_invalid=False).studies[0].citation.title == "A title"
    assert len(readings) == 1
    assert (tmp_path / "home" / ".cache" / "coprod-review" / f"{key}.jsonl").is_file()


def test_a_relative_home_is_ignored_too(
    base: Path, readings: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", ".")
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    for _ in range(2):
        base_cache.load(base, skip_invalid=False)
    assert len(readings) == 2
    assert not (tmp_path / ".cache").exists()


def test_leftovers_of_interrupted_commands_are_removed(state: Path, base: Path) -> None:
    abandoned, fresh = state.with_name("a.tmp"), state.with_name("b.tmp")
    for path in (abandoned, fresh):
        path.write_bytes(b"half of a sta")
    old = time.time() - base_cache.ABANDONED_AFTER - 60
    os.utime(abandoned, (old, old))
    base_cache.load(base, skip_invalid=True)
    assert not abandoned.exists()
    assert fresh.exists(), "another command may be writing it"


# --- the cache is never in the way ---------------------------------------------------


def test_unwritable_cache_is_ignored(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert run("gaps", "--base", base).code == 0


def test_cache_size_is_limited(base: Path, cache: Path) -> None:
    for number in range(base_cache.MOST_STATES + 5):
        path = base / "studies.yaml"
        path.write_text(f"{path.read_text(encoding='utf-8')}# {number}\n", encoding="utf-8")
        base_cache.load(base, skip_invalid=False)
    assert len(list(cache.iterdir())) == base_cache.MOST_STATES
    if hasattr(os, "getuid"):
        assert cache.stat().st_mode & 0o077 == 0


def test_a_user_without_a_home_is_answered(base: Path, monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert run("gaps", "--base", base).code == 0


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_named_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    command = (sys.executable, "-m", "coprod_review", "gaps", "--base", str(tmp_path / "pipe"))
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert "this is a pipe, not a file" in done.stderr


def test_removed_broken_symlink_is_noticed(base: Path) -> None:
    (base / "studies").mkdir()
    (base / "studies" / "best-2021.yaml").symlink_to("nowhere")
    assert base_cache.load(base, skip_invalid=True).skipped
    (base / "studies" / "best-2021.yaml").unlink()
    assert base_cache.load(base, skip_invalid=True).skipped == ()


def test_file_changed_during_reading_is_not_cached(base: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = valid_base.load

    def late(path: Any = None, *, skip_invalid: bool = False) -> EvidenceBase:
        _changed_study(base)
        return load(path, skip_invalid=skip_invalid)

    monkeypatch.setattr(valid_base, "load", late)
    assert base_cache.load(base, skip_invalid=False).studies[0].citation.title == "B title"
    assert not list(cache.glob("*"))


def test_a_full_disk_leaves_nothing_behind(base: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert len(base_cache.load(base, skip_invalid=False).studies) == 2
    assert list(cache.iterdir()) == []


def test_working_folder_does_not_change_the_key(
    base: Path, tmp_path: Path, readings: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        assert base_cache.load(base, skip_invalid=False).name == base.as_posix()
    assert len(readings) == 1


def test_the_base_has_the_name_that_reading_gives_it(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (base.parent, base, base.parent.parent):
        monkeypatch.chdir(place)
        cached, read = base_cache.load(base, skip_invalid=False), discovery.read_base(base)
        assert (cached.name, cached.framework.about) == (read.name, read.framework.about)


def test_least_recently_used_state_is_dropped(base: Path, cache: Path) -> None:
    base_cache.load(base, skip_invalid=False)
    (used,) = cache.iterdir()
    for number in range(base_cache.MOST_STATES):
        (cache / f"{number}.jsonl").write_bytes(b"another state")
        os.utime(cache / f"{number}.jsonl", (2_000 + number, 2_000 + number))
    os.utime(used, (1_000, 1_000))
    base_cache.load(base, skip_invalid=False)
    base_cache.load(base, skip_invalid=True)
    assert used.exists()
    assert len(list(cache.iterdir())) == base_cache.MOST_STATES


def test_the_parts_are_those_that_are_read() -> None:
    assert set(PART_NAMES) == set(assembly.PART_MODELS)
