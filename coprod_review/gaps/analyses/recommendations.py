"""G20: what the base says on each recommendation of the review, and whether gaps are closing.

A recommendation without a figure says why nothing here can measure it; nothing
is stretched to fit. Periods overlap with how works were chosen, so that no trend
is tested. Methods: docs/methods/analyses.md#recommendations;
docs/contracts/decisions.md#recommendations.
"""

from collections.abc import Iterable, Mapping, Sequence

from coprod_review.gaps.analyses.focus import focus_on
from coprod_review.gaps.charts import bars
from coprod_review.gaps.shares import count, share
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.model.study import Study, eligible
from coprod_review.phrasing.figures import seen_in_words
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from coprod_review.text.grammar import number_with_verb, plural

QUESTION = "What does this base say on each recommendation of the review?"
PERIOD = 5
"""Years in a period."""


def analyse(studies: Iterable[Study], framework: Framework, *, figures: Mapping[str, Figure] | None = None) -> Result:
    """Each recommendation with the figures that bear on it, or why none can; outcome focus by period.

    ``figures`` are those of other analyses by id; a figure that is not among
    them is named and not shown. Figures ``recommendations.measurable`` and
    ``.outcome-share-<first year of a period>``.
    """
    held, known = eligible(studies), figures or {}
    recommended = framework.recommendations
    measurable = count(
        "recommendations.measurable",
        "Recommendations that figures of this base bear on",
        "at least one figure is named under measured_by; of all recommendations",
        [r.id for r in recommended if r.measured_by],
        [r.id for r in recommended],
        "every recommendation was counted, so there is no share and no interval",
        unit="recommendation",
    )
    periods = _periods(held, framework)
    return Result(
        analysis="recommendations",
        question=QUESTION,
        statement=_statement(measurable, periods, len(held)),
        caution="A figure that bears on a recommendation shows what studies look at, not whether practice has changed.",
        figures=(measurable, *periods.values()),
        tables=_tables(recommended, known),
        missing="" if recommended else "the base holds no recommendations: add them to review.yaml",
        charts=(bars("recommendations", "Studies that say they examine outcomes, by period of publication",
                     list(periods.items())),) if periods else (),
    )  # fmt: skip


def _tables(recommended: tuple[Recommendation, ...], known: Mapping[str, Figure]) -> tuple[Table, ...]:
    if not recommended:
        return ()
    rows = tuple((r.id, r.statement, _bearing(r, known)) for r in recommended)
    columns = ("No.", "Recommendation, in our words", "What this base says now")
    return (Table("The recommendations of the review", columns, rows, id="recommendations.table"),)


def _bearing(recommendation: Recommendation, known: Mapping[str, Figure]) -> str:
    """The figures that bear on a recommendation, in words, or why none does."""
    if not recommendation.measured_by:
        return f"Not measured here. {recommendation.not_measurable_because or 'No reason is given.'}"
    return "; ".join(_told(identity, known.get(identity)) for identity in recommendation.measured_by) + "."


def _told(identity: str, figure: Figure | None) -> str:
    if figure is None:
        return f"{identity}: no such figure"
    if figure.kind == "ratio":
        said = f"{figure.numerator or 0} to {figure.denominator}"
        value = f" (ratio {figure.value:.2f})" if figure.value is not None else f" ({figure.reason})"
        return f"{figure.label}: {said}{value} [{identity}]"
    return f"{figure.label}: {seen_in_words(figure)} [{identity}]"


def _periods(studies: tuple[Study, ...], framework: Framework) -> dict[str, Figure]:
    """Declared focus on outcomes, for the studies of each five years, by the years in words."""
    dated = [(s.year, s) for s in studies if s.year]
    newest = max((year for year, _ in dated), default=0)
    placed: dict[int, list[Study]] = {}
    for year, study in dated:
        placed.setdefault(year - year % PERIOD, []).append(study)
    spans = ((_span(start, newest), start, inside) for start, inside in sorted(placed.items()))
    return {span: _of_period(span, start, inside, framework) for span, start, inside in spans}


def _span(start: int, newest: int) -> str:
    """The years of a period, which does not run beyond the newest study."""
    end = min(start + PERIOD - 1, newest)
    return f"{start} to {end}" if end > start else str(start)


def _of_period(span: str, start: int, studies: Sequence[Study], framework: Framework) -> Figure:
    return share(
        f"recommendations.outcome-share-{start}",
        f"Studies of {span} that say they examine outcomes",
        "declared focus outcome or both; of the eligible studies published in these years",
        studies,
        focus_on("outcome"),
        framework.codebook,
        trail=Criteria(("citation.issued", "focus")),
    )


MIN_TREND = 30
"""Studies under which no trend is spoken of (docs/methods/analyses.md#recommendations)."""


def _statement(measurable: Figure, periods: Mapping[str, Figure], total: int) -> str:
    some, every = measurable.numerator or 0, measurable.denominator or 0
    lead = (
        f"Figures of this base bear on {some} of {plural(every, 'recommendation')}; for the other {every - some} the "
        "table says why nothing here can."
        if every
        else "This base holds no recommendations."
    )
    if not periods:
        return lead
    told = "; ".join(f"{span}, {seen_in_words(figure)}" for span, figure in periods.items())
    few = (
        f" {number_with_verb(total, 'study is', 'studies are')} too few to speak of a trend."
        if total < MIN_TREND
        else ""
    )
    return (
        f"{lead} Examining outcomes, by year of publication: {told}.{few} Works were not sampled by period, so a "
        "difference between periods is no trend."
    )
