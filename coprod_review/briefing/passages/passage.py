"""Passages: words that a base gives, what they cite and what they rest on."""

from dataclasses import dataclass

from coprod_review.briefing.fingerprint import numbers
from coprod_review.text.escaping import visible


@dataclass(frozen=True, slots=True)
class CitedStudies:
    """The place in a passage where studies are cited."""

    ids: tuple[str, ...]

    def __str__(self) -> str:
        """Return the ids as text for a fingerprint; existing briefings depend on this exact form."""
        return f"Cited(ids={self.ids!r})"


Piece = str | CitedStudies


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that the base gives, and what they rest on."""

    pieces: tuple[Piece, ...]
    evidence: str = ""
    """What the words rest on; it differs where another state of the base gives the same words from other studies."""
    opens: str = ""
    """The id by which ``why`` shows what the passage rests on."""
    counted: bool = True
    """Whether its numbers come from the base, so that a change of one by hand is an error."""
    exact: bool = True
    """Whether an editor may change none of its words; the words around the numbers of a figure may change."""

    @property
    def text(self) -> str:
        """The words of the passage without its citations."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def cited(self) -> frozenset[str]:
        """The ids of the studies that the passage cites."""
        return frozenset(i for piece in self.pieces if isinstance(piece, CitedStudies) for i in piece.ids)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the passage as they are printed; none where they do not come from the base."""
        return numbers(visible(" ".join(self.text.split()))) if self.counted else ()
