"""G20: what the base says on each recommendation of the review, and whether gaps are closing.

A recommendation without a figure has the reason why nothing here measures it, instead of a figure that only nearly
fits. Works were not sampled by period, so no trend is tested.
Methods: docs/methods/analyses.md#recommendations; docs/contracts/decisions.md#recommendations.
"""

from collections.abc import Iterable, Mapping, Sequence

from coprod_review.gaps.analyses.focus import examines
from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import count, share
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.model.study import Study, eligible
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from coprod_review.text.grammar import number_with_verb, plural

QUESTION = "What does this base say on each recommendation of the review?"
PERIOD = 5
"""Years in a period."""
MIN_TREND = 30
"""Under this many studies the statement says that they are too few for a trend
(docs/methods/analyses.md#recommendations)."""


def analyse(studies: Iterable[Study], framework: Framework, *, figures: Mapping[str, Figure] | None = None) -> Result:
    """Report each recommendation with its figures, or why it has none, and the focus on outcomes by period.

    ``figures`` are those of other analyses by id; a figure that is not among
    them is named and not shown. Figures ``recommendations.measurable`` and
    ``.outcome-share-<first year of a period>``.
    """
    studies, recommendations = eligible(studies), framework.recommendations
    measurable = _measurable(recommendations)
    periods = _periods(studies, framework)
    return Result(
        analysis="recommendations",
        statement=_statement(measurable, periods, len(studies)),
        caution="A figure that bears on a recommendation shows what studies look at, not whether practice has changed.",
        figures=(measurable, *periods.values()),
        tables=_tables(recommendations, figures or {}),
        missing="" if recommendations else "the base holds no recommendations: add them to review.yaml",
        charts=(
            bars(
                "recommendations", periods.items(), "Studies that say they examine outcomes, by period of publication"
            ),
        )
        if periods
        else (),
    )


def _measurable(recommendations: tuple[Recommendation, ...]) -> Figure:
    return count(
        "recommendations.measurable",
        "Recommendations that figures of this base bear on",
        "at least one figure is named under measured_by; of all recommendations",
        [r.id for r in recommendations if r.measured_by],
        [r.id for r in recommendations],
        "count_of_recommendations",
        unit="recommendation",
    )


def _tables(recommendations: tuple[Recommendation, ...], figures: Mapping[str, Figure]) -> tuple[Table, ...]:
    if not recommendations:
        return ()
    rows = tuple((r.id, r.statement, _evidence(r, figures)) for r in recommendations)
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


def _periods(studies: tuple[Study, ...], framework: Framework) -> dict[str, Figure]:
    """Return the share that examines outcomes among the studies of each period, by the years in words."""
    dated = [(s.year, s) for s in studies if s.year]
    newest = max((year for year, _ in dated), default=0)
    by_start: dict[int, list[Study]] = {}
    for year, study in dated:
        by_start.setdefault(year - year % PERIOD, []).append(study)
    spans = ((_span(start, newest), start, of_period) for start, of_period in sorted(by_start.items()))
    return {span: _period_share(span, start, of_period, framework) for span, start, of_period in spans}


def _span(start: int, newest: int) -> str:
    """Return the years of a period in words; the last period ends with the newest study."""
    end = min(start + PERIOD - 1, newest)
    return f"{start} to {end}" if end > start else str(start)


def _period_share(span: str, start: int, studies: Sequence[Study], framework: Framework) -> Figure:
    return share(
        f"recommendations.outcome-share-{start}",
        f"Studies of {span} that say they examine outcomes",
        "declared focus outcome or both; of the eligible studies published in these years",
        studies,
        examines("outcome"),
        framework.codebook,
        criteria=Criteria(("citation.issued", "focus")),
    )


def _statement(measurable: Figure, periods: Mapping[str, Figure], studies: int) -> str:
    measured, recommendations = measurable.numerator or 0, measurable.denominator or 0
    lead = (
        f"Figures of this base bear on {measured} of {plural(recommendations, 'recommendation')}; for the other "
        f"{recommendations - measured} the table says why nothing here can."
        if recommendations
        else "This base holds no recommendations."
    )
    if not periods:
        return lead
    shares = "; ".join(f"{span}, {figure_in_words(figure)}" for span, figure in periods.items())
    too_few = f" {number_with_verb(studies, 'study is', 'studies are')} too few to speak of a trend."
    caution = too_few if studies < MIN_TREND else ""
    return (
        f"{lead} Examining outcomes, by year of publication: {shares}.{caution} Works were not sampled by period, so a "
        "difference between periods is no trend."
    )


ANALYSIS = Analysis("recommendations", QUESTION, analyse, uses_other_figures=True)
