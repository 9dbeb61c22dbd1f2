"""How far the works that a claim of the review cites support it, and the corrections that go with it."""

from collections.abc import Iterable, Mapping, Sequence

from coprod_review.phrasing.pieces import Piece, cited_sentence
from coprod_review.phrasing.texts import clause, sentence
from coprod_review.text.grammar import listed

_ONE_WORK: Mapping[str, str] = {
    "supported": "The text that we read supports this.",
    "partly": "The text that we read supports this in part.",
    "not_seen": "We did not find this in the text that we read.",
    "contradicted": "The text that we read contradicts this.",
    "not_judged": "Nobody has compared this with the work.",
    "not_read": "We could not read the work.",
}
"""A sentence on a claim that cites one work, by the code of the comparison; not_read if only its citation was read."""
_SEVERAL_WORKS: Mapping[str, tuple[str, str]] = {
    "supported": ("supports it", "support it"),
    "partly": ("supports it in part", "support it in part"),
    "not_seen": ("does not mention it", "do not mention it"),
    "contradicted": ("contradicts it", "contradict it"),
    "not_judged": ("has not been compared", "have not been compared"),
    "not_read": ("could not be read", "could not be read"),
}
"""What the text of one work does, and what that of several do, by the code of the comparison."""


def cited_statement(
    statement: str, cites: Sequence[str], codes: Sequence[str], corrections: Iterable[str]
) -> tuple[Piece, ...]:
    """Return a statement of the review with its citation, how far each work supports it, and what corrects it.

    There is one code for each work that the statement cites.
    """
    notes = corroboration_in_words(codes), *but_note(corrections)
    return cited_sentence(clause(statement), cites, " ".join(notes))


def but_note(corrections: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence for each correction of what was said before."""
    return tuple(f"But note: {sentence(correction)}" for correction in corrections)


def corroboration_in_words(codes: Sequence[str]) -> str:
    """Return how far the text that was read of the cited works supports a statement."""
    if not codes:
        return "The review cites no work for this."
    if len(codes) == 1:
        return _ONE_WORK[codes[0]]
    counts = [f"{n} {verbs[n != 1]}" for code, verbs in _SEVERAL_WORKS.items() if (n := codes.count(code))]
    return f"As far as we read the {len(codes)} works, {listed(counts)}."
