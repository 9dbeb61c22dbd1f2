"""What the base says on each recommendation of the review, in words."""

from collections.abc import Mapping, Sequence

from coprod_review.gaps.analyses.recommendations import MIN_TREND, RecommendationsFacts
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.phrasing.analyses.shared import NOT_YET, share_clause
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figure_details import headline
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.phrasing.texts import sentence
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from coprod_review.text.grammar import plural

_VERBS = ("sets out to examine outcomes", "set out to examine outcomes")
"""What one study, or several of them, do in the figures of periods."""


def _statement(facts: RecommendationsFacts, result: Result, framework: Framework) -> str:
    measurable = next(figure for figure in result.figures if figure.id == "recommendations.measurable")
    periods = [labelled for chart in result.charts for labelled in chart.figures]
    lead = NOT_YET if result.missing else _measured(measurable)
    return " ".join(filter(None, (lead, _periods(periods, facts.studies))))


def _measured(measurable: Figure) -> str:
    measured, recommendations = measurable.numerator or 0, measurable.denominator or 0
    others = recommendations - measured
    reason = f" The table says why it has none on the other {others}." if others else ""
    return f"This base has figures on {measured} of {plural(recommendations, 'recommendation')}.{reason}"


def _periods(periods: Sequence[tuple[str, Figure]], studies: int) -> str:
    """Return the share that examines outcomes in each period, and that no trend follows from it; empty if none."""
    if not periods:
        return ""
    too_few = f"{plural(studies, 'study is', 'studies are')} too few to show a trend."
    sentences = (
        *(f"Among studies published in {span}, {share_clause(figure, *_VERBS)}." for span, figure in periods),
        too_few if studies < MIN_TREND else "",
        "The studies were not sampled by period, so a difference between periods is not a trend.",
    )
    return " ".join(filter(None, sentences))


def _tables(result: Result, framework: Framework) -> tuple[Table, ...]:
    facts = result.facts
    assert isinstance(facts, RecommendationsFacts)
    if not framework.recommendations:
        return ()
    rows = tuple((r.id, r.statement, _evidence(r, facts.figures)) for r in framework.recommendations)
    columns = ("No.", "Recommendation, in our words", "What this base says now")
    return (Table("The recommendations of the review", columns, rows, id="recommendations.table"),)


def _evidence(recommendation: Recommendation, figures: Mapping[str, Figure]) -> str:
    """Return the figures that measure a recommendation in words, or why nothing does."""
    if not recommendation.measured_by:
        reason = sentence(recommendation.not_measurable_because or "No reason is given")
        return f"This base does not measure this. {reason}"
    return " ".join(_figure_and_id(identity, figures.get(identity)) for identity in recommendation.measured_by)


def _figure_and_id(identity: str, figure: Figure | None) -> str:
    if figure is None:
        return f"There is no figure {identity}."
    number = figure_in_words(figure) if figure.kind == "share" else headline(figure)
    return f"{figure.label}: {number} [{identity}]."


WORDING = Wording(
    statement=_statement,
    caution="These figures show what studies examine. They do not show whether practice has changed.",
    missing={"recommendations": Missing("this base has no recommendations", "add recommendations to review.yaml")},
    tables=_tables,
)
