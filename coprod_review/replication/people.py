"""R15 and R16: the groups of people that the review says are seldom studied, or does not mention."""

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

_BELOW: Mapping[Verdict, str] = {
    "agree": "In this base each group is the focus of a smaller share than its shares of the population.",
    "differ": "In this base a group is the focus of no smaller share than its shares of the population.",
    "cannot_tell": (
        "In this base the works, or the population shares, are too few to tell silence from under-representation."
    ),
}
"""What a verdict says of the shares of the groups."""
_NO_TEXT = "The text of the review is no part of this base, and a group that is not coded is not known to be left out."


def seldom_studied(stated: Stated, queries: ReviewQueries) -> Answer:
    """R15: Compare how many works cited for outcomes focus on the groups with every usable population share."""
    groups = require(stated.groups, "no group of people is named for it")
    coded = require((s for s in queries.cited if s.groups_coded), "no group of people is coded for any work")
    focus = {group: _ids_with_code(("focus",), group, coded) for group in groups}
    included = {group: _ids_with_code(INCLUDED_WITHOUT_FOCUS, group, coded) for group in groups}
    sentences = [capitalise(_attention(g, focus[g], len(included[g]), len(coded), queries)) for g in groups]
    benchmarks = {group: dividing_benchmarks(group, queries.framework) for group in groups}
    verdict = _combined_verdict(_below_benchmarks(len(focus[g]), len(coded), benchmarks[g]) for g in groups)
    rests_on = dict.fromkeys(study for g in groups for study in (*focus[g], *included[g]))
    return Answer(" ".join(sentences), verdict, _BELOW[verdict], rests_on)


def _ids_with_code(codes: Sequence[str], group: str, studies: Iterable[Study]) -> tuple[str, ...]:
    return ids(s for s in studies if s.populations.get(group) in codes)


def _attention(group: str, focus: Sequence[str], included: int, total: int, queries: ReviewQueries) -> str:
    share = share_with_interval(len(focus), total, "works cited for outcomes")
    return (
        f"{queries.label('groups', group)}: in focus of {share}"
        f"{f', which are {listed(focus)}' if focus else ''}; included in {included} more; shares of a "
        f"population: {_shares_of(group, queries)}."
    )


def _combined_verdict(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that all groups have in common; otherwise, one group that differs is enough."""
    distinct = set(verdicts)
    if len(distinct) == 1:
        return distinct.pop()
    return "differ" if "differ" in distinct else "cannot_tell"


def _shares_of(group: str, queries: ReviewQueries) -> str:
    shares = [f"{'at least ' if b.floor else ''}{b.value:g}%" for b in dividing_benchmarks(group, queries.framework)]
    return listed(shares) or "none that may be used"


def _below_benchmarks(n: int, total: int, benchmarks: Sequence[Benchmark]) -> Verdict:
    """Return whether the whole interval of ``n / total`` lies below or above the band around at least two benchmarks.

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


def silent_groups(stated: Stated, queries: ReviewQueries) -> Answer:
    """R16: Name the groups that no study focuses on or includes; the base does not contain the text of the review."""
    groups = [t.id for t in groups_of(queries.framework)]
    included = {g for s in queries.evidence for g, code in s.populations.items() if code in INCLUDED}
    missing = [g for g in groups if g not in included]
    with_named_group = ids(s for s in queries.evidence if any(s.populations.get(g) in INCLUDED for g in stated.groups))
    labels = listed([queries.label("groups", g) for g in missing])
    gives = (
        f"{len(missing)} of {plural(len(groups), 'group')} were seen in no study, in focus or included"
        f"{f': {labels}' if labels else ''}. Of {plural(len(stated.groups), 'group')} not found in the "
        f"review's text, {len(set(stated.groups) & set(missing))} are among them."
    )
    if with_named_group:
        reason = f"In this base a group not found in the text is taken in by {listed(with_named_group)}."
        return Answer(gives, "differ", reason, with_named_group)
    return Answer(gives, "cannot_tell", _NO_TEXT)
