"""How a count becomes a figure: shares and paired ratios with all that must stand beside them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_
from statistics import median

from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.study import Finding, Study
from coprod_review.results.figure import NO_TRAIL, Figure, Part, Practice, Range, Trail, Unit, Unknown
from coprod_review.results.intervals import Interval, bonett_price, share_interval

MIN_STUDIES = 10
"""Under this many studies only counts are given (design honesty rule 3)."""

FEW = f"fewer than {MIN_STUDIES} studies are known, so counts only"
EMPTY = "there is no study to count"
NOTHING_KNOWN = "it is not known for any study"
FEW_READ = f"fewer than {MIN_STUDIES} studies were read in full text, so absence is hardly known and no share is given"
ONE_SIDED = "absence could not be coded for any study, so no share is given"

Code = Callable[[Study], bool | None]
"""Whether a study has what is counted: true, false, or not known."""


def ids(studies: Iterable[Study]) -> tuple[str, ...]:
    """The ids of studies, in their order."""
    return tuple([study.id for study in studies])


def ids_of_terms(terms: Iterable[Term]) -> tuple[str, ...]:
    """The ids of terms of the codebook, in their order."""
    return tuple(term.id for term in terms)


def is_primary(study: Study, codebook: Codebook) -> bool:
    """Whether a study's design is primary."""
    return study.design in codebook.of_kind("designs", "primary")


def is_review(study: Study, codebook: Codebook) -> bool:
    """Whether a study's design is a kind of review."""
    return study.design in codebook.of_kind("designs", "review")


INTERNATIONAL = "International"
"""The place of data from many countries, of which it is not known whether ours are among them."""


def from_nations(study: Study, nations: frozenset[str]) -> bool | None:
    """Whether any data of a study are from certain nations; ``None`` where places are not coded or not all known."""
    if not nations.isdisjoint(study.geography.data):
        return True
    return None if not study.geography.data or INTERNATIONAL in study.geography.data else False


def outcome_findings(study: Study, codebook: Codebook) -> tuple[Finding, ...]:
    """The findings of a study that tell of a change: level outcome or impact."""
    levels = codebook.of_kind("levels", "outcome")
    return tuple(finding for finding in study.findings if finding.level in levels)


def outcome_trail(codebook: Codebook, *codes: str, **terms: tuple[str, ...]) -> Trail:
    """The trail of a figure that reads outcome findings, and of them those with the given terms."""
    levels = tuple(t.id for t in codebook.terms("levels") if t.kind == "outcome")
    return Trail(codes, ({"level": levels, **terms},))


def presence(study: Study, *, found: bool, complete: bool = True) -> bool | None:
    """Whether a study has something that what was read shows: absence is known from a full text alone.

    ``complete`` says whether all codes are there that absence rests on (design decision 2).
    """
    if found:
        return True
    return False if study.coded_from == "full_text" and complete else None


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
            return NOTHING_KNOWN if self.unknown else EMPTY
        if self.unknown and self.yes == self.known:
            return ONE_SIDED
        return FEW if self.known < MIN_STUDIES else None


def _tally(codes: Sequence[bool | None]) -> _Tally:
    yes, no = codes.count(True), codes.count(False)
    return _Tally(yes, yes + no, len(codes) - yes - no)


def share(
    identity: str,
    label: str,
    definition: str,
    studies: Sequence[Study],
    code: Code,
    codebook: Codebook,
    *,
    trail: Trail = NO_TRAIL,
    headline: bool = False,
) -> Figure:
    """The share of studies that have something, over those for which it is known.

    ``code`` says for each study true, false or ``None`` (not known). The figure
    carries a Wilson interval (exact and one-sided at zero), the bounds that the
    unknown leave, the leave-one-out range, the value for primary studies and,
    for a ``headline``, the counts within each practice. ``trail`` names the
    codes and findings that ``code`` reads.
    """
    codes, names = list(map(code, studies)), ids(studies)
    tally, total = _tally(codes), len(codes)
    designs = codebook.of_kind("designs", "primary")
    primary = _tally(list(compress(codes, [study.design in designs for study in studies])))
    value = tally.value
    bounds = (tally.yes / total, (tally.yes + tally.unknown) / total) if total else (None, None)
    known = [answer is not None for answer in codes]
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=tally.yes if tally.known else None,
        denominator=tally.known,
        value=value,
        interval=share_interval(tally.yes, tally.known) if value is not None else None,
        unknown=Unknown(tally.unknown, *bounds),
        leave_one_out=_without_one(tally.yes, tally.known) if value is not None else None,
        primary_only=Part(primary.yes, primary.known, primary.value if value is not None else None),
        reason=tally.why_not,
        counted=tuple(compress(names, codes)),
        among=tuple(compress(names, known)),
        undecided=tuple(compress(names, map(not_, known))) if tally.unknown else (),
        practices=_by_practice(studies, codes, codebook) if headline else (),
        trail=trail,
    )


def _by_practice(studies: Sequence[Study], codes: Sequence[bool | None], codebook: Codebook) -> tuple[Practice, ...]:
    """Counts within each practice that any of the studies names; a study of several stands in each."""
    found: dict[str, list[bool | None]] = {}
    for study, code in zip(studies, codes, strict=True):
        for practice in study.practice:
            found.setdefault(practice, []).append(code)
    tallies = {t.id: _tally(found[t.id]) for t in codebook.terms("practices") if t.id in found}
    return tuple(Practice(name, t.yes, t.known, t.unknown) for name, t in tallies.items())


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


def count(
    identity: str,
    label: str,
    definition: str,
    counted: Sequence[str],
    among: Sequence[str] | None,
    reason: str,
    *,
    unit: Unit = "study",
    trail: Trail = NO_TRAIL,
) -> Figure:
    """A plain count, of a whole where there is one: no share and no interval, for the ``reason`` that is given."""
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=len(counted),
        denominator=None if among is None else len(among),
        value=None,
        reason=reason,
        unit=unit,
        counted=tuple(counted),
        among=tuple(among or ()),
        trail=trail,
        kind="count",
    )


def census(figure: Figure) -> Figure:
    """A count of a whole with its share: everything there is was counted, so there is no interval."""
    return replace(figure, value=(figure.numerator or 0) / figure.denominator) if figure.denominator else figure


def middle(
    identity: str, label: str, definition: str, values: Sequence[tuple[str, int]], pool: Sequence[str], trail: Trail
) -> Figure:
    """The median of numbers, given with the ids of their studies, and how many of the pool have none."""
    known = {identity for identity, _ in values}
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=None,
        denominator=len(values),
        value=float(median(number for _, number in values)) if values else None,
        unknown=Unknown(len(pool) - len(known), None, None),
        reason=None if values else NOTHING_KNOWN,
        among=tuple(identity for identity, _ in values),
        undecided=tuple(identity for identity in pool if identity not in known),
        trail=trail,
        kind="median",
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

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many are in the cells that a ratio reads: both, first only, second only."""
        return len(self.both), len(self.first_only), len(self.second_only)


def four_cells(studies: Iterable[Study], first: Code, second: Code) -> FourCells:
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
    first: Code,
    second: Code,
    codebook: Codebook,
    *,
    trail: Trail = NO_TRAIL,
) -> Figure:
    """The ratio of two paired shares, (a + b) / (a + c), over studies known on both sides.

    The interval is Bonett and Price's (methods.md 4.2). No ratio is computed
    from fewer than ten studies with either side, or where the second is empty.
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
        primary_only=Part(
            pa + pb,
            pa + pc,
            (pa + pb) / (pa + pc) if value is not None and pa + pb + pc >= MIN_STUDIES and pa + pc else None,
        ),
        reason=why_not,
        counted=tuple(s.id for s in studies if s.id in numerator),
        among=tuple(s.id for s in studies if s.id in denominator),
        undecided=cells.unknown,
        trail=trail,
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


def _ratio_bounds(studies: Sequence[Study], first: Code, second: Code, unknown: int) -> Unknown:
    """Extremes of the ratio over every way the unknown codes could fall."""
    one, two = _tally([first(s) for s in studies]), _tally([second(s) for s in studies])
    low = one.yes / (two.yes + two.unknown) if two.yes + two.unknown else None
    high = (one.yes + one.unknown) / two.yes if two.yes else None
    return Unknown(unknown, low, high)


def _ratio_without_one(a: int, b: int, c: int) -> Range | None:
    dropped = [(a - 1, b, c)] * (a > 0) + [(a, b - 1, c)] * (b > 0) + [(a, b, c - 1)] * (c > 0)
    values = [(x + y) / (x + z) for x, y, z in dropped if x + z]
    return Range(min(values), max(values)) if values else None
