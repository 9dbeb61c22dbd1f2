"""Every analysis is registered under one name, everywhere the same, and its figures begin with it."""

import importlib
import pkgutil
from collections import Counter
from dataclasses import fields
from types import ModuleType

import pytest

from coprod_review.errors import UnknownName
from coprod_review.gaps import analyses
from coprod_review.gaps.analysis import Analysis, Options
from coprod_review.gaps.registry import ANALYSES, AnalysisResults, all_results, find_analysis, run_analyses
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from tests.conftest import study
from tests.gaps.worked import figures_of


def _modules() -> dict[str, ModuleType]:
    """Every module of an analysis by the name that commands take."""
    names = [m.name for m in pkgutil.iter_modules(analyses.__path__)]
    return {name.replace("_", "-"): importlib.import_module(f"{analyses.__name__}.{name}") for name in names}


def test_every_analysis_module_is_registered() -> None:
    assert {name: module.ANALYSIS for name, module in _modules().items()} == dict(ANALYSES)
    assert all(isinstance(analysis, Analysis) for analysis in ANALYSES.values())
    assert [name for name, analysis in ANALYSES.items() if analysis.name != name] == []


def test_options_of_an_analysis_are_options() -> None:
    options = {field.name for field in fields(Options)}
    assert {option for analysis in ANALYSES.values() for option in analysis.options} == options


def test_every_result_has_the_name_of_its_analysis(bundled: EvidenceBase) -> None:
    results = all_results(bundled.studies, bundled.framework)
    assert [result.analysis for result in results] == list(ANALYSES)


def test_questions_are_distinct() -> None:
    questions = [analysis.question for analysis in ANALYSES.values()]
    assert len(set(questions)) == len(questions)
    assert [question for question in questions if not question.endswith("?")] == []


def test_figure_ids_are_unique_and_prefixed(bundled: EvidenceBase) -> None:
    results = all_results(bundled.studies, bundled.framework)
    assert [i for i, n in Counter(f.id for f in figures_of(results)).items() if n > 1] == []
    for result in results:
        assert [f.id for f in result.figures if f.id.split(".")[0] != result.analysis] == []


def test_table_and_cell_ids_are_unique_and_prefixed(bundled: EvidenceBase) -> None:
    results = all_results(bundled.studies, bundled.framework)
    named = [cell for result in results for table in result.tables for cell, _, _ in table.cells()]
    assert [i for i, n in Counter(named).items() if n > 1] == []
    for result in results:
        assert [t.id for t in result.tables if t.id.split(".")[0] != result.analysis] == []
    figures = {f.id for f in figures_of(results)}
    assert figures.isdisjoint(named)


def test_gaps_open_figures_with_their_studies(bundled: EvidenceBase) -> None:
    results = all_results(bundled.studies, bundled.framework)
    ids_behind = {f.id: f.numerator_ids for f in figures_of(results)}
    ids_behind |= {
        name: (*count.ids, *count.attributed) for r in results for t in r.tables for name, _, count in t.cells()
    }
    gaps = [gap for result in results for gap in result.gaps]
    assert gaps
    assert [g.opens for g in gaps if g.opens not in ids_behind] == []
    assert [g.opens for g in gaps if g.studies and set(ids_behind[g.opens]) != set(g.studies)] == []


def test_an_analysis_gets_the_options_that_it_takes(framework: Framework) -> None:
    studies = [study(n, sector=("health",)) for n in range(1, 3)]
    options = Options(definition="broad", rows="sector", cols="design")
    focus, matrix = run_analyses(["focus", "matrix"], studies, framework, options)
    assert focus.figures[8].id == "focus.reported-broad.outcome-share"
    assert matrix.tables[0].id == "matrix.sector-by-design"


def test_unknown_analysis_suggests_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean `reporting`"):
        find_analysis("reportin")


def test_each_analysis_is_run_once_when_asked_for_twice(framework: Framework) -> None:
    results = AnalysisResults([study(1)], framework)
    assert results["focus"] is results["focus"]
    assert results.of(["sector", "focus"]) == (results["sector"], results["focus"])
    assert results.with_options(Options()) is results
    assert results.with_options(Options(definition="broad"))["focus"] != results["focus"]


def test_recommendations_take_the_figures_that_measure_them(bundled: EvidenceBase) -> None:
    recommendations = bundled.framework.recommendations
    (result,) = run_analyses(["recommendations"], bundled.studies, bundled.framework)
    measurable = next(figure for figure in result.figures if figure.id == "recommendations.measurable")
    assert measurable.numerator_ids == tuple(r.id for r in recommendations if r.measured_by) != ()
    assert measurable.denominator_ids == tuple(r.id for r in recommendations)
