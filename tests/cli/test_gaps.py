"""The command ``gaps``: its screens, its JSON and its options."""

import json
import re
from typing import Any

import pytest

from coprod_review.gaps.analyses.focus import FocusFacts
from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.facets import FACETS
from coprod_review.phrasing import overview
from coprod_review.phrasing.gaps import gap_statement
from coprod_review.render import FORMATS
from coprod_review.reports.gaps import gaps_report, results_of
from coprod_review.reports.overview import ordered_gaps
from coprod_review.text.grammar import capitalise
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
    assert document["schema"] == "coprod-review/gaps/2"
    assert {
        "name",
        "version",
        "as_of",
        "studies",
        "eligible",
        "outcome_studies",
        "attributed_outcome_studies",
        "skipped",
    } <= set(document["base"])
    (result,) = document["results"]
    assert {"analysis", "question", "statement", "caution", "figures", "gaps", "tables"} <= set(result)
    figure = result["figures"][0]
    assert set(figure["interval"]) == {"low", "high", "level", "sides", "method"}
    assert set(figure["unknown"]) == {"count", "low", "high"}
    assert len(figure["studies"]) == figure["numerator"]


@pytest.fixture(scope="module")
def whole(bundled: EvidenceBase) -> Any:
    """Every analysis as JSON."""
    return json.loads(FORMATS["json"].render(gaps_report(bundled, list(ANALYSES))))


def test_figures_have_contract_keys(whole: Any) -> None:
    figures = [figure for result in whole["results"] for figure in result["figures"]]
    assert len(figures) > 120
    for figure in figures:
        assert set(figure) >= {
            "id", "label", "definition", "numerator", "denominator", "value", "interval", "unknown", "leave_one_out",
            "primary_only", "comparisons", "studies", "reason", "unit", "kind", "practices", "why",
            "attributed",
        }  # fmt: skip
        keys = {
            "interval": {"low", "high", "level", "sides", "method"},
            "unknown": {"count", "low", "high"},
            "leave_one_out": {"low", "high"},
            "primary_only": {"numerator", "denominator", "value"},
            "attributed": {
                "review", "numerator", "denominator", "pool", "removed",
                "studies" if figure["unit"] == "study" else "counted",
            },
        }  # fmt: skip
        for name, inner in keys.items():
            assert figure[name] is None or set(figure[name]) == inner, (figure["id"], name)
        for compared in figure["comparisons"]:
            assert set(compared) == {"benchmark", "share", "ratio", "interval", "verdict", "reason"}, figure["id"]
        assert figure["value"] is not None or figure["reason"], figure["id"]
        # Items that are not studies have a key of their own.
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
        assert set(gap) >= {"type", "where", "rule", "observed", "studies", "statement", "why", "attributed"}
        assert set(gap["attributed"]) <= set(gap["studies"])
        assert gap["type"] in whole["rules"]
        assert gap["why"].startswith("coprod-review why ")
    for table in tables:
        assert set(table) >= {"id", "title", "columns", "rows", "row_ids", "column_ids", "note"}
        assert all(list(row) == table["columns"] for row in table["rows"]), table["id"]
        for row in table["rows"]:
            for cell in row.values():
                if isinstance(cell, dict):
                    (ids,) = [value for key, value in cell.items() if key not in ("count", "attributed")]
                    assert cell["count"] == len(ids), table["id"]
                    assert not set(ids) & set(cell["attributed"]), table["id"]


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
        (strict, "reported", "reported-broad", "broad"),
        (broad, "reported-broad", "reported", "strict"),
    ):
        process = figures[f"focus.{definition}.process-share"]
        known, unknown = process["numerator"], process["unknown"]["count"]
        assert re.search(rf"Report process [^a-z]*at least {known} of \d+; {unknown} not known", shown)
        outcome, process = (figures[f"focus.{other}.{side}-share"]["numerator"] for side in ("outcome", "process"))
        assert f"Under the {name} definition, {outcome} report outcomes and {process} process;" in shown


def test_first_screen_consists_of_its_phrases(run: Any, bundled: EvidenceBase) -> None:
    results = {result.analysis: result for result in results_of(bundled, list(ANALYSES))}
    framework, facts = bundled.framework, results["focus"].facts
    assert isinstance(facts, FocusFacts)
    figures = {figure.id: figure for result in results.values() for figure in result.figures}
    groups = [figures[f"representation.{group.id}"] for group in groups_of(framework)]
    gaps = ordered_gaps(results, framework)
    bars = overview.headline_bars(figures, framework, facts)
    points = [
        overview.ratio_sentence(figures),
        overview.reported_sentences(figures, facts),
        overview.groups_sentence(groups),
        *(capitalise(gap_statement(gap, framework)) for gap in gaps[:3]),
        overview.more_gaps_sentence(gaps[3:], framework),
        overview.general_gaps_sentence(results["matrix"].general_gaps, framework),
        overview.unanswered_sentence([name for name, result in results.items() if result.missing]),
    ]
    terminal, markdown = (on_one_line(run("gaps", "--format", f).out) for f in ("terminal", "markdown"))
    assert [text for text in (*points, *(bar.short for bar in bars)) if text not in terminal] == []
    rows = [f"| {bar.label} | {bar.words}{f'; {bar.detail}' if bar.detail else ''} |" for bar in bars]
    assert [text for text in (*points, *rows) if text not in markdown] == []
