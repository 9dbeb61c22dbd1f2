"""The answer of a recount, and the rules for its verdict."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Verdict = Literal["agree", "differ", "cannot_tell"]

_VERDICTS: Mapping[str, tuple[Verdict, str]] = {
    "contradicted": ("differ", "the cited work was seen not to hold it, so it stands without a source"),
    "not_judged": ("cannot_tell", "nobody has compared it with the cited work"),
    "not_seen": ("cannot_tell", "it was not seen in what was read of the cited work"),
    "partly": ("cannot_tell", "only a part of it was seen in the cited work, so the rest is the review's word"),
    "supported": ("agree", "it was seen in the cited work"),
}
"""The verdict on a claim for each judgement, and its reason; the weakest judgement comes first."""

JUDGEMENTS = tuple(_VERDICTS)
"""Terms of the vocabulary ``corroboration``, the weakest first."""


class Answer(NamedTuple):
    """The answer of one recount for its row."""

    gives: str
    """The evidence of this base on the point, in whole sentences."""
    verdict: Verdict
    reason: str
    """The reason for the verdict, as a sentence."""
    rests_on: Iterable[str] = ()
    """Ids of studies, statements and points; the row adds its claims and errata."""


def judgement_rank(code: str) -> int:
    """Return the index of a judgement in ``JUDGEMENTS``; an unknown one counts as not judged."""
    return JUDGEMENTS.index(code) if code in JUDGEMENTS else 1


def weakest_verdict(codes: Mapping[str, str]) -> tuple[Verdict, str]:
    """Return the verdict for the weakest judgement, with its reason; ``codes`` has at least one, by study."""
    return list(_VERDICTS.values())[min(map(judgement_rank, codes.values()))]


def exceeds(first: int, second: int, unknown: int) -> Verdict:
    """Return whether the first count is more than the second, whichever side the unknown ones belong to."""
    if first > second + unknown:
        return "agree"
    return "differ" if first + unknown <= second else "cannot_tell"
