"""Where the rows and columns of a matrix go, and how large the square of a count is.

A table with few columns has its labels upright over them; with many they are turned, and the picture grows.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coprod_review.render.drawing.colours import STEPS
from coprod_review.render.drawing.sheet import MARGIN, WIDTH
from coprod_review.render.drawing.writing import NUMBER, SMALL, TOTAL, Style, balanced, clean, height, width, wrap
from coprod_review.results.figure import Unit
from coprod_review.results.table import Cell, Count, Table

LABELS = 264
LEFT = MARGIN + LABELS + 12
INSIDE = 3
"""Between a cell and the largest square in it."""
APART = 10
"""Before and after rows and columns of totals."""
TURN = 60
"""Angle of turned labels, in degrees."""
_CELL = 42
_LEAST = 20
"""Side of the square of a zero; the others are larger."""
_WIDEST = 132
"""Most that a column gets whose label is upright."""
_TOTAL = 32
"""Height of a row of totals, which holds no squares."""
_WORDS = 184
"""Width of a column of words."""
_LONGEST = 290
"""Longest line of a turned label."""
_SCALE_FROM = 5
"""A matrix of ones and twos is not drawn as if two were many."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How counts become squares."""

    unit: Unit
    """What squares stand for; counts of other things are numbers alone."""
    top: int
    """Count of the largest square."""
    cell: float

    def side(self, n: int) -> float:
        """Between the least and the largest square the side grows with the root, so that the area follows the count."""
        most = self.cell - 2 * INSIDE
        return max(_LEAST + (most - _LEAST) * math.sqrt(n / self.top), width(str(n), NUMBER) + INSIDE)

    def step(self, n: int) -> tuple[str, str]:
        """Fill, and the colour of the number on it."""
        return STEPS[math.ceil(len(STEPS) * n / self.top) - 1]


@dataclass(frozen=True, slots=True)
class Column:
    """A column after the labels."""

    label: tuple[str, ...]
    style: Style
    left: float
    wide: float
    total: bool
    words: bool
    """Whether it holds words, such as the names of gaps."""

    @property
    def middle(self) -> float:
        """Where its numbers stand."""
        return self.left + self.wide / 2


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its cells after the label."""

    label: tuple[str, ...]
    style: Style
    cells: tuple[Cell, ...]
    top: float
    high: float
    total: bool

    @property
    def middle(self) -> float:
        """Where its numbers stand."""
        return self.top + self.high / 2


@dataclass(frozen=True, slots=True)
class Grid:
    """A table laid out."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    turned: bool
    """Whether the labels of columns are turned."""
    corner: tuple[str, ...]
    """What the labels of rows are."""
    head: float
    """Where the labels of columns end and the rows begin."""
    bottom: float
    right: float


def _style(*, total: bool) -> Style:
    return TOTAL if total else NUMBER


def _heads(table: Table) -> list[tuple[str, Style]]:
    """The labels of the columns after the first, and how they are written."""
    return [(n, _style(total=p in table.total_columns)) for p, n in enumerate(table.columns[1:], start=1)]


def shown(cell: Cell) -> str:
    """A cell as text."""
    if isinstance(cell, Count):
        return str(cell.n)
    if isinstance(cell, float):
        return f"{cell:.3f}"
    return "" if cell is None else str(cell)


def scale_of(table: Table) -> Scale:
    """A scale that holds every count that is drawn as a square."""
    unit: Unit = next((cell.unit for row in table.rows for cell in row if isinstance(cell, Count)), "study")
    rows = (row for place, row in enumerate(table.rows) if place not in table.total_rows)
    counts = [n for row in rows for n in _drawn(table, row, unit)]
    top = max((*counts, _SCALE_FROM))
    return Scale(unit, top, max(_CELL, width(str(top), NUMBER) + 4 * INSIDE))


def _drawn(table: Table, row: tuple[Cell, ...], unit: str) -> Iterator[int]:
    for place, cell in enumerate(row):
        if isinstance(cell, Count) and cell.unit == unit and place not in table.total_columns:
            yield cell.n


def lay_out(table: Table, scale: Scale, top: float) -> Grid:
    """Every row and column of a table below ``top``."""
    upright = _upright(table, scale)
    columns = tuple(_columns(table, upright or _pitch(table, scale), turned=upright is None))
    corner = wrap(table.columns[0], SMALL, LABELS)
    heads = (_head(column, turned=upright is None) for column in columns)
    head = top + max((height(corner, SMALL), *heads)) + APART / 2
    rows = tuple(_rows(table, columns, scale, head))
    bottom = max((row.top + row.high for row in rows), default=head)
    right = max((column.left + column.wide for column in columns), default=LEFT)
    return Grid(columns, rows, upright is None, corner, head, bottom, right)


def _holds_words(table: Table, place: int) -> bool:
    return any(isinstance(row[place], str) and row[place] for row in table.rows)


def _upright(table: Table, scale: Scale) -> float | None:
    """How wide columns are where every label has room above its column, no word divided; else ``None``."""
    words = sum(_holds_words(table, place) for place in range(1, len(table.columns)))
    room = WIDTH - MARGIN - LEFT - _WORDS * words - 2 * APART * len(table.total_columns)
    each = min(_WIDEST, room / max(1, len(table.columns) - 1 - words))
    longest = max((width(word, style) for name, style in _heads(table) for word in clean(name).split()), default=0)
    return each if each >= max(_narrowest(table, scale), longest + 2 * INSIDE) else None


def _narrowest(table: Table, scale: Scale) -> float:
    """How wide columns are at least, so that every square and every number has room."""
    numbers = [shown(cell) for row in table.rows for cell in row[1:] if not isinstance(cell, str)]
    return max((scale.cell, *(width(number, TOTAL) + 2 * INSIDE for number in numbers)))


def _pitch(table: Table, scale: Scale) -> float:
    """How wide columns are so that turned labels keep clear of each other."""
    most = max((len(wrap(name, style, _LONGEST)) for name, style in _heads(table)), default=1)
    return max(_narrowest(table, scale), (most * TOTAL.leading + 2 * INSIDE) / math.sin(math.radians(TURN)))


def _columns(table: Table, each: float, *, turned: bool) -> Iterator[Column]:
    left = float(LEFT)
    for place, (name, style) in enumerate(_heads(table), start=1):
        total, words = place in table.total_columns, _holds_words(table, place)
        apart = APART if total else 0
        wide = _WORDS if words else each
        label = balanced(name, style, _LONGEST if turned else wide - 2 * INSIDE)
        yield Column(label, style, left + apart, wide, total, words)
        left += wide + 2 * apart


def _head(column: Column, *, turned: bool) -> float:
    """How far the label of a column rises above the rows."""
    high = height(column.label, column.style)
    if not turned:
        return high
    longest = max((width(text, column.style) for text in column.label), default=0)
    return longest * math.sin(math.radians(TURN)) + high * math.cos(math.radians(TURN))


def _rows(table: Table, columns: Sequence[Column], scale: Scale, top: float) -> Iterator[Row]:
    for place, (label, *cells) in enumerate(table.rows):
        total = place in table.total_rows
        style, apart = _style(total=total), APART if total else 0
        lines = wrap(shown(label), style, LABELS)
        words = [height(words_in(c, column), SMALL) for c, column in zip(cells, columns, strict=True)]
        least = _TOTAL if total else scale.cell
        high = max((least, height(lines, style) + 2 * INSIDE, *(h + 2 * INSIDE for h in words)))
        yield Row(lines, style, tuple(cells), top + apart, high, total)
        top += high + 2 * apart


def words_in(cell: Cell, column: Column) -> tuple[str, ...]:
    """The lines of a cell of words."""
    return wrap(cell, SMALL, column.wide - 2 * INSIDE) if isinstance(cell, str) else ()
