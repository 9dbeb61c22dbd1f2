"""The words of every analysis, by its name."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from coprod_review.gaps.registry import ANALYSES
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import (
    appraisal,
    beneficiaries,
    care_act,
    claims,
    currency,
    direction,
    focus,
    intersections,
    involvement,
    lasting,
    matrix,
    measurement,
    overlap,
    principles,
    recommendations,
    reporting,
    representation,
    sector,
    testimony,
)
from coprod_review.phrasing.analyses.wording import Sentence, Wording
from coprod_review.phrasing.attribution import table_in_words
from coprod_review.phrasing.charts import chart_in_words
from coprod_review.phrasing.comparisons import published_table
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.chart import Chart
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from coprod_review.text.grammar import capitalise

WORDINGS: Mapping[str, Wording] = {
    "focus": focus.WORDING,
    "representation": representation.WORDING,
    "principles": principles.WORDING,
    "measurement": measurement.WORDING,
    "reporting": reporting.WORDING,
    "overlap": overlap.WORDING,
    "appraisal": appraisal.WORDING,
    "testimony": testimony.WORDING,
    "involvement": involvement.WORDING,
    "lasting": lasting.WORDING,
    "recommendations": recommendations.WORDING,
    "beneficiaries": beneficiaries.WORDING,
    "matrix": matrix.WORDING,
    "sector": sector.WORDING,
    "direction": direction.WORDING,
    "care-act": care_act.WORDING,
    "intersections": intersections.WORDING,
    "currency": currency.WORDING,
    "claims": claims.WORDING,
}

BY_FIGURES = Wording(
    statement=lambda facts, result, framework: " ".join(f"{f.label}: {figure_in_words(f)}." for f in result.figures),
    caution="",
)
"""The words of an analysis without words of its own: its figures, and the caution of the base."""


def question(result: Result, framework: Framework) -> str:
    """Return the question that an analysis answers."""
    return _text(_wording(result).question or ANALYSES[result.analysis].question, result, framework)


def statement(result: Result, framework: Framework) -> str:
    """Return what an analysis found, in a few sentences that rest on its figures only."""
    if result.switched_off == "review":
        return "This question is left out, because this base has no review to start from."
    if result.switched_off == "scope":
        return "This question is left out, because the base does not state the sector of its scope in base.yaml."
    if result.switched_off:
        return f"This question is left out, because the codebook has no vocabulary {result.switched_off}."
    return _wording(result).statement(result.facts, result, framework)


def caution(result: Result, framework: Framework) -> str:
    """Return what may not be concluded from an analysis; empty where it is switched off."""
    if result.switched_off:
        return ""
    return _text(_wording(result).caution, result, framework) or framework.about.caution


def missing(result: Result, framework: Framework) -> str:
    """Return what the base lacks for an analysis and what to code, as a clause; empty where it can be answered."""
    return "; and ".join(f"{lack}: {remedy}" for lack, remedy in _missing(result, framework))


def lacks(result: Result, framework: Framework) -> str:
    """Return what the base lacks for an analysis, in sentences; empty where it can be answered."""
    return " ".join(f"{capitalise(lack)}." for lack, _ in _missing(result, framework))


def missing_sentence(result: Result, framework: Framework) -> str:
    """Return what the base lacks for an analysis and what to do about it; empty where it can be answered."""
    return " ".join(
        f"{capitalise(lack)}. To answer the question, {remedy}." for lack, remedy in _missing(result, framework)
    )


def _missing(result: Result, framework: Framework) -> Iterator[tuple[str, str]]:
    """Yield what the base lacks, and what to do about it."""
    for name in result.missing:
        missing = _wording(result).missing[name]
        yield _text(missing.lack, result, framework), _text(missing.remedy, result, framework)


def tables(result: Result, framework: Framework) -> tuple[Table, ...]:
    """Return the tables of an analysis with their notes, and those that set its figures beside published numbers."""
    if result.switched_off:
        return ()
    noted = (_with_note(table, result, framework) for table in result.tables)
    return (*published_table(result, framework), *noted, *_wording(result).tables(result, framework))


def charts(result: Result, framework: Framework) -> tuple[Chart, ...]:
    """Return the charts of an analysis in words."""
    noted = (
        replace(chart, table=_with_note(chart.table, result, framework)) if chart.table else chart
        for chart in result.charts
    )
    return tuple(chart_in_words(chart, question(result, framework), caution(result, framework)) for chart in noted)


def _with_note(table: Table, result: Result, framework: Framework) -> Table:
    """Return a table with its notes in words: that of the analysis, and one on what the review of the base adds."""
    note = _wording(result).notes.get(table.id)
    noted = table if note is None else replace(table, note=_text(note, result, framework))
    return table_in_words(noted, framework.review_name) if framework.review else noted


def _wording(result: Result) -> Wording:
    return WORDINGS.get(result.analysis, BY_FIGURES)


def _text(text: str | Sentence, result: Result, framework: Framework) -> str:
    """Return a text with the words of the subject, or what a function makes of the result."""
    return framework.about.subject.fill(text) if isinstance(text, str) else text(result.facts, result, framework)
