"""How a count becomes a share, with all that must stand beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import compress
from operator import not_
from statistics import median

from coprod_review.gaps.study_sets import StudyTest, ids
from coprod_review.gaps.tally import FEW_READ, MIN_STUDIES, NOTHING_KNOWN, tally
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study
from coprod_review.results.figure import (
    NO_CRITERIA,
    Criteria,
    Figure,
    PracticeCount,
    PrimaryOnly,
    Unit,
    Unknown,
    ValueRange,
)
from coprod_review.results.intervals import share_interval


def share(
    identity: str,
    label: str,
    definition: str,
    studies: Sequence[Study],
    code: StudyTest,
    codebook: Codebook,
    *,
    trail: Criteria = NO_CRITERIA,
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
    counts, total = tally(codes), len(codes)
    designs = codebook.of_kind("designs", "primary")
    primary = tally(list(compress(codes, [study.design in designs for study in studies])))
    value = counts.value
    bounds = (counts.yes / total, (counts.yes + counts.unknown) / total) if total else (None, None)
    known = [answer is not None for answer in codes]
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=counts.yes if counts.known else None,
        denominator=counts.known,
        value=value,
        interval=share_interval(counts.yes, counts.known) if value is not None else None,
        unknown=Unknown(counts.unknown, *bounds),
        leave_one_out=_without_one(counts.yes, counts.known) if value is not None else None,
        primary_only=PrimaryOnly(primary.yes, primary.known, primary.value if value is not None else None),
        reason=counts.why_not,
        numerator_ids=tuple(compress(names, codes)),
        denominator_ids=tuple(compress(names, known)),
        unknown_ids=tuple(compress(names, map(not_, known))) if counts.unknown else (),
        practices=_by_practice(studies, codes, codebook) if headline else (),
        criteria=trail,
    )


def _by_practice(
    studies: Sequence[Study], codes: Sequence[bool | None], codebook: Codebook
) -> tuple[PracticeCount, ...]:
    """Counts within each practice that any of the studies names; a study of several stands in each."""
    found: dict[str, list[bool | None]] = {}
    for study, code in zip(studies, codes, strict=True):
        for practice in study.practice:
            found.setdefault(practice, []).append(code)
    tallies = {t.id: tally(found[t.id]) for t in codebook.terms("practices") if t.id in found}
    return tuple(PracticeCount(name, t.yes, t.known, t.unknown) for name, t in tallies.items())


def withhold_share(figure: Figure, studies: Iterable[Study]) -> Figure:
    """The figure without its value while too few studies were read whole for absence to be known.

    An abstract shows presence alone. While some studies are unknown and fewer than ten were read in full text, the
    known are mostly those chosen for having what is counted, and a share over them would mislead.
    Method: docs/methods/figures.md#too-few-full-texts.
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
    trail: Criteria = NO_CRITERIA,
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
        numerator_ids=tuple(counted),
        denominator_ids=tuple(among or ()),
        criteria=trail,
        kind="count",
    )


def full_count_share(figure: Figure) -> Figure:
    """A count of a whole with its share: everything there is was counted, so there is no interval."""
    return replace(figure, value=(figure.numerator or 0) / figure.denominator) if figure.denominator else figure


def median_figure(
    identity: str, label: str, definition: str, values: Sequence[tuple[str, int]], pool: Sequence[str], trail: Criteria
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
        denominator_ids=tuple(identity for identity, _ in values),
        unknown_ids=tuple(identity for identity in pool if identity not in known),
        criteria=trail,
        kind="median",
    )


def _without_one(yes: int, known: int) -> ValueRange | None:
    values = [(yes - 1) / (known - 1)] if yes else []
    values += [yes / (known - 1)] if yes < known else []
    return ValueRange(min(values), max(values))
