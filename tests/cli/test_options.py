"""Arguments that every command understands, and those that are refused."""

from pathlib import Path
from typing import Any

import pytest

from coprod_review import __version__
from coprod_review.loading.evidence_base import EvidenceBase
from tests.cli.screens import on_one_line
from tests.conftest import base_of, entry


def test_version(run: Any) -> None:
    assert run("--version") == (0, f"coprod-review {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gaps", "focsu"), "did you mean `focus`?"),
        (("gaps", "matrix", "--rows", "sectr"), "did you mean `sector`?"),
        (("gaps", "--rows", "sector"), "works with the analysis matrix only"),
        (("gaps", "--all", "focsu"), "did you mean `focus`?"),
        (("why", "focus.outcom-share"), "did you mean `focus.outcome-share`?"),
        (("why", "focus.ratio", "--where", "sektor=health"), "did you mean `sector`?"),
        (("why",), "Missing argument"),
        (("claims", "--stakeholder", "stuff"), "did you mean `staff`?"),
        (("claims", "--status", "suported"), "did you mean `supported`?"),
        (("gaps", "--where", "year>=soon"), "takes one whole number"),
        (("gaps", "--where", "sector>=health"), "is not a comparison"),
        (("gaps", "--since", "nowhere"), "Name a revision"),
        (("show", "kay-2018"), "did you mean `kay-2019`?"),
        (("codebook", "trst"), "did you mean `trust`?"),
        (("list", "--where", "sektor=health"), "did you mean `sector`?"),
        (("list", "--where", "sector=helth"), "did you mean `health`?"),
        (("list", "--where", "sector"), "write facet=term"),
        (("list", "--reported-in", "scie"), "scie-review-2022"),
        (("gaps", "--base", "nowhere"), "There is no file or folder nowhere"),
        (("validate", "nowhere.yaml"), "There is no file or folder nowhere.yaml"),
        (("gaps", "--format", "pdf"), "Invalid value"),
        (("gaps", "-o", "x.pdf"), "does not name a format"),
        (("gaps", "-o", "x.csv", "--format", "json"), "leave out --format"),
        (("gapz",), "No such command"),
        (("schema", "studie"), "Invalid value"),
    ],
)
def test_mistyped_arguments_suggest_the_nearest(arguments: tuple[str, ...], words: str, run: Any) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert words in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_skip_invalid_is_stated_in_the_report(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry("Kay") + entry("Able", 2020, more="    status: 5\n"))
    assert run("gaps", "--base", tmp_path).code == 2
    done = run("gaps", "--base", tmp_path, "--skip-invalid")
    assert done.code == 0
    assert "Left out because of errors: 1 entry (able-2020)." in done.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gaps", "matrix", "--definition", "broad"), "works with the analysis focus only"),
        (("gaps", "matrix", "--rows", "sector", "--cols", "design", "--detail"), "leave out --rows"),
        (("list", "--reported-in", "abstract,scie-review-2022"), "one source"),
        (("validate", "-o", "x.csv"), "use one of .txt, .json"),
        (("gaps", "--where", "role=context"), "No study that counts as evidence"),
        (("why", "focus.ratio", "--where", "role=context"), "No study that counts as evidence"),
        (("claims", "--regenerate", "--section", "3"), "leave out --section"),
        (("gaps", "focus", "--detail"), "works with the analysis matrix only"),
    ],
)
def test_useless_options_are_rejected(arguments: tuple[str, ...], words: str, run: Any) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in " ".join(done.err.split())


def test_filtered_reports_state_the_original_total(run: Any, bundled: EvidenceBase) -> None:
    total = len(bundled.studies)
    outcome = sum(study.aims.outcome.code == "primary" for study in bundled.studies)
    assert run("list", "--where", "aim-outcome=primary").out.startswith(f"{outcome} of {total} entries\n")
    passing = sum("social-care" in study.sector for study in bundled.studies)
    assert f"{passing} of {total} entries" in on_one_line(run("gaps", "--where", "sector=social-care").out)


def test_help_names_every_command(run: Any) -> None:
    done = run("--help")
    assert done.code == 0
    for command in ("gaps", "why", "claims", "list", "show", "validate", "codebook", "schema"):
        assert f"\n  {command} " in done.out
    assert "..." not in done.out.partition("Commands:")[2]  # no description is cut off


def _other_base(folder: Path) -> Path:
    """A base of one study whose codebook calls social care otherwise."""
    from coprod_review import bundled

    text = (
        (bundled.DATA / "codebook.yaml")
        .read_text(encoding="utf-8")
        .replace("label: Social care\n", "label: Home help\n")
    )
    base_of(folder, codebook=text, studies="studies:\n" + entry("Zed", more="    sector: [social-care]\n"))
    return folder


def test_every_command_takes_base(tmp_path: Path, run: Any) -> None:
    other = _other_base(tmp_path)
    assert "zed-2019" in run("list", "--base", other).out
    assert "zed-2019" in run("show", "zed-2019", "--base", other).out
    assert "Home help" in run("codebook", "social-care", "--base", other).out
    assert "1 study" in run("validate", "--base", other).out
    assert "1 entry" in on_one_line(run("gaps", "--base", other).out)
    assert "zed-2019" in run("why", "focus.outcome-share", "--base", other).out
    assert "has no review.yaml" in run("claims", "--base", other).err
    (tmp_path / "codebook.yaml").write_text("vocabularies: {}\ngap_rules: []\n", encoding="utf-8")
    assert '"enum": []' in run("schema", "study", "--base", other).out


def test_a_faulty_codebook_is_refused_by_codebook_and_schema(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry(), codebook="vocabularies: 3\n")
    for command in ("codebook", "schema"):
        done = run(command, "--base", tmp_path)
        assert (done.code, done.out) == (2, "")
        assert "has an error: " in done.err


def test_list_show_and_why_take_skip_invalid(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry("Kay") + entry("Able", 2020, more="    status: 5\n"))
    for command in (("list",), ("show", "kay-2019"), ("why", "focus.ratio")):
        assert run(*command, "--base", tmp_path).code == 2
        assert run(*command, "--base", tmp_path, "--skip-invalid").code == 0


@pytest.mark.parametrize("option", ["--base", "-o"])
def test_too_long_file_name_is_reported(option: str, run: Any) -> None:
    done = run("gaps", option, "x" * 300 + ".json")
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err


def test_choices_of_schema_are_its_schemas() -> None:
    from coprod_review.cli import schema
    from coprod_review.loading.json_schema import SCHEMAS

    assert {s.value for s in schema.Schema} == set(SCHEMAS)
