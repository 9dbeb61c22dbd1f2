"""Shares as bars, alone or in pairs: the label at the left, the number in words at the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coprod_review.render.drawing import legend
from coprod_review.render.drawing.colours import BAND, FIRST, GUIDE, INK, LINE, PAPER, SECOND, SECOND_EDGE
from coprod_review.render.drawing.sheet import MARGIN, WIDTH, Looks, Sheet, hatching, line, ring
from coprod_review.render.drawing.writing import BODY, SMALL, height, wrap
from coprod_review.results.table import Bar, Chart

_BESIDE = 16
"""Between the labels, the bars and the words."""
_LABELS = 234
_WORDS = 236
_LEFT = MARGIN + _LABELS + _BESIDE
_WIDE = WIDTH - _LEFT - _BESIDE - _WORDS - MARGIN
_WORDS_LEFT = _LEFT + _WIDE + _BESIDE
_HIGH = 26
_APART = 22
_TOGETHER = 8
"""Between the bars of a pair."""
_TICKS = (0, 25, 50, 75, 100)
_SAMPLE = 36

_SOLID: Looks = {"fill": FIRST}
_OUTLINED: Looks = {"fill": SECOND, "stroke": SECOND_EDGE, "stroke-width": 2}
_STRIPES: Looks = {"stroke": SECOND_EDGE, "stroke-width": 2.5}
_UNKNOWN: Looks = {"fill": PAPER, "stroke": LINE, "stroke-width": 1.5, "stroke-dasharray": "4 3"}
_UNKNOWN_LINES: Looks = {"stroke": LINE, "stroke-width": 1}
_HALO: Looks = {"stroke": PAPER, "stroke-width": 6, "stroke-linecap": "square"}
"""Under a whisker, so that it stands out from the bar that it crosses."""
_WHISKER: Looks = {"stroke": INK, "stroke-width": 2.5}
_CAP = 6.5
_RING = 4.5


@dataclass(frozen=True, slots=True)
class _Row:
    bar: Bar
    second: bool
    """Whether it is the second of a pair."""
    label: tuple[str, ...]
    words: tuple[str, ...]
    top: float
    high: float

    @property
    def middle(self) -> float:
        return self.top + self.high / 2


def draw(sheet: Sheet, chart: Chart, top: float) -> float:
    """Legend, bars and axis below ``top``; returns where they end."""
    start = legend.put(sheet, _entries(chart), top) + _APART
    rows = tuple(_rows(chart, start + _APART / 2))
    end = rows[-1].top + rows[-1].high + _APART / 2 if rows else start
    _guides(sheet, start, end)
    for row in rows:
        _row(sheet, row)
    return _axis(sheet, chart.bars, end)


def _rows(chart: Chart, top: float) -> Iterator[_Row]:
    for place, bar in enumerate(chart.bars):
        second = chart.kind == "pairs" and place % 2 == 1
        first = chart.kind == "pairs" and not second
        label, words = wrap(bar.label, BODY, _LABELS), wrap(bar.words, BODY, _WORDS)
        high = max(_HIGH, height(label, BODY), height(words, BODY))
        yield _Row(bar, second, label, words, top, high)
        top += high + (_TOGETHER if first else _APART)


def _row(sheet: Sheet, row: _Row) -> None:
    for lines, left in ((row.label, MARGIN), (row.words, _WORDS_LEFT)):
        sheet.write(lines, left, row.middle - height(lines, BODY) / 2, BODY)
    if row.bar.total > 0:
        _bar(sheet, row)


def _bar(sheet: Sheet, row: _Row) -> None:
    bar, top = row.bar, row.middle - _HIGH / 2
    counted = min(bar.n / bar.total, 1) * _WIDE
    unknown = min(bar.unknown / bar.total * _WIDE, _WIDE - counted)
    sheet.box(_LEFT, top, _WIDE, _HIGH, {"fill": BAND})
    _guides(sheet, top, top + _HIGH, inside=True)
    if unknown > 0:
        _hatched(sheet, _LEFT + counted, top, unknown)
    if counted > 0:
        _filled(sheet, _LEFT, top, counted, second=row.second)
    if bar.low is not None and bar.high is not None:
        low, high = (_LEFT + min(max(limit, 0), 1) * _WIDE for limit in (bar.low, bar.high))
        _whisker(sheet, low, high, row.middle, second=row.second)
    sheet.path(line(_LEFT, top - 3, _LEFT, top + _HIGH + 3), {"stroke": INK, "stroke-width": 2})


def _filled(sheet: Sheet, x: float, y: float, wide: float, *, second: bool) -> None:
    if not second:
        sheet.box(x, y, wide, _HIGH, _SOLID)
        return
    sheet.box(x + 1, y + 1, max(wide - 2, 0.5), _HIGH - 2, _OUTLINED)
    sheet.path(hatching(x + 1, y + 1, max(wide - 2, 0.5), _HIGH - 2, 11, rising=True), _STRIPES)


def _hatched(sheet: Sheet, x: float, y: float, wide: float) -> None:
    """The part of which it is not known: white, finely hatched the other way, in a broken outline."""
    sheet.box(x, y + 0.75, wide, _HIGH - 1.5, _UNKNOWN)
    sheet.path(hatching(x, y + 0.75, wide, _HIGH - 1.5, 6, rising=False), _UNKNOWN_LINES)


def _whisker(sheet: Sheet, low: float, high: float, y: float, *, second: bool) -> None:
    """From limit to limit; the ends are strokes, of the second of a pair rings."""
    if second:
        rod, ends = line(low, y, high, y), ring(low, y, _RING) + ring(high, y, _RING)
    else:
        rod = line(low, y, high, y)
        ends = line(low, y - _CAP, low, y + _CAP) + line(high, y - _CAP, high, y + _CAP)
    sheet.path(rod + ends, _HALO)
    sheet.path(rod, _WHISKER)
    sheet.path(ends, {**_WHISKER, "fill": PAPER})


def _guides(sheet: Sheet, top: float, bottom: float, *, inside: bool = False) -> None:
    """Light lines at the ticks; over the band of a bar in the colour of the paper."""
    parts = "".join(line(x, top, x, bottom) for x in (_LEFT + tick / 100 * _WIDE for tick in _TICKS))
    sheet.path(parts, {"stroke": PAPER if inside else GUIDE, "stroke-width": 1})


def _axis(sheet: Sheet, bars: Sequence[Bar], top: float) -> float:
    sheet.path(line(_LEFT, top, _LEFT + _WIDE, top), {"stroke": LINE, "stroke-width": 1})
    for tick in _TICKS:
        x = _LEFT + tick / 100 * _WIDE
        sheet.path(line(x, top, x, top + 5), {"stroke": LINE, "stroke-width": 1})
        sheet.write((f"{tick}%",), x, top + 7, SMALL, anchor="middle")
    totals = {bar.total for bar in bars}
    whole = f"Share of all {min(totals)}" if len(totals) == 1 else "Share of all that each bar stands for"
    return sheet.write(wrap(whole, SMALL, _WIDE), _LEFT + _WIDE / 2, top + 9 + SMALL.leading, SMALL, anchor="middle")


def _entries(chart: Chart) -> Iterator[legend.Entry]:
    """What occurs in the chart, and nothing else."""
    drawn = [bar for bar in chart.bars if bar.total > 0]
    if chart.kind == "pairs":
        yield _entry(_name(chart.bars[::2], "First of a pair"), _sample_first)
        if len(chart.bars) > 1:
            yield _entry(_name(chart.bars[1::2], "Second of a pair"), _sample_second)
    elif any(bar.n for bar in drawn):
        yield _entry("Counted, of all", _sample_first)
    if any(bar.unknown for bar in drawn):
        yield _entry("Not known", _sample_unknown)
    if any(bar.low is not None and bar.high is not None for bar in drawn):
        both = chart.kind == "pairs"
        sample = _sample_whiskers if both else _sample_whisker
        yield _entry("Could plausibly be (95% interval)", sample, 2 * _SAMPLE + _TOGETHER if both else _SAMPLE)


def _name(bars: Sequence[Bar], otherwise: str) -> str:
    """What the labels of one side begin with, as in ``Outcomes: what they report``, where all begin alike."""
    names = {bar.label.partition(":")[0] for bar in bars}
    return names.pop() if len(names) == 1 else otherwise


def _entry(words: str, draw: legend.Draw, wide: float = _SAMPLE) -> legend.Entry:
    return legend.Entry(words, wide, _HIGH, draw)


def _sample_first(sheet: Sheet, x: float, middle: float) -> None:
    _filled(sheet, x, middle - _HIGH / 2, _SAMPLE, second=False)


def _sample_second(sheet: Sheet, x: float, middle: float) -> None:
    _filled(sheet, x, middle - _HIGH / 2, _SAMPLE, second=True)


def _sample_unknown(sheet: Sheet, x: float, middle: float) -> None:
    _hatched(sheet, x + 1, middle - _HIGH / 2, _SAMPLE - 2)


def _sample_whisker(sheet: Sheet, x: float, middle: float) -> None:
    _whisker(sheet, x + 2, x + _SAMPLE - 2, middle, second=False)


def _sample_whiskers(sheet: Sheet, x: float, middle: float) -> None:
    _sample_whisker(sheet, x, middle)
    x += _SAMPLE + _TOGETHER
    _whisker(sheet, x + _RING, x + _SAMPLE - _RING, middle, second=True)
