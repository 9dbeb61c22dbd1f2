"""Ratios of two sides that a study may have, with everything that has to be shown with a ratio."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coprod_review.gaps.families import answers_of, first_ids
from coprod_review.gaps.study_sets import StudyTest, is_primary
from coprod_review.gaps.tally import MIN_STUDIES, tally
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study
from coprod_review.results.figure import NO_CRITERIA, Criteria, Figure, PrimaryOnly, Reason, Unknown, ValueRange
from coprod_review.results.intervals import Interval, bonett_price


@dataclass(frozen=True, slots=True)
class FourCells:
    """Ids of studies by two sides: both, first only, second only, neither, and not known."""

    both: tuple[str, ...]
    first_only: tuple[str, ...]
    second_only: tuple[str, ...]
    neither: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """The numbers that a ratio reads: of both, first only and second only."""
        return len(self.both), len(self.first_only), len(self.second_only)


def four_cells(studies: Iterable[Study], first: StudyTest, second: StudyTest) -> FourCells:
    """Sort studies by two tests; a study is unknown if either test is not known. Entries of one family count once."""
    cells: dict[tuple[bool, bool] | None, list[str]] = {}
    studies = tuple(studies)
    sides = zip(answers_of(studies, first), answers_of(studies, second), strict=True)
    for identity, (one, two) in zip(first_ids(studies), sides, strict=True):
        cells.setdefault(None if one is None or two is None else (one, two), []).append(identity)
    order = ((True, True), (True, False), (False, True), (False, False), None)
    return FourCells(*(tuple(cells.get(key, ())) for key in order))


def paired_ratio(
    identity: str,
    label: str,
    definition: str,
    studies: Sequence[Study],
    first: StudyTest,
    second: StudyTest,
    codebook: Codebook,
    *,
    criteria: Criteria = NO_CRITERIA,
) -> Figure:
    """Return the ratio of two paired shares, (a + b) / (a + c), over the studies known on both sides.

    The interval is Bonett and Price's (docs/methods/intervals.md#ratio-of-paired-shares). There is no ratio if fewer
    than ten studies have either side, or if none has the second (docs/methods/figures.md#paired-ratios).
    """
    cells = four_cells(studies, first, second)
    a, b, c = cells.counts
    reason = _reason_for_no_ratio(cells)
    value = None if reason else (a + b) / (a + c)
    numerator, denominator = {*cells.both, *cells.first_only}, {*cells.both, *cells.second_only}
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=a + b if a + b + c or cells.neither else None,
        denominator=a + c,
        value=value,
        interval=Interval(*bonett_price(a, b, c), 0.95, 2, "Bonett-Price") if value is not None else None,
        unknown=_ratio_bounds(studies, first, second, len(cells.unknown)),
        leave_one_out=_leave_one_out(a, b, c) if value is not None else None,
        primary_only=_primary_only(studies, first, second, codebook, with_value=value is not None),
        reason=reason,
        numerator_ids=tuple(s.id for s in studies if s.id in numerator),
        denominator_ids=tuple(s.id for s in studies if s.id in denominator),
        unknown_ids=cells.unknown,
        criteria=criteria,
        kind="ratio",
    )


def _reason_for_no_ratio(cells: FourCells) -> Reason | None:
    a, b, c = cells.counts
    if not a + b + c and not cells.neither:
        return "nothing_known" if cells.unknown else "empty"
    if a + c == 0:
        return "no_second_side"
    if cells.unknown and b == c == 0:
        return "one_sided"
    return "few_known" if a + b + c < MIN_STUDIES else None


def _ratio_bounds(studies: Sequence[Study], first: StudyTest, second: StudyTest, unknown: int) -> Unknown:
    """Return the extremes of the ratio over every way in which the unknown codes could fall."""
    one, two = (tally(answers_of(studies, test)) for test in (first, second))
    low = one.yes / (two.yes + two.unknown) if two.yes + two.unknown else None
    high = (one.yes + one.unknown) / two.yes if two.yes else None
    return Unknown(unknown, low, high)


def _leave_one_out(a: int, b: int, c: int) -> ValueRange | None:
    smaller = [(a - 1, b, c)] * (a > 0) + [(a, b - 1, c)] * (b > 0) + [(a, b, c - 1)] * (c > 0)
    values = [(x + y) / (x + z) for x, y, z in smaller if x + z]
    return ValueRange(min(values), max(values)) if values else None


def _primary_only(
    studies: Sequence[Study], first: StudyTest, second: StudyTest, codebook: Codebook, *, with_value: bool
) -> PrimaryOnly:
    a, b, c = four_cells([s for s in studies if is_primary(s, codebook)], first, second).counts
    divisible = with_value and a + b + c >= MIN_STUDIES and a + c
    return PrimaryOnly(a + b, a + c, (a + b) / (a + c) if divisible else None)
