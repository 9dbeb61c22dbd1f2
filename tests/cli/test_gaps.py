"""The command ``gaps``: its screens, its JSON and its options."""

import json
import re
from typing import Any

import pytest

from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.facets import FACETS
from coprod_review.render import RENDERERS
from coprod_review.reports.gaps import gaps_report
from tests.cli.screens import lines_without_commands, on_one_line


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_fits_80_columns(name: str, run: Any) -> None:
    done = run("gaps", name)
    assert done.code == 0
    assert max(map(len, lines_without_commands(done.out))) <= 80


ROW_BY_ROW = {"other", "throughout", "every"}
"""Words of a table that is too wide for a grid, so that it becomes a list."""


@pytest.mark.slow
def test_tables_cut_no_words(run: Any) -> None:
    for name in ANALYSES:
        words = set(re.findall(r"[A-Za-z]{4,}", run("gaps", name, "--format", "markdown").out))
        shown = set(re.findall(r"[A-Za-z]{4,}", run("gaps", name).out))
        assert {w.lower() for w in shown} - ROW_BY_ROW <= {w.lower() for w in words}, name


@pytest.mark.slow
@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("other", ["place", "sector", "level"])
def test_crossed_tables_fit_80_columns(facet: str, other: str, run: Any) -> None:
    done = run("gaps", "matrix", "--rows", facet, "--cols", other)
    assert max(map(len, lines_without_commands(done.out))) <= 80
    label = {"place": "Northern", "sector": "Criminal", "level": "Experience"}[other]
    assert label in " ".join(done.out.split())


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
    """Every analysis as JSON."""
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
        # What is counted and is no study has a key of its own.
        assert (
            len(figure["studies"] if figure["unit"] == "study" else figure["counted"]) == (figure["numerator"] or 0)
            or figure["unit"] == "inclusion"
        ), figure["id"]


def test_gaps_and_tables_have_contract_keys(whole: Any) -> None:
    gaps = [gap for result in whole["results"] for gap in result["gaps"]]
    tables = [table for result in whole["results"] for table in result["tables"]]
    assert len(gaps) > 20
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


def test_gaps_state_their_filters_and_the_new_number(run: Any, bundled: EvidenceBase) -> None:
    document = json.loads(run("gaps", "--where", "sector=social-care", "--format", "json").out)
    assert document["filters"] == ["sector=social-care"]
    assert document["base"]["studies"] < len(bundled.studies)
    assert "sector=social-care" in run("gaps", "--where", "sector=social-care").out


def test_the_broad_definition_changes_the_first_screen(run: Any) -> None:
    strict, broad = (on_one_line(run("gaps", "--definition", d).out) for d in ("strict", "broad"))
    assert strict == on_one_line(run("gaps").out)
    (result,) = json.loads(run("gaps", "focus", "--format", "json").out)["results"]
    figures = {figure["id"]: figure for figure in result["figures"]}
    for shown, definition, other, name in (
        (strict, "reported", "reported-broad", "Broad"),
        (broad, "reported-broad", "reported", "Strict"),
    ):
        process = figures[f"focus.{definition}.process-share"]
        known, unknown = process["numerator"], process["unknown"]["count"]
        assert re.search(rf"Seen to report process [^a-z]*at least {known} of \d+; {unknown} not known", shown)
        outcome, process = (figures[f"focus.{other}.{side}-share"]["numerator"] for side in ("outcome", "process"))
        assert f"{name} definition: outcomes {outcome}, process {process}." in shown
