"""Commands: exit codes, streams, files, and contracts that other programs rely on."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coprod_review import __version__
from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.facets import FACETS
from coprod_review.render import RENDERERS
from coprod_review.reports.gaps import gaps_report
from tests.conftest import REPOSITORY, base_of, entry

READING = [
    ("gaps",),
    ("gaps", "focus"),
    ("gaps", "--all"),
    ("why", "focus.ratio"),
    ("why", "focus.cells"),
    ("why", "matrix.map/people.health/said"),
    ("claims",),
    ("claims", "--regenerate"),
    ("list",),
    ("show", "17"),
    ("codebook",),
    ("codebook", "outcomes"),
    ("codebook", "thin"),
]


def test_version(run: Any) -> None:
    assert run("--version") == (0, f"coprod-review {__version__}\n", "")


def test_gaps_is_one_screen_without_colour(run: Any) -> None:
    done = run("gaps")
    lines = done.out.split("\n")
    assert (done.code, done.err) == (0, "")
    assert len(lines) - 1 <= 40
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.out


def _lines(text: str) -> list[str]:
    """The lines of a report without its commands, which are never broken so that they can be copied."""
    return [re.sub(r"coprod-review why .*", "", line) for line in text.split("\n")]


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_fits_80_columns(name: str, run: Any) -> None:
    done = run("gaps", name)
    assert done.code == 0
    assert max(map(len, _lines(done.out))) <= 80


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_every_report_fits_80_columns(command: tuple[str, ...], run: Any) -> None:
    assert max(map(len, _lines(run(*command).out))) <= 80


ROW_BY_ROW = {"other", "throughout", "every"}
"""Words by which a table that no grid can hold is told row by row."""


def test_tables_cut_no_words(run: Any) -> None:
    for name in ANALYSES:
        words = set(re.findall(r"[A-Za-z]{4,}", run("gaps", name, "--format", "markdown").out))
        shown = set(re.findall(r"[A-Za-z]{4,}", run("gaps", name).out))
        assert {w.lower() for w in shown} - ROW_BY_ROW <= {w.lower() for w in words}, name


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("other", ["place", "sector", "level"])
def test_crossed_tables_fit_80_columns(facet: str, other: str, run: Any) -> None:
    done = run("gaps", "matrix", "--rows", facet, "--cols", other)
    assert max(map(len, _lines(done.out))) <= 80
    label = {"place": "Northern", "sector": "Criminal", "level": "Experience"}[other]
    assert label in " ".join(done.out.split())


@pytest.mark.parametrize("command", READING, ids=" ".join)
@pytest.mark.parametrize("format", ["terminal", "json", "csv", "markdown"])
def test_every_reading_command_has_every_format(command: tuple[str, ...], format: str, run: Any) -> None:
    done = run(*command, "--format", format)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("\n")
    if format == "json":
        json.loads(done.out)


def test_the_keys_of_gaps_json(run: Any) -> None:
    document = json.loads(run("gaps", "focus", "--format", "json").out)
    assert list(document) == ["schema", "base", "filters", "rules", "results"]
    assert document["schema"] == "coprod-review/gaps/1"
    assert {"name", "version", "as_of", "studies", "eligible", "outcome_studies", "skipped"} <= set(document["base"])
    (result,) = document["results"]
    assert {"analysis", "question", "statement", "caution", "figures", "gaps", "tables"} <= set(result)
    figure = result["figures"][0]
    assert set(figure["interval"]) == {"low", "high", "level", "sides", "method"}
    assert set(figure["unknown"]) == {"count", "low", "high"}
    assert len(figure["studies"]) == figure["numerator"]


@pytest.fixture(scope="module")
def whole(bundled: EvidenceBase) -> Any:
    """Everything that gaps tells programs."""
    return json.loads(RENDERERS["json"](gaps_report(bundled, list(ANALYSES))))


def test_figures_have_contract_keys(whole: Any) -> None:
    figures = [figure for result in whole["results"] for figure in result["figures"]]
    assert len(figures) > 150
    for figure in figures:
        assert set(figure) >= {
            "id", "label", "definition", "numerator", "denominator", "value", "interval", "unknown", "leave_one_out",
            "primary_only", "comparisons", "studies", "reason", "unit", "kind", "practices", "why",
        }  # fmt: skip
        keys = {
            "interval": {"low", "high", "level", "sides", "method"},
            "unknown": {"count", "low", "high"},
            "leave_one_out": {"low", "high"},
            "primary_only": {"numerator", "denominator", "value"},
        }
        for name, inner in keys.items():
            assert figure[name] is None or set(figure[name]) == inner, (figure["id"], name)
        for compared in figure["comparisons"]:
            assert set(compared) == {"benchmark", "share", "ratio", "interval", "verdict", "reason"}, figure["id"]
        assert figure["value"] is not None or figure["reason"], figure["id"]
        # What other things are counted is said under a name of its own, and is no study.
        assert (
            len(figure["studies"] if figure["unit"] == "study" else figure["counted"]) == (figure["numerator"] or 0)
            or figure["unit"] == "inclusion"
        ), figure["id"]


def test_gaps_and_tables_have_contract_keys(whole: Any) -> None:
    gaps = [gap for result in whole["results"] for gap in result["gaps"]]
    tables = [table for result in whole["results"] for table in result["tables"]]
    assert len(gaps) > 40
    assert len(tables) > 20
    for gap in gaps:
        assert set(gap) >= {"type", "where", "rule", "observed", "studies", "statement", "why"}
        assert gap["type"] in whole["rules"]
        assert gap["why"].startswith("coprod-review why ")
    for table in tables:
        assert set(table) >= {"id", "title", "columns", "rows", "row_ids", "column_ids", "note"}
        assert all(list(row) == table["columns"] for row in table["rows"]), table["id"]
        for row in table["rows"]:
            for cell in row.values():
                if isinstance(cell, dict):
                    (ids,) = [value for key, value in cell.items() if key != "count"]
                    assert cell["count"] == len(ids), table["id"]


def test_all_is_every_analysis_in_its_order(run: Any, whole: Any) -> None:
    document = json.loads(run("gaps", "--all", "--format", "json").out)
    assert [result["analysis"] for result in document["results"]] == list(ANALYSES)
    assert document == whole
    headings = re.findall(r"^([A-Z-]+): ", run("gaps", "--all").out, re.MULTILINE)
    assert list(dict.fromkeys(h.lower() for h in headings)) == list(ANALYSES)


def test_the_keys_of_list_json(run: Any) -> None:
    studies = json.loads(run("list", "--format", "json").out)
    assert len(studies) == 37
    assert list(studies[0]) == [
        "id", "reference", "title", "year", "doi", "role", "design", "practice", "sector", "stakeholders", "outcomes",
        "levels", "principles", "populations", "reports", "coded_from",
    ]  # fmt: skip
    assert set(studies[0]["principles"]) == {"equality", "diversity", "accessibility", "reciprocity"}
    assert studies[0]["populations"]["dementia"] == "not_coded"


def test_reported_in_selects_what_the_review_cites(run: Any) -> None:
    studies = json.loads(run("list", "--reported-in", "scie-review-2022", "--format", "json").out)
    counts = {
        g: sum(g in s["stakeholders"] for s in studies) for g in ("people", "staff", "organisations", "community")
    }
    assert counts == {"people": 13, "staff": 8, "organisations": 6, "community": 2}
    assert len(studies) == 20


@pytest.mark.parametrize(
    ("filter", "passes"),
    [
        ("sector=social-care", lambda s: "social-care" in s["sector"]),
        ("sector=health,research", lambda s: {"health", "research"} & set(s["sector"])),
        ("role!=context", lambda s: s["role"] != "context"),
        ("year=2022", lambda s: s["year"] == 2022),
        ("stakeholder=community", lambda s: "community" in s["stakeholders"]),
    ],
)
def test_list_filters_by_a_facet(filter: str, passes: Any, run: Any) -> None:
    every = json.loads(run("list", "--format", "json").out)
    kept = json.loads(run("list", "--where", filter, "--format", "json").out)
    assert [s["id"] for s in kept] == [s["id"] for s in every if passes(s)]
    assert 0 < len(kept) < 37


@pytest.mark.parametrize("name", FACETS)
def test_list_filters_on_every_facet(name: str, run: Any) -> None:
    terms = {"year": "2019", "instrument": "WEMWBS"}.get(name) or json.loads(
        run("codebook", FACETS[name].vocabulary, "--format", "json").out
    )["terms"][0]["id"]
    assert run("list", "--where", f"{name}={terms}").code == 0


def test_gaps_state_their_filters_and_the_new_number(run: Any) -> None:
    document = json.loads(run("gaps", "--where", "sector=social-care", "--format", "json").out)
    assert document["filters"] == ["sector=social-care"]
    assert document["base"]["studies"] < 37
    assert "sector=social-care" in run("gaps", "--where", "sector=social-care").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gaps", "focsu"), "did you mean `focus`?"),
        (("gaps", "matrix", "--rows", "sectr"), "did you mean `sector`?"),
        (("gaps", "--rows", "sector"), "belongs to matrix"),
        (("gaps", "--all", "focsu"), "did you mean `focus`?"),
        (("why", "focus.outcom-share"), "did you mean `focus.outcome-share`?"),
        (("why", "focus.ratio", "--where", "sektor=health"), "did you mean `sector`?"),
        (("why",), "Missing argument"),
        (("claims", "--stakeholder", "stuff"), "did you mean `staff`?"),
        (("claims", "--status", "suported"), "did you mean `supported`?"),
        (("gaps", "--where", "year>=soon"), "takes one whole number"),
        (("gaps", "--where", "sector>=health"), "cannot be compared"),
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
        (("gaps", "-o", "x.pdf"), "no suffix that names a format"),
        (("gaps", "-o", "x.csv", "--format", "json"), "drop one of the two"),
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


def test_validate_shows_line_code_and_hint(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    base_of(tmp_path, studies="studies:\n" + entry(more="    sector: [helth]\n"))
    done = run("validate", "studies.yaml")
    assert done.code == 1
    assert done.out == (
        "studies.yaml:10:14: CPR201 error  unknown sector `helth`  [kay-2019 › sector › 0]\n"
        "   10 |     sector: [helth]\n"
        "      |              ^^^^^\n"
        "      | did you mean `health`? All: social-care, health, voluntary,\n"
        "      | criminal-justice, public-services, research\n"
        "      fix: unsafe\n"
        "Checked 1 study in 1 file: 1 error. 1 can be fixed with --fix --unsafe-fixes: look at the result. "
        "Why: coprod-review explain CPR201\n"
    )


def test_validate_json_is_the_contract(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    base_of(tmp_path, studies="studies:\n" + entry(more="    sector: [helth]\n"))
    document = json.loads(run("validate", "studies.yaml", "--format", "json").out)
    assert document["schema"] == "coprod-review/diagnostics/1"
    assert document["files"] == ["studies.yaml"]
    assert document["summary"] == {"errors": 1, "warnings": 0, "notes": 0, "fixable": 0}
    (found,) = document["diagnostics"]
    fingerprint = found.pop("fingerprint")
    assert len(fingerprint) == 32
    assert found == {
        "code": "CPR201", "name": "unknown-term", "severity": "error", "file": "studies.yaml", "line": 10, "column": 14,
        "end_line": 10, "end_column": 19, "study": "kay-2019", "pointer": "/studies/0/sector/0", "value": "helth",
        "message": "unknown sector `helth`", "hint": "did you mean `health`? "
        "All: social-care, health, voluntary, criminal-justice, public-services, research",
        "fix": {
            "safe": False,
            "edits": [{"line": 10, "column": 14, "end_line": 10, "end_column": 19, "content": "health"}],
        },
        "related": [],
    }  # fmt: skip


def test_file_is_checked_within_its_base(tmp_path: Path, run: Any) -> None:
    base_of(
        tmp_path,
        base=(REPOSITORY / "tests/examples/linked/base.yaml").read_text(encoding="utf-8"),
        studies="studies:\n" + entry("Kay", more="    focus: wrong\n"),
        **{"studies__kay-2019": "\n".join(line[4:] for line in entry("Kay").split("\n"))},
    )
    document = json.loads(run("validate", tmp_path / "studies" / "kay-2019.yaml", "--format", "json").out)
    assert [d["code"] for d in document["diagnostics"]] == ["CPR302"]
    assert "studies.yaml:2" in document["diagnostics"][0]["related"][0]


def test_file_is_checked_against_named_base(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path / "base", studies="studies:\n" + entry("Able", 2020))
    path = tmp_path / "new.yaml"
    path.write_text("\n".join(line[4:] for line in entry("Able", 2020).split("\n")), encoding="utf-8")
    assert run("validate", path).code == 0
    done = run("validate", path, "--base", tmp_path / "base")
    assert done.code == 1
    assert "CPR302" in done.out


def test_file_outside_bases_is_checked_against_bundled(tmp_path: Path, run: Any) -> None:
    path = tmp_path / "new.yaml"
    path.write_text("\n".join(line[4:] for line in entry("Kay").split("\n")), encoding="utf-8")
    done = run("validate", path)
    assert done.code == 1
    assert "CPR302" in done.out
    assert "1 study in 1 file" in done.out


def test_output_file_is_replaced_atomically(tmp_path: Path, run: Any) -> None:
    target = tmp_path / "gaps.json"
    target.write_text("before", encoding="utf-8")
    target.chmod(0o640)
    done = run("gaps", "-o", target)
    assert (done.code, done.out) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "coprod-review/gaps/1"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["gaps.json"]


@pytest.mark.parametrize("target", ["absent/gaps.json", "folder.json"])
def test_unwritable_target_is_reported(target: str, tmp_path: Path, run: Any) -> None:
    (tmp_path / "folder.json").mkdir()
    done = run("gaps", "-o", tmp_path / target)
    assert done.code == 2
    assert "was not written" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]


def test_skip_invalid_is_stated_in_the_report(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry("Kay") + entry("Able", 2020, more="    focus: wrong\n"))
    assert run("gaps", "--base", tmp_path).code == 2
    done = run("gaps", "--base", tmp_path, "--skip-invalid")
    assert done.code == 0
    assert "Left out for their errors: 1 entry (able-2020)." in done.out


def test_output_ignores_environment(tmp_path: Path) -> None:
    outputs = set()
    for number, extra in enumerate(
        (
            {"PYTHONHASHSEED": "1", "TZ": "UTC"},
            {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "COLUMNS": "200"},
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        command = [sys.executable, "-m", "coprod_review", "gaps", "focus", "matrix", "--format", "json"]
        environment = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
            **extra,
            "PYTHONPATH": str(REPOSITORY),
        }
        outputs.add(subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True).stdout)
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gaps", "matrix", "--definition", "broad"), "belongs to focus"),
        (("gaps", "matrix", "--rows", "sector", "--cols", "design", "--detail"), "leave out --rows"),
        (("list", "--reported-in", "abstract,scie-review-2022"), "one source"),
        (("validate", "-o", "x.csv"), "use .txt, .json"),
        (("gaps", "--where", "role=context"), "No study that counts as evidence"),
        (("why", "focus.ratio", "--where", "role=context"), "No study that counts as evidence"),
        (("claims", "--regenerate", "--section", "3"), "leave out --section"),
        (("gaps", "focus", "--detail"), "belongs to matrix"),
    ],
)
def test_useless_options_are_rejected(arguments: tuple[str, ...], words: str, run: Any) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in " ".join(done.err.split())


def test_the_broad_definition_changes_the_first_screen(run: Any) -> None:
    strict, broad = (" ".join(run("gaps", "--definition", d).out.split()) for d in ("strict", "broad"))
    assert strict == " ".join(run("gaps").out.split())
    assert re.search(r"Seen to report process [^a-z]*at least 18 of 28; 10 not known", strict)
    assert re.search(r"Seen to report process [^a-z]*at least 13 of 28; 15 not known", broad)
    assert "Broad definition: outcomes 22, process 13." in strict
    assert "Strict definition: outcomes 21, process 18." in broad


@pytest.mark.parametrize("asked", ["--where year>=2017", "--definition broad", "--reported-in abstract"])
def test_first_screen_fits_with_any_option(asked: str, run: Any) -> None:
    lines = run("gaps", *asked.split()).out.split("\n")
    assert len(lines) - 1 <= 42  # what was asked takes a line or two of its own
    assert max(map(len, lines)) <= 80 or all("coprod-review why" in line for line in lines if len(line) > 80)


def test_filtered_reports_state_the_original_total(run: Any) -> None:
    assert run("list", "--where", "place=Wales").out.startswith("1 entry of 37\n")
    assert "17 entries of 37" in " ".join(run("gaps", "--where", "sector=social-care").out.split())


def test_full_disk_is_reported() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("/dev/full is missing")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "coprod_review", "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "not written" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_names_every_command(run: Any) -> None:
    done = run("--help")
    assert done.code == 0
    for command in ("gaps", "why", "claims", "list", "show", "validate", "codebook", "schema"):
        assert f"\n  {command} " in done.out


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
    assert "1 entry" in run("gaps", "--base", other).out
    assert "zed-2019" in run("why", "focus.outcome-share", "--base", other).out
    assert "holds no review.yaml" in run("claims", "--base", other).err
    (tmp_path / "codebook.yaml").write_text("vocabularies: {}\ngap_rules: []\n", encoding="utf-8")
    assert '"enum": []' in run("schema", "study", "--base", other).out


def test_a_faulty_codebook_is_refused_by_codebook_and_schema(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry(), codebook="vocabularies: 3\n")
    for command in ("codebook", "schema"):
        done = run(command, "--base", tmp_path)
        assert (done.code, done.out) == (2, "")
        assert "not sound" in done.err


@pytest.mark.parametrize("command", ["show 17", "list", "codebook", "gaps focus", "why focus.ratio", "claims"])
def test_every_reading_command_writes_to_a_file(command: str, tmp_path: Path, run: Any) -> None:
    assert run(*command.split(), "-o", tmp_path / "x.md").out == ""
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == run(*command.split(), "--format", "markdown").out


def test_validate_and_schema_write_to_a_file(tmp_path: Path, run: Any) -> None:
    assert run("validate", "-o", tmp_path / "v.json") == (0, "", "")
    assert json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))["summary"]["errors"] == 0
    assert run("schema", "-o", tmp_path / "s.json") == (0, "", "")
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["title"]


def test_symlink_target_stays_a_symlink(tmp_path: Path, run: Any) -> None:
    (tmp_path / "real.json").write_text("before", encoding="utf-8")
    (tmp_path / "link.json").symlink_to("real.json")
    assert run("list", "-o", tmp_path / "link.json").code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text(encoding="utf-8"))


def test_list_show_and_why_take_skip_invalid(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry("Kay") + entry("Able", 2020, more="    focus: wrong\n"))
    for command in (("list",), ("show", "kay-2019"), ("why", "focus.ratio")):
        assert run(*command, "--base", tmp_path).code == 2
        assert run(*command, "--base", tmp_path, "--skip-invalid").code == 0


def test_files_are_checked_against_each_other(tmp_path: Path, run: Any) -> None:
    for name, family in (("a", "Zed"), ("b", "Zeb")):
        text = "\n".join(line[4:] for line in entry(family).split("\n")).replace(
            "issued: 2019", "issued: 2019, DOI: 10.1000/X"
        )
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert run("validate", tmp_path / "a.yaml").code == 0
    done = run("validate", tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert done.code == 1
    assert "CPR301" in done.out
    assert "2 studies in 2 files" in done.out


def test_a_folder_is_its_own_base(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry())
    done = run("validate", tmp_path, "--base", tmp_path)
    assert done.code == 2
    assert "leave out one of the two" in done.err


@pytest.mark.parametrize("option", ["--base", "-o"])
def test_too_long_file_name_is_reported(option: str, run: Any) -> None:
    done = run("gaps", option, "x" * 300 + ".json")
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err


def test_closed_pipe_exits_with_zero() -> None:
    command = f'"{sys.executable}" -m coprod_review codebook outcomes | true; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_command_choices_match_registries() -> None:
    from coprod_review.cli import options, schema, validate
    from coprod_review.loading.json_schema import SCHEMAS
    from coprod_review.render import RENDERERS
    from coprod_review.validate.formats import FORMATS

    assert {f.value for f in options.DrawnFormat} == set(RENDERERS)
    assert {f.value for f in options.Format} == set(RENDERERS) - {"svg"}
    assert {f.value for f in validate.DiagnosticFormat} == set(FORMATS)
    assert {s.value for s in schema.Schema} == set(SCHEMAS)


def test_line_break_in_data_cannot_forge_log_lines(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry(more='    sector: ["x\\n::error::forged"]\n'))
    out = run("validate", "--base", tmp_path).out
    assert "x\\u000a::error::forged" in out
    assert not [line for line in out.split("\n") if line.startswith("::error")]
