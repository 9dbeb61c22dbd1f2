"""A table of counts as squares: the larger and darker, the more; every count stands there as a number too."""

import math
from collections.abc import Iterator
from functools import partial

from coprod_review.render.drawing import legend
from coprod_review.render.drawing.colours import BAND, GUIDE, LINE, PAPER, QUIET, STEP_EDGE
from coprod_review.render.drawing.grid import (
    APART,
    INSIDE,
    TURN,
    Column,
    Grid,
    Row,
    Scale,
    lay_out,
    scale_of,
    shown,
    words_in,
)
from coprod_review.render.drawing.sheet import ACROSS, MARGIN, Looks, Sheet, line
from coprod_review.render.drawing.writing import NUMBER, SMALL, TOTAL, height, wrap
from coprod_review.results.table import Cell, Chart, Count, Table
from coprod_review.text.grammar import plural

_ZERO: Looks = {"fill": PAPER, "stroke": LINE, "stroke-width": 1, "stroke-dasharray": "3 2.5"}
_ALL = 34
"""Side of the sample of totals."""


def draw(sheet: Sheet, chart: Chart, top: float) -> float:
    """Legend, labels and squares below ``top``; returns where they end."""
    if chart.table is None:
        return top
    table, scale = chart.table, scale_of(chart.table)
    grid = lay_out(table, scale, legend.put(sheet, _entries(table, scale), top) + 2 * APART)
    _ground(sheet, grid)
    _heads(sheet, grid)
    for row in grid.rows:
        sheet.write(row.label, MARGIN, row.middle - height(row.label, row.style) / 2, row.style)
        for cell, column in zip(row.cells, grid.columns, strict=True):
            _cell(sheet, cell, row, column, scale)
    return sheet.write(wrap(table.note, SMALL, ACROSS), MARGIN, grid.bottom + APART, SMALL)


def _ground(sheet: Sheet, grid: Grid) -> None:
    """Bands under totals, and light lines that lead the eye along the rows and columns."""
    for row in grid.rows:
        if row.total:
            sheet.box(MARGIN - APART / 2, row.top, grid.right - MARGIN + APART / 2, row.high, {"fill": BAND})
    for column in grid.columns:
        if column.total:
            sheet.box(column.left, grid.head, column.wide, grid.bottom - grid.head, {"fill": BAND})
    lines = [line(MARGIN, row.top, grid.right, row.top) for row in grid.rows if not row.total]
    if grid.turned:
        counts = [column for column in grid.columns if not column.total and not column.words]
        lines += [line(column.middle, grid.head, column.middle, grid.bottom) for column in counts]
    sheet.path("".join(lines), {"stroke": GUIDE, "stroke-width": 1})
    sheet.path(line(MARGIN, grid.head, grid.right, grid.head), {"stroke": LINE, "stroke-width": 1})


def _heads(sheet: Sheet, grid: Grid) -> None:
    sheet.write(grid.corner, MARGIN, grid.head - APART / 2 - height(grid.corner, SMALL), SMALL)
    for column in grid.columns:
        high, bottom = height(column.label, column.style), grid.head - APART / 2
        if grid.turned:
            across, down = high * math.sin(math.radians(TURN)), high * math.cos(math.radians(TURN))
            sheet.write(column.label, column.middle - across / 2, bottom - down, column.style, turn=-TURN)
        elif column.words:
            sheet.write(column.label, column.left + INSIDE, bottom - high, column.style)
        else:
            sheet.write(column.label, column.middle, bottom - high, column.style, anchor="middle")


def _cell(sheet: Sheet, cell: Cell, row: Row, column: Column, scale: Scale) -> None:
    total = row.total or column.total
    if isinstance(cell, str):
        words = words_in(cell, column)
        sheet.write(words, column.left + INSIDE, row.middle - height(words, SMALL) / 2, SMALL)
    elif isinstance(cell, Count) and cell.unit == scale.unit and not total:
        _square(sheet, cell.n, column.middle, row.middle, scale)
    elif cell is not None:
        style = TOTAL if total else NUMBER
        sheet.write((shown(cell),), column.middle, row.middle - style.leading / 2, style, anchor="middle")


def _square(sheet: Sheet, n: int, x: float, y: float, scale: Scale) -> None:
    """A count; zero is an empty square in a broken outline."""
    side = scale.side(n)
    fill, colour = scale.step(n) if n else (PAPER, QUIET)
    looks: Looks = {"fill": fill, "stroke": STEP_EDGE, "stroke-width": 1} if n else _ZERO
    sheet.box(x - side / 2, y - side / 2, side, side, looks)
    sheet.write((str(n),), x, y - NUMBER.leading / 2, NUMBER._replace(colour=colour), anchor="middle")


def _entries(table: Table, scale: Scale) -> Iterator[legend.Entry]:
    cells = [cell for row in table.rows for cell in row if isinstance(cell, Count)]
    what = plural(2, scale.unit).partition(" ")[2]
    if any(cell.n == 0 for cell in cells):
        yield _sample(0, "None", scale)
    for n in (1, (scale.top + 1) // 2):
        yield _sample(n, "", scale)
    yield _sample(scale.top, f"The larger and darker, the more {what}", scale)
    if table.total_rows or table.total_columns:
        yield legend.Entry("On grey: all together", _ALL, _ALL, _band)


def _sample(n: int, words: str, scale: Scale) -> legend.Entry:
    side = scale.side(n)
    return legend.Entry(words, side, side, partial(_sample_square, n, scale))


def _sample_square(n: int, scale: Scale, sheet: Sheet, x: float, middle: float) -> None:
    _square(sheet, n, x + scale.side(n) / 2, middle, scale)


def _band(sheet: Sheet, x: float, middle: float) -> None:
    sheet.box(x, middle - _ALL / 2, _ALL, _ALL, {"fill": BAND})
    sheet.write(("All",), x + _ALL / 2, middle - TOTAL.leading / 2, TOTAL, anchor="middle")
