"""A matrix of counts as squares: larger and darker squares are higher counts, and each has its count as a number."""

import math
from collections.abc import Iterator
from functools import partial

from coprod_review.render.drawing import legend
from coprod_review.render.drawing.canvas import CONTENT_WIDTH, MARGIN, Attributes, Canvas, line_path
from coprod_review.render.drawing.colours import BACKGROUND, BAND, COUNT_OUTLINE, GRID_LINE, MUTED, OUTLINE
from coprod_review.render.drawing.matrix_layout import (
    LABEL_ANGLE,
    PADDING,
    TOTALS_GAP,
    Column,
    MatrixLayout,
    Row,
    Scale,
    added_text,
    lay_out_matrix,
    scale_of,
    word_lines,
)
from coprod_review.render.drawing.text_layout import NUMBER, SMALL, TOTAL, text_height, wrap
from coprod_review.results.chart import Chart
from coprod_review.results.table import Cell, Count, Table, cell_text
from coprod_review.text.grammar import plural_noun

_ZERO_SQUARE: Attributes = {"fill": BACKGROUND, "stroke": OUTLINE, "stroke-width": 1, "stroke-dasharray": "3 2.5"}
_COUNT_SQUARE: Attributes = {"stroke": COUNT_OUTLINE, "stroke-width": 1}
_TOTALS_SWATCH = 34
"""Side of the swatch of totals in the legend."""


def draw(canvas: Canvas, chart: Chart, top: float) -> float:
    """Draw legend, labels and squares below ``top``, and return the lower edge."""
    if chart.table is None:
        return top
    table, scale = chart.table, scale_of(chart.table)
    legend_bottom = legend.draw(canvas, tuple(_legend_entries(table, scale)), top)
    layout = lay_out_matrix(table, scale, legend_bottom + 2 * TOTALS_GAP)
    _draw_bands(canvas, layout)
    _draw_grid_lines(canvas, layout)
    _draw_column_labels(canvas, layout)
    for row in layout.rows:
        canvas.text(row.label, MARGIN, row.centre - text_height(row.label, row.style) / 2, row.style)
        for cell, column in zip(row.cells, layout.columns, strict=True):
            _draw_cell(canvas, cell, row, column, scale)
    return canvas.text(wrap(table.note, SMALL, CONTENT_WIDTH), MARGIN, layout.bottom + TOTALS_GAP, SMALL)


def _draw_bands(canvas: Canvas, layout: MatrixLayout) -> None:
    """Draw bands behind the rows and columns of totals."""
    left, width = MARGIN - TOTALS_GAP / 2, layout.right - MARGIN + TOTALS_GAP / 2
    for row in layout.rows:
        if row.is_total:
            canvas.rectangle(left, row.top, width, row.height, {"fill": BAND})
    for column in layout.columns:
        if column.is_total:
            height = layout.bottom - layout.body_top
            canvas.rectangle(column.left, layout.body_top, column.width, height, {"fill": BAND})


def _draw_grid_lines(canvas: Canvas, layout: MatrixLayout) -> None:
    """Draw a line below the column labels, and light lines along the rows and, under rotated labels, the columns."""
    lines = [line_path(MARGIN, row.top, layout.right, row.top) for row in layout.rows if not row.is_total]
    if layout.has_rotated_labels:
        counts = [column for column in layout.columns if not column.is_total and not column.has_words]
        lines += [line_path(column.centre, layout.body_top, column.centre, layout.bottom) for column in counts]
    canvas.path("".join(lines), {"stroke": GRID_LINE, "stroke-width": 1})
    header_line = line_path(MARGIN, layout.body_top, layout.right, layout.body_top)
    canvas.path(header_line, {"stroke": OUTLINE, "stroke-width": 1})


def _draw_column_labels(canvas: Canvas, layout: MatrixLayout) -> None:
    bottom = layout.body_top - TOTALS_GAP / 2
    canvas.text(layout.corner, MARGIN, bottom - text_height(layout.corner, SMALL), SMALL)
    for column in layout.columns:
        height = text_height(column.label, column.style)
        if layout.has_rotated_labels:
            radians = math.radians(LABEL_ANGLE)
            x, top = column.centre - height * math.sin(radians) / 2, bottom - height * math.cos(radians)
            canvas.text(column.label, x, top, column.style, angle=-LABEL_ANGLE)
        elif column.has_words:
            canvas.text(column.label, column.left + PADDING, bottom - height, column.style)
        else:
            canvas.text(column.label, column.centre, bottom - height, column.style, anchor="middle")


def _draw_cell(canvas: Canvas, cell: Cell, row: Row, column: Column, scale: Scale) -> None:
    is_total = row.is_total or column.is_total
    if isinstance(cell, str):
        lines = word_lines(cell, column)
        canvas.text(lines, column.left + PADDING, row.centre - text_height(lines, SMALL) / 2, SMALL)
    elif isinstance(cell, Count) and cell.unit == scale.unit and not is_total:
        _draw_square(canvas, cell.n, column.centre, row.centre, scale)
        left = column.centre + scale.side(cell.n) / 2 + 1
        canvas.text((added_text(cell),) if cell.attributed else (), left, row.centre - NUMBER.leading / 2, NUMBER)
    elif cell is not None:
        style = TOTAL if is_total else NUMBER
        canvas.text((cell_text(cell),), column.centre, row.centre - style.leading / 2, style, anchor="middle")


def _draw_square(canvas: Canvas, n: int, x: float, y: float, scale: Scale) -> None:
    """Draw the square of a count around a point; the square of zero is empty, in a dashed outline."""
    side = scale.side(n)
    fill, colour = scale.colours(n) if n else (BACKGROUND, MUTED)
    attributes: Attributes = {"fill": fill, **_COUNT_SQUARE} if n else _ZERO_SQUARE
    canvas.rectangle(x - side / 2, y - side / 2, side, side, attributes)
    canvas.text((str(n),), x, y - NUMBER.leading / 2, NUMBER._replace(colour=colour), anchor="middle")


def _legend_entries(table: Table, scale: Scale) -> Iterator[legend.Entry]:
    counts = [cell.n for row in table.rows for cell in row if isinstance(cell, Count)]
    units = plural_noun(scale.unit)
    if 0 in counts:
        yield _square_entry(0, "None", scale)
    for n in (1, (scale.largest + 1) // 2):
        yield _square_entry(n, "", scale)
    yield _square_entry(scale.largest, f"The larger and darker, the more {units}", scale)
    if table.total_rows or table.total_columns:
        yield legend.Entry("On grey: all together", _TOTALS_SWATCH, _TOTALS_SWATCH, _totals_swatch)


def _square_entry(n: int, label: str, scale: Scale) -> legend.Entry:
    side = scale.side(n)
    return legend.Entry(label, side, side, partial(_square_swatch, n, scale))


def _square_swatch(n: int, scale: Scale, canvas: Canvas, x: float, centre: float) -> None:
    _draw_square(canvas, n, x + scale.side(n) / 2, centre, scale)


def _totals_swatch(canvas: Canvas, x: float, centre: float) -> None:
    canvas.rectangle(x, centre - _TOTALS_SWATCH / 2, _TOTALS_SWATCH, _TOTALS_SWATCH, {"fill": BAND})
    canvas.text(("All",), x + _TOTALS_SWATCH / 2, centre - TOTAL.leading / 2, TOTAL, anchor="middle")
