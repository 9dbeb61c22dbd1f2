"""G20: what the base says on each recommendation of the review, and whether gaps are closing.

A recommendation without a figure has the reason why nothing here measures it, instead of a figure that only nearly
fits. Works were not sampled by period, so no trend is tested.
Methods: docs/methods/analyses.md#recommendations; docs/contracts/decisions.md#recommendations.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coprod_review.gaps.analyses.focus import ANY_AIM, examines
from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families
from coprod_review.gaps.shares import count, share
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.model.study import Study, eligible
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result

QUESTION = "What does this base say on each recommendation of the review?"
PERIOD = 5
"""Years in a period."""
MIN_TREND = 30
"""Under this many studies there are too few for a trend (docs/methods/analyses.md#recommendations)."""


@dataclass(frozen=True, slots=True)
class RecommendationsFacts:
    """What the sentences and the table of recommendations need that no figure of this analysis holds."""

    studies: int
    """Number of eligible studies."""
    figures: Mapping[str, Figure]
    """The figures of other analyses that recommendations are measured by, by id."""


def analyse(studies: Iterable[Study], framework: Framework, *, figures: Mapping[str, Figure] | None = None) -> Result:
    """Report each recommendation with its figures, or why it has none, and the share with an outcome aim by period.

    ``figures`` are those of other analyses by id; a figure that is not among
    them is named and not shown. Figures ``recommendations.measurable`` and
    ``.outcome-share-<first year of a period>``.
    """
    studies, recommendations = eligible(studies, framework.codebook), framework.recommendations
    measurable = _measurable(recommendations)
    periods = _periods(studies, framework)
    return Result(
        analysis="recommendations",
        figures=(measurable, *periods.values()),
        facts=RecommendationsFacts(count_families(studies), figures or {}),
        missing=() if recommendations else ("recommendations",),
        charts=(
            bars(
                "recommendations", periods.items(), "Studies that set out to examine outcomes, by period of publication"
            ),
        )
        if periods
        else (),
    )


def _measurable(recommendations: tuple[Recommendation, ...]) -> Figure:
    return count(
        "recommendations.measurable",
        "Recommendations that figures of this base measure",
        "counts a recommendation if measured_by names at least one figure; out of all recommendations",
        [r.id for r in recommendations if r.measured_by],
        [r.id for r in recommendations],
        "complete_count",
        unit="recommendation",
    )


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
        f"Studies of {span} that set out to examine outcomes",
        f"{ANY_AIM}, and that were published in these years",
        studies,
        examines("outcome"),
        framework.codebook,
        criteria=Criteria(("citation.issued", "aims.outcome")),
    )


ANALYSIS = Analysis("recommendations", QUESTION, analyse, uses_other_figures=True, needs=("review",))
