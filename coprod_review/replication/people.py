"""R15 and R16: the groups of people that the review says are seldom studied, or does not speak of."""

from collections.abc import Iterable, Mapping, Sequence

from coprod_review.gaps.analyses.representation import (
    INCLUDED,
    INCLUDED_WITHOUT_FOCUS,
    SIMILAR_BAND,
    dividing_benchmarks,
    groups_of,
)
from coprod_review.gaps.study_sets import ids
from coprod_review.gaps.tally import MIN_STUDIES
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.review import Stated
from coprod_review.model.study import Study
from coprod_review.replication.queries import ReviewQueries, require
from coprod_review.replication.sentences import share_with_interval
from coprod_review.replication.verdicts import Answer, Verdict
from coprod_review.results.intervals import share_interval
from coprod_review.text.grammar import capitalise, listed, plural


def seldom_studied(stated: Stated, held: ReviewQueries) -> Answer:
    """R15: groups in focus among the works cited for outcomes, beside every population share that may divide."""
    groups = require(stated.groups, "no group of people is named for it")
    coded = require((s for s in held.cited if s.groups_coded), "no group of people is coded for any work")
    focus = {group: _coded_as(("focus",), group, coded) for group in groups}
    included = {group: _coded_as(INCLUDED_WITHOUT_FOCUS, group, coded) for group in groups}
    told = [capitalise(_attention(g, focus[g], len(included[g]), len(coded), held)) for g in groups]
    verdict = _of_all(_below(len(focus[g]), len(coded), dividing_benchmarks(g, held.framework)) for g in groups)
    rests_on = dict.fromkeys(study for g in groups for study in (*focus[g], *included[g]))
    return Answer(" ".join(told), verdict, _BELOW[verdict], rests_on)


def _coded_as(codes: Sequence[str], group: str, studies: Iterable[Study]) -> tuple[str, ...]:
    return ids(s for s in studies if s.populations.get(group) in codes)


def _attention(group: str, focus: Sequence[str], included: int, total: int, held: ReviewQueries) -> str:
    share = share_with_interval(len(focus), total, "works cited for outcomes")
    return (
        f"{held.label('groups', group)}: in focus of {share}"
        f"{f', which are {listed(focus)}' if focus else ''}; included in {included} more; shares of a "
        f"population: {_shares_of(group, held)}."
    )


_BELOW: Mapping[Verdict, str] = {
    "agree": "In this base each group is the focus of a smaller share than its shares of the population.",
    "differ": "In this base a group is the focus of no smaller share than its shares of the population.",
    "cannot_tell": (
        "In this base the works, or the population shares, are too few to tell silence from under-representation."
    ),
}


def _of_all(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of every group where they have one; else one that differs is enough."""
    found = set(verdicts)
    if len(found) == 1:
        return found.pop()
    return "differ" if "differ" in found else "cannot_tell"


def _shares_of(group: str, held: ReviewQueries) -> str:
    shares = [f"{'at least ' if b.floor else ''}{b.value:g}%" for b in dividing_benchmarks(group, held.framework)]
    return listed(shares) or "none that may be used"


def _below(n: int, total: int, benchmarks: Sequence[Benchmark]) -> Verdict:
    """Whether the whole interval lies below or above the band of every share; it takes two shares.

    Method: docs/methods/comparisons.md#recounting-what-the-review-states.
    """
    if total < MIN_STUDIES or len(benchmarks) < 2:
        return "cannot_tell"
    interval, shares = share_interval(n, total), [b.value / 100 for b in benchmarks]
    if (interval.high or 0) < SIMILAR_BAND[0] * min(shares):
        return "agree"
    return (
        "differ"
        if interval.low > SIMILAR_BAND[1] * max(shares) and not any(b.floor for b in benchmarks)
        else "cannot_tell"
    )


def silent_groups(stated: Stated, held: ReviewQueries) -> Answer:
    """R16: groups that no study focuses on or includes; the text of the review is not part of the base."""
    groups = [t.id for t in groups_of(held.framework)]
    taken_in = {g for s in held.evidence for g, code in s.populations.items() if code in INCLUDED}
    silent = [g for g in groups if g not in taken_in]
    found = ids(s for s in held.evidence if any(s.populations.get(g) in INCLUDED for g in stated.groups))
    labels = listed([held.label("groups", g) for g in silent])
    gives = (
        f"{len(silent)} of {plural(len(groups), 'group')} were seen in no study, in focus or included"
        f"{f': {labels}' if labels else ''}. Of {plural(len(stated.groups), 'group')} not found in the "
        f"review's text, {len(set(stated.groups) & set(silent))} are among them."
    )
    if found:
        reason = f"In this base a group not found in the text is taken in by {listed(found)}."
        return Answer(gives, "differ", reason, found)
    return Answer(gives, "cannot_tell", _NO_TEXT)


_NO_TEXT = "The text of the review is no part of this base, and a group that is not coded is not known to be left out."
