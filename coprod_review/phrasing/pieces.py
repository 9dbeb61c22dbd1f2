"""Sentences that citations interrupt: their words, and the places where studies are cited, in order."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitedStudies:
    """The place in a sentence where studies are cited."""

    ids: tuple[str, ...]


Piece = str | CitedStudies


def cited_sentence(clause: str, ids: Iterable[str], rest: str = "") -> tuple[Piece, ...]:
    """Return a clause as a sentence that cites studies before its full stop, with further sentences after it."""
    end = f". {rest}" if rest else "."
    cited = tuple(ids)
    return (f"{clause} ", CitedStudies(cited), end) if cited else (f"{clause}{end}",)
