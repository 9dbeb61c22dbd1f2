"""The statements of a review, compared with the base: each row of ``stated`` in ``review.yaml`` gets a verdict.

What is not known never counts as no: where it could change a verdict, the verdict is ``cannot_tell``.
Methods: docs/methods/comparisons.md#recounting-what-the-review-states.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf

from coprod_review.gaps.registry import ANALYSES, analysis_of, run_analyses
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.facets import Filter, parse_filter
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Review
from coprod_review.model.stated import Comparator, Quoted, Stated, StatedCount, StatedFigure
from coprod_review.model.study import Study
from coprod_review.replication.items import Item, items_of, passes_all
from coprod_review.results.figure import Figure
from coprod_review.results.replication import (
    Comparison,
    CountComparison,
    FigureComparison,
    PartCount,
    QuoteComparison,
    ReplicationRow,
    Verdict,
)

Range = tuple[float, float]
"""Smallest and largest value that a number may have, however the unknown codes fall."""
_ORDER: tuple[Verdict, ...] = ("agree", "cannot_tell", "differ")
"""A later verdict outweighs an earlier one."""
_JUDGEMENTS: Mapping[str, Verdict] = {"supported": "agree", "contradicted": "differ"}
"""Verdicts on what was read of a cited work; every other judgement cannot tell."""
_FITS: Mapping[Comparator, Callable[[float, float, float], bool]] = {
    "equal": lambda number, published, tolerance: abs(number - published) <= tolerance,
    "at_least": lambda number, published, tolerance: number >= published - tolerance,
    "at_most": lambda number, published, tolerance: number <= published + tolerance,
    "more_than": lambda number, published, tolerance: number > published - tolerance,
    "less_than": lambda number, published, tolerance: number < published + tolerance,
}


def replicate(studies: Iterable[Study], framework: Framework) -> tuple[ReplicationRow, ...]:
    """Return one row for each point that the review states, in the order of the file; none without a review."""
    review = framework.review
    if review is None:
        return ()
    studies = tuple(studies)
    figures = _named_figures(review, studies, framework)
    return tuple(_row(row, studies, framework, review, figures) for row in review.stated)


def _named_figures(review: Review, studies: tuple[Study, ...], framework: Framework) -> dict[str, Figure]:
    """Return the figures of every analysis that a row names, by id."""
    names = dict.fromkeys(analysis_of(figure.figure) for row in review.stated for figure in row.figures)
    results = run_analyses([name for name in names if name in ANALYSES], studies, framework)
    return {figure.id: figure for result in results for figure in result.figures}


def _row(
    row: Stated, studies: tuple[Study, ...], framework: Framework, review: Review, figures: Mapping[str, Figure]
) -> ReplicationRow:
    comparisons: tuple[Comparison, ...] = (
        *(compare_count(count, items_of(count, row, studies, framework), framework.codebook) for count in row.counts),
        *(compare_figure(stated, figures.get(stated.figure)) for stated in row.figures),
        *(compare_quote(quoted, review) for quoted in row.quoted),
    )
    verdicts = [comparison.verdict for comparison in comparisons if comparison.verdict]
    items = (identity for comparison in comparisons for identity in _ids(comparison))
    rests_on = dict.fromkeys((*items, *row.claims, *(quoted.claim for quoted in row.quoted), *row.errata))
    verdict = "cannot_tell" if row.not_comparable_because else _decisive(verdicts)
    return ReplicationRow(row, comparisons, verdict, tuple(identity for identity in rests_on if identity))


def _decisive(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that outweighs the others; without any verdict, ``cannot_tell``."""
    return max(verdicts, key=_ORDER.index, default="cannot_tell")


def _ids(comparison: Comparison) -> tuple[str, ...]:
    """Return the ids of what a comparison rests on: what was counted, or the exceptions to what should hold for all."""
    match comparison:
        case CountComparison():
            is_limit = comparison.stated.comparator == "every"
            return tuple(i for count in comparison.counts for i in (count.failing if is_limit else count.passing))
        case FigureComparison(figure=figure):
            return (*figure.numerator_ids, *figure.denominator_ids) if figure else ()
        case QuoteComparison():
            return tuple(comparison.judgements)


def compare(number: Range, comparator: Comparator, published: float, tolerance: float = 0) -> Verdict:
    """Return the verdict on a number that lies in a range, compared with a published one."""
    fits = [_FITS[comparator](end, published, tolerance) for end in number]
    if all(fits):
        return "agree"
    return "cannot_tell" if any(fits) or number[0] < published < number[1] else "differ"


def compare_count(stated: StatedCount, items: Sequence[Item], codebook: Codebook) -> CountComparison:
    """Return how many of the items pass the conditions of a row, altogether or by part, with the verdict."""
    where = [parse_filter(text, codebook) for text in stated.where]
    if stated.parts:
        items = [item for item in items if passes_all(where, item, codebook) is not False]
    counts = tuple(
        _part_count(name, [*where, *([parse_filter(text, codebook)] if text else [])], items, codebook)
        for name, text in (stated.parts or {"": ""}).items()
    )
    verdict = None if stated.comparator is None else _count_verdict(stated, stated.comparator, counts)
    return CountComparison(stated, counts, len(items), verdict if items or verdict is None else "cannot_tell")


def _part_count(name: str, conditions: Sequence[Filter], items: Iterable[Item], codebook: Codebook) -> PartCount:
    ids: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for item in items:
        ids[passes_all(conditions, item, codebook)].append(item.id)
    return PartCount(tuple(ids[True]), tuple(ids[False]), len(ids[None]), name)


def _count_verdict(stated: StatedCount, comparator: Comparator, counts: Sequence[PartCount]) -> Verdict:
    numbers = [(len(count.passing), len(count.passing) + count.unknown) for count in counts]
    if comparator == "every":
        return _decisive(compare((len(c.failing), len(c.failing) + c.unknown), "equal", 0) for c in counts)
    if comparator == "none":
        return _decisive(compare(number, "equal", 0) for number in numbers)
    if stated.published is not None:
        return _decisive(compare(number, comparator, stated.published, stated.tolerance) for number in numbers)
    first, *others = numbers
    return _decisive(compare((first[0] - other[1], first[1] - other[0]), comparator, 0) for other in others)


def compare_figure(stated: StatedFigure, figure: Figure | None) -> FigureComparison:
    """Return the verdict on a figure; for an order, its whole interval must be on one side of the published number."""
    number = _range_of(figure, with_interval=stated.comparator != "equal") if figure else None
    verdict = compare(number, stated.comparator, stated.published, stated.tolerance) if number else "cannot_tell"
    return FigureComparison(stated, figure, verdict)


def _range_of(figure: Figure, *, with_interval: bool) -> Range | None:
    """Return the range of a figure; ``None`` for a value that is withheld."""
    if figure.kind == "count" and figure.numerator is not None:
        return figure.numerator, figure.numerator + (figure.unknown.count if figure.unknown else 0)
    if figure.value is None:
        return None
    low = high = figure.value
    if figure.unknown and figure.unknown.count:
        least, most = figure.unknown.low, figure.unknown.high
        low, high = -inf if least is None else least, inf if most is None else most
    if figure.interval and with_interval:
        limit = figure.interval.high
        low, high = min(low, figure.interval.low), inf if limit is None else max(high, limit)
    return low, high


def compare_quote(stated: Quoted, review: Review) -> QuoteComparison:
    """Return the judgements on a claim, or on one number in it; the weakest judgement decides the verdict."""
    claim = next((claim for claim in review.claims if claim.id == stated.claim), None)
    quantities = claim.figures if claim else ()
    if stated.number is not None:
        quantities = quantities[stated.number - 1 : stated.number]
    if claim is None or (stated.number is not None and not quantities):
        return QuoteComparison(stated, (), {}, None, "cannot_tell")
    source = quantities[0].study if stated.number is not None else None
    judgements = {w: claim.corroboration.get(w, "not_judged") for w in ([source] if source else claim.cites)}
    number_verdict = _number_verdict(stated, quantities[0]) if quantities else None
    verdicts = [_JUDGEMENTS.get(code, "cannot_tell") for code in judgements.values()]
    verdict = _decisive([*verdicts, number_verdict] if number_verdict else verdicts)
    return QuoteComparison(stated, quantities, judgements, number_verdict, verdict)


def _number_verdict(stated: Quoted, quantity: Quantity) -> Verdict | None:
    if stated.unit is not None and stated.unit != quantity.unit:
        return "differ"
    if stated.published is None:
        return None
    number = quantity.recomputed
    return (
        compare((number, number), "equal", stated.published, stated.tolerance) if number is not None else "cannot_tell"
    )
