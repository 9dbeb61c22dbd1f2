"""A canvas that collects the SVG elements of a picture, and the paths that are drawn on it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coprod_review.render.drawing.text_layout import ASCENT, TextStyle, text_height, text_width

WIDTH = 880
"""Width of a picture, unless a matrix needs more."""
MARGIN = 24
CONTENT_WIDTH = WIDTH - 2 * MARGIN
"""Longest line of a title, note or footer, in wider pictures too, because longer lines are hard to read."""

Attributes = Mapping[str, str | float]
"""SVG attributes of an element, such as its fill."""


def format_number(value: float) -> str:
    """Return a coordinate with at most two decimals, so that the same picture always has the same bytes."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a text element, with the start of its baseline."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Element:
    """One SVG element; only text elements have lines."""

    tag: str
    attributes: Mapping[str, str]
    lines: tuple[TextLine, ...] = ()


class Canvas:
    """The elements of a picture, in the order in which they are painted."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.right: float = WIDTH - MARGIN
        """The right edge of what is drawn."""

    def rectangle(self, x: float, y: float, width: float, height: float, attributes: Attributes) -> None:
        """Draw a rectangle with its upper left corner at a point."""
        self._add("rect", {"x": x, "y": y, "width": width, "height": height, **attributes})
        self.right = max(self.right, x + width)

    def path(self, d: str, attributes: Attributes) -> None:
        """Draw a path, as ``line_path``, ``circle_path`` or ``hatching_path`` make it."""
        self._add("path", {"d": d, "fill": "none", **attributes})

    def text(
        self, lines: Sequence[str], x: float, top: float, style: TextStyle, *, anchor: str = "start", angle: float = 0
    ) -> float:
        """Draw lines below ``top``, rotated around their start by an angle in degrees, and return their lower edge."""
        if lines:
            attributes: dict[str, str | float] = {"font-size": style.size, "fill": style.colour}
            attributes |= {"font-weight": "bold"} if style.bold else {}
            attributes |= {"text-anchor": anchor} if anchor != "start" else {}
            rotation = " ".join(map(format_number, (angle, x, top)))
            attributes |= {"transform": f"rotate({rotation})"} if angle else {}
            baselines = (top + style.size * ASCENT + n * style.leading for n in range(len(lines)))
            placed = (
                TextLine(format_number(x), format_number(y), line) for y, line in zip(baselines, lines, strict=True)
            )
            self._add("text", attributes, tuple(placed))
            self.right = max(self.right, x + _reach(lines, style, anchor, angle))
        return top + text_height(lines, style)

    def _add(self, tag: str, attributes: Attributes, lines: tuple[TextLine, ...] = ()) -> None:
        texts = {name: value if isinstance(value, str) else format_number(value) for name, value in attributes.items()}
        self.elements.append(Element(tag, texts, lines))


def _reach(lines: Sequence[str], style: TextStyle, anchor: str, angle: float) -> float:
    """Return how far lines reach to the right of their anchor."""
    longest = max(text_width(line.rstrip(), style) for line in lines) * {"start": 1, "middle": 0.5}[anchor]
    radians = math.radians(angle)
    return longest * math.cos(radians) + text_height(lines, style) * abs(math.sin(radians))


def line_path(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return the path of a straight line."""
    return f"M{format_number(x1)} {format_number(y1)}L{format_number(x2)} {format_number(y2)}"


def circle_path(x: float, y: float, radius: float) -> str:
    """Return the path of a circle around a point."""
    r, d = format_number(radius), format_number(2 * radius)
    return f"M{format_number(x - radius)} {format_number(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0"


def hatching_path(x: float, y: float, width: float, height: float, step: float, *, rising: bool) -> str:
    """Return slanted lines within a rectangle as a path, because some programs do not draw SVG patterns."""
    lines = []
    for n in range(1, math.ceil((width + height) / step)):
        start = x - height + n * step
        left, right = max(start, x), min(start + height, x + width)
        y_left, y_right = left - start, right - start
        if rising:
            y_left, y_right = height - y_left, height - y_right
        lines.append(line_path(left, y + y_left, right, y + y_right))
    return "".join(lines)
