"""What the base says on each recommendation of the review, in words."""

from collections.abc import Mapping

from coprod_review.gaps.analyses.recommendations import MIN_TREND, RecommendationsFacts
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from coprod_review.text.grammar import number_with_verb, plural


def _statement(facts: RecommendationsFacts, result: Result, framework: Framework) -> str:
    measurable = next(figure for figure in result.figures if figure.id == "recommendations.measurable")
    periods = [labelled for chart in result.charts for labelled in chart.figures]
    lead = _lead(measurable)
    if not periods:
        return lead
    shares = "; ".join(f"{span}, {figure_in_words(figure)}" for span, figure in periods)
    too_few = f" {number_with_verb(facts.studies, 'study is', 'studies are')} too few to speak of a trend."
    caution = too_few if facts.studies < MIN_TREND else ""
    return (
        f"{lead} Examining outcomes, by year of publication: {shares}.{caution} Works were not sampled by period, so a "
        "difference between periods is no trend."
    )


def _lead(measurable: Figure) -> str:
    measured, recommendations = measurable.numerator or 0, measurable.denominator or 0
    if not recommendations:
        return "This base holds no recommendations."
    return (
        f"Figures of this base bear on {measured} of {plural(recommendations, 'recommendation')}; for the other "
        f"{recommendations - measured} the table says why nothing here can."
    )


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
        return f"Not measured here. {recommendation.not_measurable_because or 'No reason is given.'}"
    return "; ".join(_figure_and_id(identity, figures.get(identity)) for identity in recommendation.measured_by) + "."


def _figure_and_id(identity: str, figure: Figure | None) -> str:
    if figure is None:
        return f"{identity}: no such figure"
    if figure.kind == "ratio":
        counts = f"{figure.numerator or 0} to {figure.denominator}"
        value = f" (ratio {figure.value:.2f})" if figure.value is not None else f" ({figure.reason})"
        return f"{figure.label}: {counts}{value} [{identity}]"
    return f"{figure.label}: {figure_in_words(figure)} [{identity}]"


WORDING = Wording(
    statement=_statement,
    caution="A figure that bears on a recommendation shows what studies look at, not whether practice has changed.",
    missing={"recommendations": Missing("the base holds no recommendations", "add them to review.yaml")},
    tables=_tables,
)
