"""A sheet on which shapes and text are put; it knows how far they reach."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coprod_review.render.drawing.writing import ASCENT, Style, height, width

WIDTH = 880
"""Width of a picture, unless a matrix needs more."""
MARGIN = 24
ACROSS = WIDTH - 2 * MARGIN
"""Longest line of a title, a note or the foot, in wide pictures too: longer ones are hard to read."""

Looks = Mapping[str, str | float]
"""Attributes of a shape, such as its fill."""


def number(value: float) -> str:
    """A coordinate with at most two decimals, so that the same picture has the same bytes."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, on its baseline."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One element of the picture."""

    tag: str
    attributes: Mapping[str, str]
    lines: tuple[Line, ...] = ()


class Sheet:
    """The marks of a picture in the order in which they are painted."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.right: float = WIDTH - MARGIN
        """How far the marks reach."""

    def box(self, x: float, y: float, wide: float, high: float, looks: Looks) -> None:
        """A rectangle."""
        self._put("rect", {"x": x, "y": y, "width": wide, "height": high, **looks})
        self.right = max(self.right, x + wide)

    def path(self, d: str, looks: Looks) -> None:
        """Lines, from the text that ``line``, ``ring`` or ``hatching`` makes."""
        self._put("path", {"d": d, "fill": "none", **looks})

    def write(
        self, lines: Sequence[str], x: float, top: float, style: Style, *, anchor: str = "start", turn: float = 0
    ) -> float:
        """Lines below ``top``, turned around that point where ``turn`` is not 0; returns where they end."""
        if lines:
            looks: dict[str, str | float] = {"font-size": style.size, "fill": style.colour}
            looks |= {"font-weight": "bold"} if style.bold else {}
            looks |= {"text-anchor": anchor} if anchor != "start" else {}
            looks |= {"transform": f"rotate({number(turn)} {number(x)} {number(top)})"} if turn else {}
            bases = [top + style.size * ASCENT + n * style.leading for n in range(len(lines))]
            self._put("text", looks, tuple(Line(number(x), number(y), t) for y, t in zip(bases, lines, strict=True)))
            self.right = max(self.right, x + _reach(lines, style, anchor, turn))
        return top + height(tuple(lines), style)

    def _put(self, tag: str, looks: Looks, lines: tuple[Line, ...] = ()) -> None:
        plain = {name: value if isinstance(value, str) else number(value) for name, value in looks.items()}
        self.marks.append(Mark(tag, plain, lines))


def _reach(lines: Sequence[str], style: Style, anchor: str, turn: float) -> float:
    """How far lines reach to the right of where they are put."""
    longest = max(width(line.rstrip(), style) for line in lines) * {"start": 1, "middle": 0.5}[anchor]
    down = height(tuple(lines), style) * abs(math.sin(math.radians(turn)))
    return longest * math.cos(math.radians(turn)) + down


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line, as part of a path."""
    return f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"


def ring(x: float, y: float, radius: float) -> str:
    """A circle, as part of a path."""
    r, d = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0"


def hatching(x: float, y: float, wide: float, high: float, step: float, *, rising: bool) -> str:
    """Slanted lines within a rectangle, as a path: no pattern that a program might not know."""
    parts = []
    for number_of_line in range(1, math.ceil((wide + high) / step)):
        start = x - high + number_of_line * step
        left, right = max(start, x), min(start + high, x + wide)
        from_left, from_right = left - start, right - start
        if rising:
            from_left, from_right = high - from_left, high - from_right
        parts.append(line(left, y + from_left, right, y + from_right))
    return "".join(parts)
