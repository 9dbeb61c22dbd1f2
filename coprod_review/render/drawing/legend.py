"""What the looks of a picture mean, in words beside a sample of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coprod_review.render.drawing.sheet import ACROSS, MARGIN, WIDTH, Sheet
from coprod_review.render.drawing.writing import BODY, width, wrap

_NEAR = 8
"""Between a sample and its words."""
_APART = 26
"""Between two entries."""
_BELOW = 8
Draw = Callable[[Sheet, float, float], None]
"""Draws a sample from its left, around a middle line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample and what it means."""

    words: str
    wide: float
    """Width of the sample."""
    high: float
    draw: Draw


def put(sheet: Sheet, entries: Iterable[Entry], top: float) -> float:
    """Entries beside each other, in as many rows as they need; returns where they end."""
    shown = tuple(entries)
    row = max((entry.high for entry in shown), default=BODY.leading)
    left, bottom = float(MARGIN), top
    for entry in shown:
        if left > MARGIN and left + entry.wide + _NEAR + width(entry.words, BODY) > WIDTH - MARGIN:
            left, top = MARGIN, bottom + _BELOW
        lines = wrap(entry.words, BODY, ACROSS - entry.wide - _NEAR)
        entry.draw(sheet, left, top + row / 2)
        left += entry.wide + _NEAR
        ends = sheet.write(lines, left, top + (row - BODY.leading) / 2, BODY)
        left += max((width(line, BODY) + _APART for line in lines), default=0)
        bottom = max(bottom, top + row, ends)
    return bottom
