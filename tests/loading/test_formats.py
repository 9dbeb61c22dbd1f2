"""A base in another format is recognised by base.yaml, or by the fields of its studies, and nothing else is checked."""

from pathlib import Path
from typing import Any

import pytest

from coprod_review.loading import discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.migration.registry import CURRENT
from coprod_review.validate import apply_rules
from tests.conftest import base_of, entry
from tests.migration import old_base

OLD = "coprod-review/base/1"
OLD_ENTRY = entry(more="    focus: outcome\n    focus_reason: Why.\n")
CURRENT_ABOUT = old_base.ABOUT.replace(OLD, CURRENT)


def _version(base: EvidenceBase) -> str | None:
    return base.other_format.version if base.other_format else None


@pytest.mark.parametrize(
    ("about", "studies", "version"),
    [
        (old_base.ABOUT, entry(), OLD),
        (old_base.ABOUT, OLD_ENTRY, OLD),
        ("", OLD_ENTRY, OLD),
        ("", entry() + entry("Able", 2020, "    focus_reason: Why.\n"), OLD),
        ("", entry(), None),
        (CURRENT_ABOUT, OLD_ENTRY, None),
        (CURRENT_ABOUT, entry(), None),
        (old_base.ABOUT.replace(OLD, "coprod-review/base/3"), entry(), "coprod-review/base/3"),
        (old_base.ABOUT.replace(OLD, "coprod-review/base/0"), entry(), None),
        (old_base.ABOUT.replace(OLD, "base/2"), entry(), None),
        (old_base.ABOUT.replace(OLD, "[1]"), entry(), None),
        ("name: [\n", OLD_ENTRY, None),
    ],
)
def test_format_of_a_base(about: str, studies: str, version: str | None, tmp_path: Path) -> None:
    parts = {"base": about} if about else {}
    assert _version(base_of(tmp_path, studies="studies:\n" + studies, **parts)) == version


def test_one_study_in_a_file_of_its_own_shows_the_format(tmp_path: Path) -> None:
    alone = "\n".join(line[4:] for line in OLD_ENTRY.split("\n"))
    base = base_of(tmp_path, studies="studies:\n" + entry("Able", 2020), studies__x=alone)
    assert base.other_format is not None
    assert (base.other_format.text.name, base.other_format.path) == (
        (tmp_path / "studies/x.yaml").as_posix(),
        ("focus",),
    )


def test_only_the_format_is_reported(tmp_path: Path, run: Any) -> None:
    old_base.write(tmp_path, studies=old_base.STUDIES + "  - id: bad\n    sector: [NHS]  # coprod: ignore[CPR201]\n")
    done = run("validate", tmp_path, "--format", "concise")
    (line,) = [line for line in done.out.splitlines() if not line.startswith("Checked")]
    assert done.code == 1
    assert line == (
        f"{tmp_path}/base.yaml:7:9: CPR902 error  {tmp_path} is in the format {OLD} - to bring it to {CURRENT}, run: "
        f"coprod-review migrate {tmp_path}"
    )


@pytest.mark.parametrize("arguments", [("--select", "CPR2"), ("--ignore", "CPR9")])
def test_the_format_is_reported_whatever_is_selected(arguments: tuple[str, str], tmp_path: Path, run: Any) -> None:
    old_base.write(tmp_path)
    for path in (tmp_path, tmp_path / "studies.yaml", tmp_path / "studies" / "iris-2019.yaml"):
        done = run("validate", path, *arguments)
        assert (done.code, done.out.count("CPR902 error")) == (1, 1)


def test_what_cannot_be_read_is_reported_too(tmp_path: Path, run: Any) -> None:
    old_base.write(tmp_path, studies=old_base.STUDIES + "  - id: [\n")
    done = run("validate", tmp_path)
    assert (done.code, done.out.count(" error "), done.out.count("CPR001"), done.out.count("CPR902")) == (1, 2, 1, 2)


def test_file_outside_every_base_is_named_itself(empty_folder: Path, run: Any) -> None:
    path = empty_folder / "draft.yaml"
    path.write_text("studies:\n" + OLD_ENTRY, encoding="utf-8")
    done = run("validate", "draft.yaml")
    assert done.code == 1
    assert "draft.yaml:10:5: CPR902 error" in done.out
    assert f"draft.yaml is in the format {OLD}" in done.out
    assert "run: coprod-review migrate draft.yaml" in done.out


def test_entry_of_an_old_base_is_not_old_in_a_current_one(tmp_path: Path) -> None:
    """There it is a field that does not exist, once the models no longer have it."""
    base = base_of(tmp_path, studies="studies:\n" + OLD_ENTRY, base=CURRENT_ABOUT)
    assert (base.other_format, len(base.entries)) == (None, 1)


COMMANDS = (
    ("gaps", "--base", "{}"),
    ("gaps", "--skip-invalid", "--base", "{}"),
    ("why", "focus.outcome-share", "--base", "{}"),
    ("claims", "--base", "{}"),
    ("list", "--base", "{}"),
    ("show", "kay-2019", "--base", "{}"),
    ("codebook", "--base", "{}"),
    ("schema", "study", "--base", "{}"),
    ("brief", "--base", "{}"),
    ("export", "--format", "bibtex", "--base", "{}"),
    ("new", "--from", "{}/x.bib", "--base", "{}"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
@pytest.mark.parametrize("has_about", [True, False])
def test_every_command_names_the_migration(
    command: tuple[str, ...], has_about: bool, empty_folder: Path, run: Any
) -> None:
    old_base.write(empty_folder / "mine", base=old_base.ABOUT if has_about else "")
    (empty_folder / "mine" / "x.bib").write_text("@book{x, title={T}, author={A, B}, year={2020}}\n", encoding="utf-8")
    done = run(*(part.format("mine") for part in command))
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"coprod-review: mine is in the format {OLD}. To bring it to {CURRENT}, run: coprod-review migrate mine\n"
    )


def test_newer_format_needs_a_newer_program(empty_folder: Path, run: Any) -> None:
    old_base.write(empty_folder / "mine", base=old_base.ABOUT.replace(OLD, "coprod-review/base/12"))
    sentence = "mine is in the format coprod-review/base/12, which this program cannot read yet: "
    for command in (("gaps", "--base", "mine"), ("migrate", "mine"), ("migrate", "mine", "--check")):
        done = run(*command)
        assert (done.code, done.out) == (2, "")
        assert done.err == f"coprod-review: {sentence}install a newer version of the program.\n"
    done = run("validate", "mine")
    assert (done.code, done.out.count("CPR902 error")) == (1, 1)
    assert "install a newer version of the program" in done.out


def test_an_unknown_version_is_an_error_among_others(tmp_path: Path) -> None:
    base = base_of(tmp_path, studies="studies:\n" + entry(), base=old_base.ABOUT.replace(OLD, "base/2"))
    (problem,) = [p for p in apply_rules.find_problems(base) if p.rule.code == "CPR902"]
    assert (problem.message, problem.hint) == (
        "`base/2` is not a version of the file format that this program reads",
        f"write `{CURRENT}`",
    )


def test_a_base_without_description_is_in_the_current_format(tmp_path: Path) -> None:
    base = base_of(tmp_path, studies="studies:\n" + entry())
    assert base.framework.about.schema == CURRENT
    assert discovery.read_codebook(tmp_path).vocabularies
