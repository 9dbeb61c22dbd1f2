"""The command ``migrate``: files change in place, all or none, once, and nothing else changes."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from coprod_review.files import writing
from coprod_review.migration.registry import CURRENT
from coprod_review.reports import migration
from tests.conftest import base_of, entry
from tests.migration import old_base

OLD = "coprod-review/base/1"


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def old(empty_folder: Path) -> Path:
    """An old base in the folder ``old`` of the working directory."""
    return old_base.write(empty_folder / "old")


def test_a_base_is_migrated_in_place(old: Path, run: Any) -> None:
    (old / "notes.txt").write_text("focus: both\n", encoding="utf-8")
    before = _contents(old)
    done = run("migrate", "old")
    assert (done.code, done.err) == (0, "")
    first, *_ = done.out.splitlines()
    assert first == f"old was migrated from {OLD} to {CURRENT}. Changed: 3 files."
    assert done.out.endswith("\nTo check the result, run: coprod-review validate old\n")
    after = _contents(old)
    assert {name for name in after if after[name] != before.get(name)} == {
        "base.yaml",
        "studies.yaml",
        "studies/iris-2019.yaml",
    }
    assert set(after) == set(before)
    assert b"focus" not in after["studies.yaml"]


def test_to_dos_have_file_line_and_what_to_do(old: Path, run: Any) -> None:
    out = run("migrate", "old").out
    lines = (old / "studies.yaml").read_text(encoding="utf-8").split("\n")
    (line,) = [line for line in out.splitlines() if "dean-2019" in line]
    number = 1 + next(
        n for n, text in enumerate(lines) if text.endswith("{code: not_coded, reason: It asks for both.}")
    )
    assert line == (
        f"- old/studies.yaml:{number}: dean-2019: the focus was `both`, which does not say which aim is primary: read "
        "the stated aim, and code both aims."
    )
    assert "To do, with line numbers after the migration (7):" in out


def test_the_result_is_valid_and_needs_no_migration(old: Path, run: Any) -> None:
    assert run("migrate", "old").code == 0
    after = _contents(old)
    again = run("migrate", "old")
    assert (again.code, again.out) == (0, f"old is in the format {CURRENT}, so it needs no migration.\n")
    assert run("migrate", "old", "--check").code == 0
    assert run("migrate", "old", "--diff").out == ""
    assert _contents(old) == after
    assert "CPR902" not in run("validate", "old").out


def test_check_changes_nothing(old: Path, run: Any) -> None:
    before = _contents(old)
    done = run("migrate", "--check", "old")
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith(
        f"old is in the format {OLD}. A migration to {CURRENT} would change 3 files. To make it, run: "
        "coprod-review migrate old\n"
    )
    assert _contents(old) == before


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_diff_is_a_patch_that_makes_the_migration(line_end: str, empty_folder: Path, run: Any) -> None:
    studies = old_base.STUDIES.replace("\n", line_end).rstrip()
    old_base.write(empty_folder / "old", studies=studies)
    before = _contents(empty_folder)
    done = run("migrate", "old", "--diff")
    assert (done.code, _contents(empty_folder)) == (0, before)
    assert done.out.startswith("--- a/old/base.yaml\n+++ b/old/base.yaml\n")
    assert "dean-2019: the focus was `both`" in done.err
    assert run("migrate", "old", "--diff", "--check").code == 1
    old_base.write(empty_folder / "patched" / "old", studies=studies)
    subprocess.run(["git", "apply", "-"], cwd=empty_folder / "patched", input=done.out.encode(), check=True)
    run("migrate", "old")
    assert _contents(empty_folder / "patched" / "old") == _contents(empty_folder / "old")


def test_the_current_folder_is_migrated_without_a_path(old: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(old)
    done = run("migrate")
    assert (done.code, done.out.splitlines()[0]) == (0, f". was migrated from {OLD} to {CURRENT}. Changed: 3 files.")


def test_a_folder_without_a_base_is_reported(empty_folder: Path, run: Any) -> None:
    for arguments in ((), ("missing",), ("--check",)):
        done = run("migrate", *arguments)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_one_file_of_studies_is_migrated(empty_folder: Path, run: Any) -> None:
    path = empty_folder / "alone.yaml"
    path.write_text(old_base.STUDIES, encoding="utf-8")
    assert run("migrate", "alone.yaml", "--check").code == 1
    done = run("migrate", "alone.yaml")
    assert (done.code, done.out.splitlines()[0]) == (
        0,
        f"alone.yaml was migrated from {OLD} to {CURRENT}. Changed: 1 file.",
    )
    assert run("migrate", "alone.yaml", "--check").code == 0


def test_one_file_of_a_current_base_is_migrated_alone(empty_folder: Path, run: Any) -> None:
    base = old_base.write(empty_folder / "base", base=old_base.ABOUT.replace(OLD, CURRENT))
    before = _contents(base)
    assert run("migrate", "base/studies/iris-2019.yaml").code == 0
    after = _contents(base)
    assert {name for name in after if after[name] != before[name]} == {"studies/iris-2019.yaml"}


def test_one_file_of_an_old_base_needs_the_whole_base(old: Path, run: Any) -> None:
    before = _contents(old)
    for name in ("old/studies.yaml", "old/studies/iris-2019.yaml"):
        done = run("migrate", name)
        assert (done.code, done.out) == (2, "")
        assert done.err == (
            f"coprod-review: {name} is part of a base. old is in the format {OLD}. To bring it to {CURRENT}, run: "
            "coprod-review migrate old\n"
        )
    done = run("migrate", "old/base.yaml")
    assert (done.code, done.err) == (
        2,
        "coprod-review: old/base.yaml is one part of a base: name the folder of the base.\n",
    )
    assert _contents(old) == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("studies", old_base.STUDIES + "  - id: [\n"),
        ("studies", old_base.STUDIES + "    id: again\n"),
        ("base", "name: [\n"),
        ("codebook", "vocabularies: {\n"),
        ("review", "a: &b 1\nc: *b\n"),
        ("studies", "# nothing\n"),
        ("benchmarks", "a: \x00"),
    ],
)
@pytest.mark.parametrize("option", [(), ("--check",), ("--diff",)])
def test_what_cannot_be_read_stops_the_migration(
    name: str, text: str, option: tuple[str, ...], empty_folder: Path, run: Any
) -> None:
    old_base.write(empty_folder / "old", **{name: text})
    before = _contents(empty_folder)
    done = run("migrate", "old", *option)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert f"old cannot be migrated, because a part of it cannot be read (first: old/{name}.yaml:" in done.err
    assert "Run `coprod-review validate old` to see every error." in done.err
    assert _contents(empty_folder) == before


def test_values_that_other_programs_read_differently_do_not_stop_it(empty_folder: Path, run: Any) -> None:
    old_base.write(empty_folder / "old", studies="studies:\n" + old_base.entry("no-2019", "focus: both", "aim: NO"))
    assert run("migrate", "old").code == 0


# --- all files or none -------------------------------------------------------------------------


def test_a_file_that_changed_meanwhile_stops_every_write(old: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = migration.plan_migration
    before = _contents(old)

    def somebody_saves(path: Path) -> migration.Plan:
        plan = planned(path)
        (old / "studies.yaml").write_text("studies: []\n", encoding="utf-8")
        return plan

    monkeypatch.setattr(migration, "plan_migration", somebody_saves)
    done = run("migrate", "old")
    assert (done.code, done.out) == (2, "")
    assert "old/studies.yaml changed while the program was working on it, so no file was changed" in done.err
    assert _contents(old) == {**before, "studies.yaml": b"studies: []\n"}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_a_failure_at_any_moment_leaves_every_file(
    number: int, error: BaseException, old: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, replace, prepare = _contents(old), Path.replace, writing._prepare
    calls = iter(range(1, 100))

    def failing(do: Any) -> Any:
        def attempt(*arguments: Any) -> Any:
            if next(calls) == number:
                raise error
            return do(*arguments)

        return attempt

    monkeypatch.setattr(Path, "replace", failing(replace))
    monkeypatch.setattr(writing, "_prepare", failing(prepare))
    if isinstance(error, OSError):
        done = run("migrate", "old")
        assert (done.code, done.out, "no space left on device" in done.err) == (2, "", True)
    else:
        with pytest.raises(KeyboardInterrupt):
            writing.replace_texts(migration.plan_migration(old).rewrites)
    assert _contents(old) == before


def test_links_and_permissions_stay(old: Path, run: Any, empty_folder: Path) -> None:
    target = empty_folder / "elsewhere.yaml"
    (old / "studies.yaml").rename(target)
    target.chmod(0o640)
    (old / "studies.yaml").symlink_to(target)
    assert run("migrate", "old").code == 0
    assert (old / "studies.yaml").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert b"aims:" in target.read_bytes()


def test_a_base_without_description_is_migrated(empty_folder: Path, run: Any) -> None:
    old_base.write(empty_folder / "old", base="")
    assert "Changed: 2 files" in run("migrate", "old").out
    assert not (empty_folder / "old" / "base.yaml").exists()


def test_a_current_base_needs_nothing(empty_folder: Path, run: Any) -> None:
    base_of(empty_folder / "new", studies="studies:\n" + entry())
    for arguments in ((), ("--check",)):
        assert run("migrate", "new", *arguments) == (
            0,
            f"new is in the format {CURRENT}, so it needs no migration.\n",
            "",
        )
