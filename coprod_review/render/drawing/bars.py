"""Bar charts of shares, with single bars or pairs: the label at the left, the share in words at the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coprod_review.render.drawing import legend
from coprod_review.render.drawing.canvas import (
    MARGIN,
    WIDTH,
    Attributes,
    Canvas,
    circle_path,
    hatching_path,
    line_path,
)
from coprod_review.render.drawing.colours import (
    BACKGROUND,
    BAND,
    FIRST_FILL,
    FOREGROUND,
    GRID_LINE,
    OUTLINE,
    SECOND_FILL,
    SECOND_OUTLINE,
)
from coprod_review.render.drawing.text_layout import BODY, SMALL, text_height, wrap
from coprod_review.results.chart import Bar, Chart

_COLUMN_GAP = 16
"""Space between the columns of labels, bars and values."""
_LABEL_WIDTH = 220
_VALUE_WIDTH = 290
_BAR_LEFT = MARGIN + _LABEL_WIDTH + _COLUMN_GAP
_BAR_WIDTH = WIDTH - _BAR_LEFT - _COLUMN_GAP - _VALUE_WIDTH - MARGIN
_VALUE_LEFT = _BAR_LEFT + _BAR_WIDTH + _COLUMN_GAP
_BAR_HEIGHT = 26
_ROW_GAP = 22
_PAIR_GAP = 8
"""Space between the bars of a pair."""
_TICKS = (0, 25, 50, 75, 100)
_SWATCH_WIDTH = 36
_CAP = 6.5
"""Half the length of the strokes that end a whisker."""
_RADIUS = 4.5
"""Radius of the circles that end the whisker of a second bar."""

_FIRST_BAR: Attributes = {"fill": FIRST_FILL}
_SECOND_BAR: Attributes = {"fill": SECOND_FILL, "stroke": SECOND_OUTLINE, "stroke-width": 2}
_SECOND_HATCHING: Attributes = {"stroke": SECOND_OUTLINE, "stroke-width": 2.5}
_UNKNOWN_BAR: Attributes = {"fill": BACKGROUND, "stroke": OUTLINE, "stroke-width": 1.5, "stroke-dasharray": "4 3"}
_UNKNOWN_HATCHING: Attributes = {"stroke": OUTLINE, "stroke-width": 1}
_HALO: Attributes = {"stroke": BACKGROUND, "stroke-width": 6, "stroke-linecap": "square"}
"""Drawn under a whisker, so that it is clear of the bar that it crosses."""
_WHISKER: Attributes = {"stroke": FOREGROUND, "stroke-width": 2.5}


@dataclass(frozen=True, slots=True)
class _Row:
    bar: Bar
    is_second: bool
    """Whether it is the second bar of a pair."""
    label: tuple[str, ...]
    value: tuple[str, ...]
    top: float
    height: float

    @property
    def centre(self) -> float:
        return self.top + self.height / 2


def draw(canvas: Canvas, chart: Chart, top: float) -> float:
    """Draw legend, bars and axis below ``top``, and return the lower edge."""
    start = legend.draw(canvas, tuple(_legend_entries(chart)), top) + _ROW_GAP
    rows = tuple(_rows(chart, start + _ROW_GAP / 2))
    end = rows[-1].top + rows[-1].height + _ROW_GAP / 2 if rows else start
    _draw_grid_lines(canvas, start, end, GRID_LINE)
    for row in rows:
        _draw_row(canvas, row)
    return _draw_axis(canvas, chart.bars, end)


def _rows(chart: Chart, top: float) -> Iterator[_Row]:
    for index, bar in enumerate(chart.bars):
        is_second = chart.kind == "pairs" and index % 2 == 1
        is_first = chart.kind == "pairs" and not is_second
        label, value = wrap(bar.label, BODY, _LABEL_WIDTH), wrap(bar.words, BODY, _VALUE_WIDTH)
        height = max(_BAR_HEIGHT, text_height(label, BODY), text_height(value, BODY))
        yield _Row(bar, is_second, label, value, top, height)
        top += height + (_PAIR_GAP if is_first else _ROW_GAP)


def _draw_row(canvas: Canvas, row: _Row) -> None:
    for lines, left in ((row.label, MARGIN), (row.value, _VALUE_LEFT)):
        canvas.text(lines, left, row.centre - text_height(lines, BODY) / 2, BODY)
    if row.bar.total > 0:
        _draw_bar(canvas, row)


def _draw_bar(canvas: Canvas, row: _Row) -> None:
    bar, top = row.bar, row.centre - _BAR_HEIGHT / 2
    counted = min(bar.n / bar.total, 1) * _BAR_WIDTH
    unknown = min(bar.unknown / bar.total * _BAR_WIDTH, _BAR_WIDTH - counted)
    canvas.rectangle(_BAR_LEFT, top, _BAR_WIDTH, _BAR_HEIGHT, {"fill": BAND})
    _draw_grid_lines(canvas, top, top + _BAR_HEIGHT, BACKGROUND)
    if unknown > 0:
        _draw_unknown(canvas, _BAR_LEFT + counted, top, unknown)
    if counted > 0:
        _draw_counted(canvas, _BAR_LEFT, top, counted, is_second=row.is_second)
    if bar.low is not None and bar.high is not None:
        low, high = (_BAR_LEFT + min(max(limit, 0), 1) * _BAR_WIDTH for limit in (bar.low, bar.high))
        _draw_whisker(canvas, low, high, row.centre, is_second=row.is_second)
    baseline = line_path(_BAR_LEFT, top - 3, _BAR_LEFT, top + _BAR_HEIGHT + 3)
    canvas.path(baseline, {"stroke": FOREGROUND, "stroke-width": 2})


def _draw_counted(canvas: Canvas, x: float, y: float, width: float, *, is_second: bool) -> None:
    """Draw the counted part of a bar; second bars have an outline and hatching, so that they differ without colour."""
    if not is_second:
        canvas.rectangle(x, y, width, _BAR_HEIGHT, _FIRST_BAR)
        return
    inside = x + 1, y + 1, max(width - 2, 0.5), _BAR_HEIGHT - 2
    canvas.rectangle(*inside, _SECOND_BAR)
    canvas.path(hatching_path(*inside, 11, rising=True), _SECOND_HATCHING)


def _draw_unknown(canvas: Canvas, x: float, y: float, width: float) -> None:
    """Draw the part of a bar that is not known: white with fine falling hatching in a dashed outline."""
    inside = x, y + 0.75, width, _BAR_HEIGHT - 1.5
    canvas.rectangle(*inside, _UNKNOWN_BAR)
    canvas.path(hatching_path(*inside, 6, rising=False), _UNKNOWN_HATCHING)


def _draw_whisker(canvas: Canvas, low: float, high: float, y: float, *, is_second: bool) -> None:
    """Draw an interval from limit to limit, with strokes at its ends, or circles for the second bar of a pair."""
    interval = line_path(low, y, high, y)
    if is_second:
        ends = circle_path(low, y, _RADIUS) + circle_path(high, y, _RADIUS)
    else:
        ends = line_path(low, y - _CAP, low, y + _CAP) + line_path(high, y - _CAP, high, y + _CAP)
    canvas.path(interval + ends, _HALO)
    canvas.path(interval, _WHISKER)
    canvas.path(ends, {**_WHISKER, "fill": BACKGROUND})


def _tick_x(tick: float) -> float:
    return _BAR_LEFT + tick / 100 * _BAR_WIDTH


def _draw_grid_lines(canvas: Canvas, top: float, bottom: float, colour: str) -> None:
    lines = (line_path(x, top, x, bottom) for x in map(_tick_x, _TICKS))
    canvas.path("".join(lines), {"stroke": colour, "stroke-width": 1})


def _draw_axis(canvas: Canvas, bars: Sequence[Bar], top: float) -> float:
    stroke: Attributes = {"stroke": OUTLINE, "stroke-width": 1}
    canvas.path(line_path(_BAR_LEFT, top, _BAR_LEFT + _BAR_WIDTH, top), stroke)
    for tick in _TICKS:
        x = _tick_x(tick)
        canvas.path(line_path(x, top, x, top + 5), stroke)
        canvas.text((f"{tick}%",), x, top + 7, SMALL, anchor="middle")
    totals = {bar.total for bar in bars}
    title = f"Share of all {min(totals)}" if len(totals) == 1 else "Share of the studies in each bar"
    lines = wrap(title, SMALL, _BAR_WIDTH)
    return canvas.text(lines, _BAR_LEFT + _BAR_WIDTH / 2, top + 9 + SMALL.leading, SMALL, anchor="middle")


def _legend_entries(chart: Chart) -> Iterator[legend.Entry]:
    """Yield an entry for each look that occurs in the chart."""
    drawn = [bar for bar in chart.bars if bar.total > 0]
    is_paired = chart.kind == "pairs"
    if is_paired:
        swatches = (_first_swatch, _second_swatch)
        yield from (_entry(name, draw) for name, draw in zip(chart.series, swatches, strict=False))
    elif any(bar.n for bar in drawn):
        yield _entry("Counted", _first_swatch)
    if any(bar.unknown for bar in drawn):
        yield _entry("Not known", _unknown_swatch)
    if any(bar.low is not None and bar.high is not None for bar in drawn):
        swatch = _paired_whiskers_swatch if is_paired else _whisker_swatch
        width = 2 * _SWATCH_WIDTH + _PAIR_GAP if is_paired else _SWATCH_WIDTH
        yield _entry("95% confidence interval", swatch, width)


def _entry(label: str, draw_swatch: legend.DrawSwatch, width: float = _SWATCH_WIDTH) -> legend.Entry:
    return legend.Entry(label, width, _BAR_HEIGHT, draw_swatch)


def _first_swatch(canvas: Canvas, x: float, centre: float) -> None:
    _draw_counted(canvas, x, centre - _BAR_HEIGHT / 2, _SWATCH_WIDTH, is_second=False)


def _second_swatch(canvas: Canvas, x: float, centre: float) -> None:
    _draw_counted(canvas, x, centre - _BAR_HEIGHT / 2, _SWATCH_WIDTH, is_second=True)


def _unknown_swatch(canvas: Canvas, x: float, centre: float) -> None:
    _draw_unknown(canvas, x + 1, centre - _BAR_HEIGHT / 2, _SWATCH_WIDTH - 2)


def _whisker_swatch(canvas: Canvas, x: float, centre: float) -> None:
    _draw_whisker(canvas, x + 2, x + _SWATCH_WIDTH - 2, centre, is_second=False)


def _paired_whiskers_swatch(canvas: Canvas, x: float, centre: float) -> None:
    _whisker_swatch(canvas, x, centre)
    x += _SWATCH_WIDTH + _PAIR_GAP
    _draw_whisker(canvas, x + _RADIUS, x + _SWATCH_WIDTH - _RADIUS, centre, is_second=True)
