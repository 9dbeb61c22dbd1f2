"""The words of every analysis, by its name; an analysis without words of its own is told by its figures."""

from collections.abc import Mapping
from dataclasses import replace

from coprod_review.gaps.registry import ANALYSES
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import focus, representation
from coprod_review.phrasing.analyses.wording import Sentence, Wording
from coprod_review.phrasing.charts import chart_in_words
from coprod_review.phrasing.comparisons import published_table
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.chart import Chart
from coprod_review.results.result import Result
from coprod_review.results.table import Table

WORDINGS: Mapping[str, Wording] = {
    "focus": focus.WORDING,
    "representation": representation.WORDING,
}


def question(result: Result, framework: Framework) -> str:
    """Return the question that an analysis answers."""
    wording = WORDINGS.get(result.analysis)
    if wording is None or wording.question is None:
        return result.question or ANALYSES[result.analysis].question
    return wording.question(result.facts, result, framework)


def statement(result: Result, framework: Framework) -> str:
    """Return what an analysis found, in a few sentences that rest on its figures only."""
    wording = WORDINGS.get(result.analysis)
    if wording is None:
        return result.statement or " ".join(f"{f.label}: {figure_in_words(f)}." for f in result.figures)
    return wording.statement(result.facts, result, framework)


def caution(result: Result, framework: Framework) -> str:
    """Return what may not be concluded from an analysis."""
    wording = WORDINGS.get(result.analysis)
    return wording.caution if wording else result.caution or framework.about.caution


def missing(result: Result, framework: Framework) -> str:
    """Return what the base lacks for an analysis and what to code, as a clause; empty where it can be answered."""
    if isinstance(result.missing, str):
        return result.missing
    if not result.missing:
        return ""
    missing = WORDINGS[result.analysis].missing
    return "; and ".join(
        f"{_text(missing[name].lack, result, framework)}: {_text(missing[name].remedy, result, framework)}"
        for name in result.missing
    )


def lacks(result: Result, framework: Framework) -> tuple[str, ...]:
    """Return what the base lacks for an analysis, as clauses, without what a coder should do about it."""
    names = () if isinstance(result.missing, str) else result.missing
    return tuple(_text(WORDINGS[result.analysis].missing[name].lack, result, framework) for name in names)


def tables(result: Result, framework: Framework) -> tuple[Table, ...]:
    """Return the tables of an analysis with their notes, and those that set its figures beside published numbers."""
    wording = WORDINGS.get(result.analysis)
    if wording is None:
        return (*published_table(result, framework), *result.tables)
    noted = (
        replace(table, note=_text(wording.notes[table.id], result, framework)) if table.id in wording.notes else table
        for table in result.tables
    )
    return (*published_table(result, framework), *noted, *wording.tables(result, framework))


def charts(result: Result, framework: Framework) -> tuple[Chart, ...]:
    """Return the charts of an analysis in words."""
    return tuple(
        chart_in_words(chart, question(result, framework), caution(result, framework)) for chart in result.charts
    )


def _text(text: str | Sentence, result: Result, framework: Framework) -> str:
    return text if isinstance(text, str) else text(result.facts, result, framework)
