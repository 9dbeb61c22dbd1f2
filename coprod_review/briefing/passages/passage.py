"""What a passage is: words that the base gives, what they cite and what they rest on."""

from dataclasses import dataclass

from coprod_review.briefing.fingerprint import numbers
from coprod_review.text.escaping import visible


@dataclass(frozen=True, slots=True)
class CitedStudies:
    """A place where studies are cited."""

    ids: tuple[str, ...]

    def __str__(self) -> str:
        """The ids as text for a fingerprint; briefings that exist rest on this exact form."""
        return f"Cited(ids={self.ids!r})"


Piece = str | CitedStudies


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that the base gives, and what they rest on."""

    pieces: tuple[Piece, ...]
    evidence: str = ""
    """What lies behind it; another state of the base that gives the same words from other studies has another."""
    opens: str = ""
    """What ``why`` opens to show it."""
    counted: bool = True
    """Whether the numbers in it are of the base, so that a change of one by hand is an error."""
    exact: bool = True
    """Whether its words have to stand as they are; of a figure, the words around its numbers may be others."""

    @property
    def text(self) -> str:
        """Its words without what it cites."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def cited(self) -> frozenset[str]:
        """Ids of what it cites."""
        return frozenset(i for piece in self.pieces if isinstance(piece, CitedStudies) for i in piece.ids)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers as they are printed, where they are of the base."""
        return numbers(visible(" ".join(self.text.split()))) if self.counted else ()
