"""Shares, counts and medians as figures, with everything that has to be shown with a number."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import compress
from operator import not_
from statistics import median

from coprod_review.gaps.families import answers_of, count_families, first_ids
from coprod_review.gaps.study_sets import StudyTest
from coprod_review.gaps.tally import MIN_STUDIES, Tally, tally
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, read_in_full
from coprod_review.results.figure import (
    NO_CRITERIA,
    Criteria,
    Figure,
    PracticeCount,
    PrimaryOnly,
    Reason,
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
    test: StudyTest,
    codebook: Codebook,
    *,
    criteria: Criteria = NO_CRITERIA,
    headline: bool = False,
) -> Figure:
    """Return the share of studies that pass a test, among those for which the answer is known.

    The figure has a Wilson interval (exact and one-sided at zero), the bounds that the unknown answers leave, the
    leave-one-out range, the value for primary studies and, for a ``headline``, the counts within each practice.
    ``criteria`` names the codes and findings that ``test`` reads. Entries of one study family count once.
    """
    answers, names = answers_of(studies, test), first_ids(studies)
    known = [answer is not None for answer in answers]
    counts = tally(answers)
    value = counts.value
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=counts.yes if counts.known else None,
        denominator=counts.known,
        value=value,
        interval=share_interval(counts.yes, counts.known) if value is not None else None,
        unknown=_share_bounds(counts),
        leave_one_out=_leave_one_out(counts.yes, counts.known) if value is not None else None,
        primary_only=_primary_only(studies, test, codebook, with_value=value is not None),
        reason=counts.reason,
        numerator_ids=tuple(compress(names, answers)),
        denominator_ids=tuple(compress(names, known)),
        unknown_ids=tuple(compress(names, map(not_, known))) if counts.unknown else (),
        practices=_by_practice(studies, test, codebook) if headline else (),
        criteria=criteria,
    )


def _share_bounds(counts: Tally) -> Unknown:
    """Return the extremes of the share over every way in which the unknown answers could fall."""
    total = counts.known + counts.unknown
    low, high = (counts.yes / total, (counts.yes + counts.unknown) / total) if total else (None, None)
    return Unknown(counts.unknown, low, high)


def _leave_one_out(yes: int, known: int) -> ValueRange:
    values = [(yes - 1) / (known - 1)] if yes else []
    values += [yes / (known - 1)] if yes < known else []
    return ValueRange(min(values), max(values))


def _primary_only(studies: Sequence[Study], test: StudyTest, codebook: Codebook, *, with_value: bool) -> PrimaryOnly:
    designs = codebook.of_kind("designs", "primary")
    primary = _tally([study for study in studies if study.design in designs], test)
    return PrimaryOnly(primary.yes, primary.known, primary.value if with_value else None)


def _tally(studies: Sequence[Study], test: StudyTest) -> Tally:
    return tally(answers_of(studies, test))


def _by_practice(studies: Sequence[Study], test: StudyTest, codebook: Codebook) -> tuple[PracticeCount, ...]:
    """Return the counts for each practice that the studies name; a study of several practices counts in each."""
    by_practice: dict[str, list[Study]] = {}
    for study in studies:
        for practice in study.practice:
            by_practice.setdefault(practice, []).append(study)
    tallies = {t.id: _tally(by_practice[t.id], test) for t in codebook.terms("practices") if t.id in by_practice}
    return tuple(PracticeCount(name, t.yes, t.known, t.unknown) for name, t in tallies.items())


def withhold_share(figure: Figure, studies: Iterable[Study], codebook: Codebook) -> Figure:
    """Return the figure without its value if too few of the studies were read in full text to know absence.

    An abstract can only show presence. If some studies are unknown and fewer than ten were read in full text, most of
    the known ones are known because they have what is counted, and a share among them would mislead.
    Method: docs/methods/figures.md#too-few-full-texts.
    """
    full_texts = count_families(study for study in studies if read_in_full(study, codebook))
    if figure.unknown is None or not figure.unknown.count or full_texts >= MIN_STUDIES or figure.value is None:
        return figure
    return without_value(figure, "few_full_texts")


def countable(figure: Figure, codebook: Codebook, vocabulary: str, *kinds: str) -> Figure:
    """Return the figure, or without its numbers if no term of a vocabulary has one of the kinds that it counts.

    Without such a term nobody can have coded what is counted, so zero would be wrong.
    Method: docs/methods/figures.md#what-cannot-be-counted.
    """
    if codebook.of_kind(vocabulary, *kinds):
        return figure
    return replace(
        without_value(figure, "no_kind"),
        numerator=None,
        denominator=0,
        numerator_ids=(),
        denominator_ids=(),
        unknown_ids=(*figure.denominator_ids, *figure.unknown_ids),
        unknown=Unknown(len(figure.denominator_ids) + len(figure.unknown_ids), None, None),
        primary_only=None,
        practices=(),
        lacks=(vocabulary, *kinds),
    )


def without_value(figure: Figure, reason: Reason) -> Figure:
    """Return the counts of a figure without its value and interval, for the ``reason`` given."""
    return replace(
        figure,
        value=None,
        interval=None,
        leave_one_out=None,
        primary_only=replace(figure.primary_only, value=None) if figure.primary_only else None,
        reason=reason,
    )


def count(
    identity: str,
    label: str,
    definition: str,
    numerator_ids: Sequence[str],
    denominator_ids: Sequence[str] | None,
    reason: Reason,
    *,
    unit: Unit = "study",
    criteria: Criteria = NO_CRITERIA,
) -> Figure:
    """Return a count without share or interval, for the ``reason`` given; the denominator may be ``None``."""
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=len(numerator_ids),
        denominator=None if denominator_ids is None else len(denominator_ids),
        value=None,
        reason=reason,
        unit=unit,
        numerator_ids=tuple(numerator_ids),
        denominator_ids=tuple(denominator_ids or ()),
        criteria=criteria,
        kind="count",
    )


def full_count_share(figure: Figure) -> Figure:
    """Return a count with its share; everything was counted and not a sample, so there is no interval."""
    return replace(figure, value=(figure.numerator or 0) / figure.denominator) if figure.denominator else figure


def median_figure(
    identity: str,
    label: str,
    definition: str,
    values: Sequence[tuple[str, int]],
    pool: Sequence[str],
    criteria: Criteria,
) -> Figure:
    """Return the median of numbers, each given with the id of its study; the rest of the pool is unknown."""
    known = {identity for identity, _ in values}
    return Figure(
        id=identity,
        label=label,
        definition=definition,
        numerator=None,
        denominator=len(values),
        value=float(median(number for _, number in values)) if values else None,
        unknown=Unknown(len(pool) - len(known), None, None),
        reason=None if values else "nothing_known",
        denominator_ids=tuple(identity for identity, _ in values),
        unknown_ids=tuple(identity for identity in pool if identity not in known),
        criteria=criteria,
        kind="median",
    )
