"""How two sides that a study may have become a ratio, with all that must stand beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coprod_review.gaps.study_sets import StudyTest, is_primary
from coprod_review.gaps.tally import EMPTY, FEW, MIN_STUDIES, NOTHING_KNOWN, ONE_SIDED, tally
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study
from coprod_review.results.figure import NO_CRITERIA, Criteria, Figure, PrimaryOnly, Unknown, ValueRange
from coprod_review.results.intervals import Interval, bonett_price


@dataclass(frozen=True, slots=True)
class FourCells:
    """Paired codes of studies on two sides: ids of both, first only, second only, neither, and not known."""

    both: tuple[str, ...]
    first_only: tuple[str, ...]
    second_only: tuple[str, ...]
    neither: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many are in the cells that a ratio reads: both, first only, second only."""
        return len(self.both), len(self.first_only), len(self.second_only)


def four_cells(studies: Iterable[Study], first: StudyTest, second: StudyTest) -> FourCells:
    """Sort studies by two codes; a study not known on either side is unknown."""
    cells: dict[tuple[bool, bool] | None, list[str]] = {}
    for study in studies:
        one, two = first(study), second(study)
        cells.setdefault(None if one is None or two is None else (one, two), []).append(study.id)
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
    trail: Criteria = NO_CRITERIA,
) -> Figure:
    """The ratio of two paired shares, (a + b) / (a + c), over studies known on both sides.

    The interval is Bonett and Price's (docs/methods/intervals.md#ratio-of-paired-shares). No ratio is computed
    from fewer than ten studies with either side, or where the second is empty (docs/methods/figures.md#paired-ratios).
    """
    cells = four_cells(studies, first, second)
    a, b, c = cells.counts
    pa, pb, pc = four_cells([s for s in studies if is_primary(s, codebook)], first, second).counts
    why_not = _no_ratio(cells)
    value = None if why_not else (a + b) / (a + c)
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
        leave_one_out=_ratio_without_one(a, b, c) if value is not None else None,
        primary_only=PrimaryOnly(
            pa + pb,
            pa + pc,
            (pa + pb) / (pa + pc) if value is not None and pa + pb + pc >= MIN_STUDIES and pa + pc else None,
        ),
        reason=why_not,
        numerator_ids=tuple(s.id for s in studies if s.id in numerator),
        denominator_ids=tuple(s.id for s in studies if s.id in denominator),
        unknown_ids=cells.unknown,
        criteria=trail,
        kind="ratio",
    )


def _no_ratio(cells: FourCells) -> str | None:
    a, b, c = cells.counts
    if not a + b + c and not cells.neither:
        return NOTHING_KNOWN if cells.unknown else EMPTY
    if a + c == 0:
        return "no study is known on the second side, and nothing is divided by zero"
    if cells.unknown and b == c == 0:
        return ONE_SIDED
    return FEW if a + b + c < MIN_STUDIES else None


def _ratio_bounds(studies: Sequence[Study], first: StudyTest, second: StudyTest, unknown: int) -> Unknown:
    """Extremes of the ratio over every way the unknown codes could fall."""
    one, two = tally([first(s) for s in studies]), tally([second(s) for s in studies])
    low = one.yes / (two.yes + two.unknown) if two.yes + two.unknown else None
    high = (one.yes + one.unknown) / two.yes if two.yes else None
    return Unknown(unknown, low, high)


def _ratio_without_one(a: int, b: int, c: int) -> ValueRange | None:
    dropped = [(a - 1, b, c)] * (a > 0) + [(a, b - 1, c)] * (b > 0) + [(a, b, c - 1)] * (c > 0)
    values = [(x + y) / (x + z) for x, y, z in dropped if x + z]
    return ValueRange(min(values), max(values)) if values else None
