"""Every analysis is registered under one name, everywhere the same, and its figures begin with it."""

import importlib
import pkgutil
from collections import Counter
from types import ModuleType

import pytest

from coprod_review.cli import completion
from coprod_review.errors import UnknownName
from coprod_review.gaps import analyses
from coprod_review.gaps.analysis import Analysis, Options
from coprod_review.gaps.registry import ANALYSES, all_results, find_analysis, run_analyses
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from tests.conftest import study
from tests.gaps.worked import figures_of


def _modules() -> dict[str, ModuleType]:
    """Every module of an analysis by the name that commands take."""
    rooms = [importlib.import_module(f"{analyses.__name__}.{m.name}") for m in pkgutil.iter_modules(analyses.__path__)]
    return {m.__name__.rpartition(".")[2].replace("_", "-"): m for m in rooms if hasattr(m, "QUESTION")}


def test_every_analysis_module_is_registered() -> None:
    assert {name: module.analyse for name, module in _modules().items()} == {
        name: analysis.analyse for name, analysis in ANALYSES.items()
    }
    assert all(isinstance(analysis, Analysis) for analysis in ANALYSES.values())
    assert len(ANALYSES) == 19


def test_completion_names_match_the_registry() -> None:
    assert tuple(ANALYSES) == completion.ANALYSIS_NAMES


def test_every_result_carries_its_name_and_its_question(bundled: EvidenceBase) -> None:
    for name, result in zip(ANALYSES, all_results(bundled.studies, bundled.framework), strict=True):
        assert result.analysis == name
        assert result.question == _modules()[name].QUESTION
        assert result.statement
        assert result.caution


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
    ids_behind |= {name: count.ids for r in results for t in r.tables for name, _, count in t.cells()}
    gaps_found = [gap for result in results for gap in result.gaps]
    assert gaps_found
    assert [g.opens for g in gaps_found if g.opens not in ids_behind] == []
    assert [g.opens for g in gaps_found if g.studies and set(ids_behind[g.opens]) != set(g.studies)] == []


def test_an_analysis_gets_the_options_that_it_takes(framework: Framework) -> None:
    studies = [study(n, sector=("health",)) for n in range(1, 3)]
    options = Options(definition="broad", rows="sector", cols="design")
    focus, matrix = run_analyses(["focus", "matrix"], studies, framework, options)
    assert focus.figures[4].id == "focus.reported-broad.outcome-share"
    assert matrix.tables[0].id == "matrix.sector-by-design"


def test_unknown_analysis_suggests_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean `reporting`"):
        find_analysis("reportin")
