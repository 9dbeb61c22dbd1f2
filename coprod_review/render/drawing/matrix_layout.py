"""The layout of a matrix: where its rows and columns are, and how large the square of a count is.

A table with few columns has horizontal labels over its columns. With many columns the labels are rotated, and the
picture grows wider where it has to.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coprod_review.render.drawing.canvas import MARGIN, WIDTH
from coprod_review.render.drawing.colours import COUNT_SCALE
from coprod_review.render.drawing.text_layout import (
    NUMBER,
    SMALL,
    TOTAL,
    TextStyle,
    single_line,
    text_height,
    text_width,
    wrap,
    wrap_balanced,
)
from coprod_review.results.figure import Unit
from coprod_review.results.table import Cell, Count, Table, cell_text

PADDING = 3
"""Space between the edge of a cell and what is in it."""
TOTALS_GAP = 10
"""Space before and after rows and columns of totals."""
LABEL_ANGLE = 60
"""Angle of rotated column labels, in degrees."""
_LABEL_WIDTH = 264
_LEFT = MARGIN + _LABEL_WIDTH + 12
"""Left edge of the first column."""
_CELL_SIZE = 42
_ZERO_SIDE = 20
"""Side of the square of a zero; the others are larger."""
_MAX_COLUMN_WIDTH = 132
"""Greatest width of a column with a horizontal label."""
_TOTALS_HEIGHT = 32
"""Height of a row of totals, which has numbers and no squares."""
_WORDS_WIDTH = 184
"""Width of a column of words."""
_MAX_ROTATED_LENGTH = 290
"""Greatest length of a line of a rotated label."""
_MIN_LARGEST_COUNT = 5
"""A matrix of ones and twos is not drawn as if two were many."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The size and colour of the square of a count."""

    unit: Unit
    """The unit of counts that are drawn as squares; counts of other units are numbers only."""
    largest: int
    """The count of the largest square."""
    cell_size: float

    def side(self, n: int) -> float:
        """Return the side of a square; it grows with the square root of the count, so that the area grows with it."""
        most = self.cell_size - 2 * PADDING
        proportional = _ZERO_SIDE + (most - _ZERO_SIDE) * math.sqrt(n / self.largest)
        return max(proportional, text_width(str(n), NUMBER) + PADDING)

    def colours(self, n: int) -> tuple[str, str]:
        """Return the fill of the square of a count above zero, and the colour of the number on it."""
        return COUNT_SCALE[math.ceil(len(COUNT_SCALE) * n / self.largest) - 1]


@dataclass(frozen=True, slots=True)
class Column:
    """A column after the column of labels."""

    label: tuple[str, ...]
    style: TextStyle
    left: float
    width: float
    is_total: bool
    has_words: bool
    """Whether its cells are words, such as the names of gaps."""

    @property
    def centre(self) -> float:
        """X of its centre."""
        return self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its label, and its cells after the label."""

    label: tuple[str, ...]
    style: TextStyle
    cells: tuple[Cell, ...]
    top: float
    height: float
    is_total: bool

    @property
    def centre(self) -> float:
        """Y of its centre."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class MatrixLayout:
    """Positions of all rows and columns of a matrix."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    has_rotated_labels: bool
    """Whether the labels of columns are rotated."""
    corner: tuple[str, ...]
    """Label of the column of labels."""
    body_top: float
    """Upper edge of the rows, below the labels of columns."""
    bottom: float
    right: float


def scale_of(table: Table) -> Scale:
    """Return a scale for every count of a table that is drawn as a square."""
    unit: Unit = next((cell.unit for row in table.rows for cell in row if isinstance(cell, Count)), "study")
    rows = (row for index, row in enumerate(table.rows) if index not in table.total_rows)
    counts = [n for row in rows for n in _square_counts(table, row, unit)]
    largest = max((*counts, _MIN_LARGEST_COUNT))
    return Scale(unit, largest, max(_CELL_SIZE, text_width(str(largest), NUMBER) + 4 * PADDING))


def _square_counts(table: Table, row: tuple[Cell, ...], unit: str) -> Iterator[int]:
    for index, cell in enumerate(row):
        if isinstance(cell, Count) and cell.unit == unit and index not in table.total_columns:
            yield cell.n


def lay_out_matrix(table: Table, scale: Scale, top: float) -> MatrixLayout:
    """Return the positions of every row and column of a table below ``top``."""
    horizontal = _horizontal_label_width(table, scale)
    is_rotated = horizontal is None
    columns = tuple(_columns(table, horizontal or _rotated_label_width(table, scale), is_rotated=is_rotated))
    corner = wrap(table.columns[0], SMALL, _LABEL_WIDTH)
    label_heights = (_label_height(column, is_rotated=is_rotated) for column in columns)
    body_top = top + max((text_height(corner, SMALL), *label_heights)) + TOTALS_GAP / 2
    rows = tuple(_rows(table, columns, scale, body_top))
    bottom = max((row.top + row.height for row in rows), default=body_top)
    right = max((column.left + column.width for column in columns), default=_LEFT)
    return MatrixLayout(columns, rows, is_rotated, corner, body_top, bottom, right)


def _style(*, is_total: bool) -> TextStyle:
    return TOTAL if is_total else NUMBER


def _column_labels(table: Table) -> list[tuple[str, TextStyle]]:
    """Return the labels of the columns after the first, with their styles."""
    labels = enumerate(table.columns[1:], start=1)
    return [(label, _style(is_total=index in table.total_columns)) for index, label in labels]


def _has_words(table: Table, index: int) -> bool:
    return any(isinstance(row[index], str) and row[index] for row in table.rows)


def _horizontal_label_width(table: Table, scale: Scale) -> float | None:
    """Return the width of columns with horizontal labels; ``None`` where a word of a label would have to be broken."""
    with_words = sum(_has_words(table, index) for index in range(1, len(table.columns)))
    available = WIDTH - MARGIN - _LEFT - _WORDS_WIDTH * with_words - 2 * TOTALS_GAP * len(table.total_columns)
    column_width = min(_MAX_COLUMN_WIDTH, available / max(1, len(table.columns) - 1 - with_words))
    words = [(word, style) for label, style in _column_labels(table) for word in single_line(label).split()]
    longest = max((text_width(word, style) for word, style in words), default=0)
    return column_width if column_width >= max(_min_column_width(table, scale), longest + 2 * PADDING) else None


def _rotated_label_width(table: Table, scale: Scale) -> float:
    """Return the width of columns at which rotated labels do not touch each other."""
    wrapped = (wrap(label, style, _MAX_ROTATED_LENGTH) for label, style in _column_labels(table))
    most_lines = max(map(len, wrapped), default=1)
    across = (most_lines * TOTAL.leading + 2 * PADDING) / math.sin(math.radians(LABEL_ANGLE))
    return max(_min_column_width(table, scale), across)


def _min_column_width(table: Table, scale: Scale) -> float:
    """Return the least width at which every square and every number fits into its column."""
    cells = [cell for row in table.rows for cell in row[1:] if not isinstance(cell, str)]
    numbers = [text_width(cell_text(cell), TOTAL) + 2 * PADDING for cell in cells]
    added = [text_width(added_text(cell), NUMBER) for cell in cells if isinstance(cell, Count)]
    # What is added is to the right of a square, and the square stays in the middle of its column.
    return max((scale.cell_size + 2 * max(added, default=0), *numbers))


def added_text(cell: Count) -> str:
    """Return what the review of the base alone adds to a count, to write next to its square; empty for nothing."""
    return f"+{len(cell.attributed)}" if cell.attributed else ""


def _columns(table: Table, width: float, *, is_rotated: bool) -> Iterator[Column]:
    left = float(_LEFT)
    for index, (label, style) in enumerate(_column_labels(table), start=1):
        is_total, has_words = index in table.total_columns, _has_words(table, index)
        gap = TOTALS_GAP if is_total else 0
        own_width = _WORDS_WIDTH if has_words else width
        lines = wrap_balanced(label, style, _MAX_ROTATED_LENGTH if is_rotated else own_width - 2 * PADDING)
        yield Column(lines, style, left + gap, own_width, is_total, has_words)
        left += own_width + 2 * gap


def _label_height(column: Column, *, is_rotated: bool) -> float:
    """Return how far the label of a column extends above the rows."""
    height = text_height(column.label, column.style)
    if not is_rotated:
        return height
    longest = max((text_width(line, column.style) for line in column.label), default=0)
    return longest * math.sin(math.radians(LABEL_ANGLE)) + height * math.cos(math.radians(LABEL_ANGLE))


def _rows(table: Table, columns: Sequence[Column], scale: Scale, top: float) -> Iterator[Row]:
    for index, (label, *cells) in enumerate(table.rows):
        is_total = index in table.total_rows
        style, gap = _style(is_total=is_total), TOTALS_GAP if is_total else 0
        lines = wrap(cell_text(label), style, _LABEL_WIDTH)
        heights = [text_height(lines, style)]
        heights += [text_height(word_lines(c, column), SMALL) for c, column in zip(cells, columns, strict=True)]
        least = _TOTALS_HEIGHT if is_total else scale.cell_size
        height = max(least, max(heights) + 2 * PADDING)
        yield Row(lines, style, tuple(cells), top + gap, height, is_total)
        top += height + 2 * gap


def word_lines(cell: Cell, column: Column) -> tuple[str, ...]:
    """Return a cell of words in lines that fit its column; no lines for other cells."""
    return wrap(cell, SMALL, column.width - 2 * PADDING) if isinstance(cell, str) else ()
