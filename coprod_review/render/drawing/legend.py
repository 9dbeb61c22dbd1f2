"""The legend of a chart: a swatch of each look, and its meaning in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coprod_review.render.drawing.canvas import CONTENT_WIDTH, MARGIN, WIDTH, Canvas
from coprod_review.render.drawing.text_layout import BODY, text_width, wrap

_LABEL_GAP = 8
"""Space between a swatch and its label."""
_ENTRY_GAP = 26
"""Space between two entries."""
_ROW_GAP = 8

DrawSwatch = Callable[[Canvas, float, float], None]
"""Draws a swatch on a canvas, given the x of its left edge and the y of its centre."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A swatch with its label."""

    label: str
    width: float
    """Width of the swatch."""
    height: float
    """Height of the swatch."""
    draw_swatch: DrawSwatch


def draw(canvas: Canvas, entries: Sequence[Entry], top: float) -> float:
    """Draw entries side by side, in as many rows as they need, and return the lower edge."""
    row_height = max((entry.height for entry in entries), default=BODY.leading)
    left, bottom = float(MARGIN), top
    for entry in entries:
        if left > MARGIN and left + entry.width + _LABEL_GAP + text_width(entry.label, BODY) > WIDTH - MARGIN:
            left, top = MARGIN, bottom + _ROW_GAP
        lines = wrap(entry.label, BODY, CONTENT_WIDTH - entry.width - _LABEL_GAP)
        entry.draw_swatch(canvas, left, top + row_height / 2)
        left += entry.width + _LABEL_GAP
        label_bottom = canvas.text(lines, left, top + (row_height - BODY.leading) / 2, BODY)
        left += max((text_width(line, BODY) + _ENTRY_GAP for line in lines), default=0)
        bottom = max(bottom, top + row_height, label_bottom)
    return bottom
