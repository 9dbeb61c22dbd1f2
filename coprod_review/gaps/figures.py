"""How a count becomes a figure: shares and paired ratios with all that must stand beside them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from coprod_review.models import Codebook, Study
from coprod_review.results import Figure, Part, Range, Unknown
from coprod_review.statistics import Interval, bonett_price, share_interval

MIN_STUDIES = 10
"""Under this many studies only counts are given (design honesty rule 3)."""

FEW = f"fewer than {MIN_STUDIES} studies are known, so counts only"
NOTHING_KNOWN = "it is not known for any study"
FEW_READ = f"fewer than {MIN_STUDIES} studies were read in full text, so absence is hardly known and no share is given"
ONE_SIDED = "absence could not be coded for any study, so no share is given"

Code = Callable[[Study], bool | None]
"""Whether a study has what is counted: true, false, or not known."""


def ids(studies: Iterable[Study]) -> tuple[str, ...]:
    """The ids of studies, in their order."""
    return tuple(study.id for study in studies)


def is_primary(study: Study, codebook: Codebook) -> bool:
    """Whether a study's design is primary."""
    return codebook.kind("designs", study.design) == "primary"


def is_review(study: Study, codebook: Codebook) -> bool:
    """Whether a study's design is a kind of review."""
    return codebook.kind("designs", study.design) == "review"


@dataclass(frozen=True, slots=True)
class _Tally:
    yes: int
    known: int
    unknown: int

    @property
    def value(self) -> float | None:
        return None if self.why_not else self.yes / self.known

    @property
    def why_not(self) -> str | None:
        """Why no share may be computed, or ``None``."""
        if not self.known:
            return NOTHING_KNOWN
        if self.unknown and self.yes == self.known:
            return ONE_SIDED
        return FEW if self.known < MIN_STUDIES else None


def _tally(studies: Iterable[Study], code: Code) -> _Tally:
    codes = [code(study) for study in studies]
    yes, no = codes.count(True), codes.count(False)
    return _Tally(yes, yes + no, len(codes) - yes - no)


def share(
    identity: str, label: str, definition: str, studies: Sequence[Study], code: Code, codebook: Codebook
) -> Figure:
    """The share of studies that have something, over those for which it is known.

    ``code`` says for each study true, false or ``None`` (not known). The figure
    carries a Wilson interval (exact and one-sided at zero), the bounds that the
    unknown leave, the leave-one-out range and the value for primary studies.
    """
    tally = _tally(studies, code)
    primary = _tally((s for s in studies if is_primary(s, codebook)), code)
    value = tally.value
    total = tally.known + tally.unknown
    bounds = (tally.yes / total, (tally.yes + tally.unknown) / total) if total else (None, None)
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=tally.yes,
        denominator=tally.known,
        value=value,
        interval=share_interval(tally.yes, tally.known) if value is not None else None,
        unknown=Unknown(tally.unknown, *bounds),
        leave_one_out=_without_one(tally.yes, tally.known) if value is not None else None,
        primary_only=Part(primary.yes, primary.known, primary.value if value is not None else None),
        studies=tuple(s.id for s in studies if code(s)),
        reason=tally.why_not,
    )


def guarded(figure: Figure, studies: Iterable[Study]) -> Figure:
    """The figure without its value while too few studies were read whole for absence to be known.

    An abstract shows presence alone. While some studies are unknown and fewer than ten were read in full text, the
    known are mostly those chosen for having what is counted, and a share over them would mislead (design decision 1).
    """
    whole = sum(study.coded_from == "full_text" for study in studies)
    if figure.unknown is None or not figure.unknown.count or whole >= MIN_STUDIES or figure.value is None:
        return figure
    primary = figure.primary_only
    return replace(
        figure,
        value=None,
        interval=None,
        leave_one_out=None,
        primary_only=replace(primary, value=None) if primary else None,
        reason=FEW_READ,
    )


def _without_one(yes: int, known: int) -> Range | None:
    values = [(yes - 1) / (known - 1)] if yes else []
    values += [yes / (known - 1)] if yes < known else []
    return Range(min(values), max(values))


@dataclass(frozen=True, slots=True)
class FourCells:
    """Paired codes of studies on two sides: ids of both, first only, second only, neither, and not known."""

    both: tuple[str, ...]
    first_only: tuple[str, ...]
    second_only: tuple[str, ...]
    neither: tuple[str, ...]
    unknown: tuple[str, ...]


def four_cells(studies: Iterable[Study], first: Code, second: Code) -> FourCells:
    """Sort studies by two codes; a study not known on either side is unknown."""
    cells: dict[tuple[bool, bool] | None, list[str]] = {}
    for study in studies:
        one, two = first(study), second(study)
        cells.setdefault(None if one is None or two is None else (one, two), []).append(study.id)
    order = ((True, True), (True, False), (False, True), (False, False), None)
    return FourCells(*(tuple(cells.get(key, ())) for key in order))


def paired_ratio(
    identity: str, label: str, definition: str, studies: Sequence[Study], first: Code, second: Code, codebook: Codebook
) -> Figure:
    """The ratio of two paired shares, (a + b) / (a + c), over studies known on both sides.

    The interval is Bonett and Price's (methods.md 4.2). No ratio is computed
    from fewer than ten studies with either side, or where the second is empty.
    """
    a, b, c = _counts(four_cells(studies, first, second))
    primary = [s for s in studies if is_primary(s, codebook)]
    pa, pb, pc = _counts(four_cells(primary, first, second))
    why_not = _no_ratio(a, b, c, studies, first, second)
    value = None if why_not else (a + b) / (a + c)
    seen = set(four_cells(studies, first, second).both) | set(four_cells(studies, first, second).first_only)
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=a + b,
        denominator=a + c,
        value=value,
        interval=Interval(*bonett_price(a, b, c), 0.95, 2, "Bonett-Price") if value is not None else None,
        unknown=_ratio_bounds(studies, first, second),
        leave_one_out=_ratio_without_one(a, b, c) if value is not None else None,
        primary_only=Part(pa + pb, pa + pc, (pa + pb) / (pa + pc) if pa + pb + pc >= MIN_STUDIES and pa + pc else None),
        studies=tuple(s.id for s in studies if s.id in seen),
        reason=why_not,
    )


def _counts(cells: FourCells) -> tuple[int, int, int]:
    return len(cells.both), len(cells.first_only), len(cells.second_only)


def _no_ratio(a: int, b: int, c: int, studies: Sequence[Study], first: Code, second: Code) -> str | None:
    if a + c == 0:
        return "no study is known on the second side, and nothing is divided by zero"
    unknown = any(first(s) is None or second(s) is None for s in studies)
    if unknown and b == c == 0:
        return ONE_SIDED
    return FEW if a + b + c < MIN_STUDIES else None


def _ratio_bounds(studies: Sequence[Study], first: Code, second: Code) -> Unknown:
    """Extremes of the ratio over every way the unknown codes could fall."""
    one, two = _tally(studies, first), _tally(studies, second)
    count = sum(first(s) is None or second(s) is None for s in studies)
    low = one.yes / (two.yes + two.unknown) if two.yes + two.unknown else None
    high = (one.yes + one.unknown) / two.yes if two.yes else None
    return Unknown(count, low, high)


def _ratio_without_one(a: int, b: int, c: int) -> Range | None:
    dropped = [(a - 1, b, c)] * (a > 0) + [(a, b - 1, c)] * (b > 0) + [(a, b, c - 1)] * (c > 0)
    values = [(x + y) / (x + z) for x, y, z in dropped if x + z]
    return Range(min(values), max(values)) if values else None
