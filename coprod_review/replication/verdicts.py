"""What a recount answers, and which verdict may be given."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Verdict = Literal["agree", "differ", "cannot_tell"]


class Answer(NamedTuple):
    """What one recount gives for its row."""

    gives: str
    """What this base holds on the point, in whole sentences."""
    verdict: Verdict
    reason: str
    """Why this verdict, in a sentence."""
    rests_on: Iterable[str] = ()
    """Ids of studies, statements and points; the row adds its claims and errata."""


_TRUST: Mapping[str, tuple[Verdict, str]] = {
    "contradicted": ("differ", "the cited work was seen not to hold it, so it stands without a source"),
    "not_judged": ("cannot_tell", "nobody has compared it with the cited work"),
    "not_seen": ("cannot_tell", "it was not seen in what was read of the cited work"),
    "partly": ("cannot_tell", "only a part of it was seen in the cited work, so the rest is the review's word"),
    "supported": ("agree", "it was seen in the cited work"),
}
"""What may be said of a claim for each judgement, the weakest first."""

JUDGEMENTS = tuple(_TRUST)
"""Terms of the vocabulary ``corroboration``, the weakest first."""


def judgement_rank(code: str) -> int:
    """The place of a judgement in ``JUDGEMENTS``; an unknown one counts as not judged."""
    return JUDGEMENTS.index(code) if code in JUDGEMENTS else 1


def weakest_verdict(codes: Mapping[str, str]) -> tuple[Verdict, str]:
    """The verdict that the weakest judgement allows, with its words; ``codes`` holds one or more, by study."""
    return list(_TRUST.values())[min(map(judgement_rank, codes.values()))]


def exceeds(first: int, second: int, unknown: int) -> Verdict:
    """Whether the first count is more than the second, however the unknown would fall."""
    if first > second + unknown:
        return "agree"
    return "differ" if first + unknown <= second else "cannot_tell"
