"""Passages: words that a base gives, what they cite and what they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from coprod_review.briefing.fingerprint import numbers
from coprod_review.errors import UnknownName
from coprod_review.phrasing.pieces import CitedStudies, Piece
from coprod_review.text.escaping import visible

Form = TypeVar("Form")


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


def choose(forms: Mapping[str, Form], form: str, kind: str) -> Form:
    """Return what makes a form of a passage. Raises ``UnknownName`` with the forms that there are."""
    if form not in forms:
        raise UnknownName(f"A passage of the kind {kind} has no form `{form[:80]}`: write one of {', '.join(forms)}.")
    return forms[form]
