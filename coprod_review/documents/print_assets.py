"""What the formats for paper share: charts in our own fonts, what those can show, where links lead, and the date."""

import os
import re
import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from coprod_review import bundled
from coprod_review.documents.annotation_syntax import reference_anchor
from coprod_review.documents.document_model import (
    Aside,
    Block,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    Runs,
    TableBlock,
    plain_text,
)
from coprod_review.errors import CoprodReviewError
from coprod_review.render.drawing.text_layout import FONTS
from coprod_review.render.svg import chart_svg
from coprod_review.text.escaping import visible

FOLDER = bundled.TEMPLATES / "fonts"
FAMILIES = "'Source Sans 3', 'DejaVu Sans'"
"""The second shows the letters that the first lacks, such as Hebrew and Arabic."""
NOTES = "Studies behind the numbers"
"""Heading of the notes."""
ACROSS, DOWN = 16.0, 22.0
"""The most that a picture may take of an A4 page, in cm."""

_PIXELS = 2
"""Pixels of a PNG for each unit of the chart; about 240 dots an inch on paper."""
_KEPT = re.compile(r"[a-z][a-z0-9-]{0,39}")
"""Anchors that every format takes as names; Word takes no more than 40 characters and sees no capitals."""
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT_WORDS = re.compile(f"[{_RIGHT_TO_LEFT}](?:[^\\S\n]*[{_RIGHT_TO_LEFT}])*")
_LEFT_TO_RIGHT = "\u200e"
_LAST = 4_354_819_198
"""The last time that a file in a Word document can bear, in 2107."""
_LINE, _WORD, _NUMBER, _TEXT, _GAP = 100, 24, 36, 60, 4
"""In characters: a row of a table; a word, numbers and text that a column makes room for; the space beside them."""


class MissingExtra(CoprodReviewError):
    """A format needs a package that is not installed."""


def svg(chart: Picture) -> str:
    """A chart as SVG whose text is set in our fonts, with a code for each sign that they lack."""
    drawn = chart_svg(chart.chart, chart.source)
    return covered(drawn.replace(f'font-family="{FONTS}"', f'font-family="{FAMILIES}"', 1))


def png(chart: Picture) -> bytes:
    """A chart as PNG. Raises ``MissingExtra`` where resvg is not installed."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError as problem:
        raise MissingExtra("Charts in Word documents need resvg: pip install 'coprod-review[word]'.") from problem
    fonts = sorted(map(str, FOLDER.glob("*.ttf")))
    return bytes(svg_to_bytes(svg_string=svg(chart), font_files=fonts, skip_system_fonts=True, zoom=_PIXELS))


def fitted(drawn: str) -> tuple[float, float]:
    """Width and height in cm at which a chart is as large as the page allows."""
    found = _SIZE.search(drawn)
    width, height = (float(found[1]), float(found[2])) if found else (1.0, 1.0)
    scale = min(ACROSS / width, DOWN / height)
    return round(width * scale, 2), round(height * scale, 2)


def alternative(chart: Picture) -> str:
    """What is read out in place of a chart: its name, where its numbers stand, and what it shows."""
    title = chart.chart.title.rstrip(".")
    return shown(f"Chart: {title}. The table below it gives its numbers. {chart.chart.description}").strip()


def shown(text: str) -> str:
    """Text as it may stand on paper: control and direction signs as codes, and what is read from the right kept apart.

    Line breaks stay; all other space is plain space. A mark behind right-to-left words keeps the numbers and signs that
    follow them in their place.
    """
    plainly = visible(re.sub(r"[^\S\n]", " ", text), breaks=True)
    return _RIGHT_TO_LEFT_WORDS.sub(lambda words: words[0] + _LEFT_TO_RIGHT, plainly)


def covered(text: str) -> str:
    """Text in which ``[U+4E2D]`` stands for a sign that our fonts lack."""
    return "".join(sign if sign.isascii() or ord(sign) in _signs() else f"[U+{ord(sign):04X}]" for sign in text)


@cache
def _signs() -> frozenset[int]:
    """Signs that can be shown in every style: those that all faces of the first family have, and the second's."""
    faces = [_read_signs(path) for path in sorted(FOLDER.glob("SourceSans3-*.ttf"))]
    return frozenset.intersection(*faces) | _read_signs(FOLDER / "DejaVuSans.ttf")


def _read_signs(path: Path) -> frozenset[int]:
    """The code points that a TrueType font maps to glyphs, from the formats 4 and 12 of its table ``cmap``."""
    font = path.read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    start = next(
        offset for tag, _, offset, _ in struct.iter_unpack(">4sLLL", font[12 : 12 + 16 * tables]) if tag == b"cmap"
    )
    count = struct.unpack_from(">H", font, start + 2)[0]
    maps = {struct.unpack_from(">L", font, start + 8 + 8 * n)[0] for n in range(count)}
    return frozenset(point for offset in maps for point in _mapped(font, start + offset))


def _mapped(font: bytes, start: int) -> Iterator[int]:
    form = struct.unpack_from(">H", font, start)[0]
    if form == 12:
        groups = struct.unpack_from(">L", font, start + 12)[0]
        for first, last, _ in struct.iter_unpack(">LLL", font[start + 16 : start + 16 + 12 * groups]):
            yield from range(first, last + 1)
    elif form == 4:
        size = struct.unpack_from(">H", font, start + 6)[0]
        lasts = struct.unpack_from(f">{size // 2}H", font, start + 14)
        firsts = struct.unpack_from(f">{size // 2}H", font, start + 16 + size)
        for first, last in zip(firsts, lasts, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)


def moment(document: Document) -> int:
    """Seconds from 1970 to a document: ``SOURCE_DATE_EPOCH`` where it is set, else midnight of its date, else 0."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isascii() and given.isdigit():
        return min(int(given.lstrip("0")[:12] or 0), _LAST)  # as many digits as are sure to be beyond the last
    try:
        seconds = datetime.fromisoformat(document.date).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0
    return min(max(int(seconds), 0), _LAST)


def divided(grid: TableBlock) -> tuple[TableBlock, ...]:
    """A table as it is, or where it is too wide for a page, as several that each begin with its first column."""
    groups: list[list[int]] = [[]]
    for place in range(1, len(grid.columns)):
        if groups[-1] and sum(_least(grid, column) for column in (0, *groups[-1], place)) > _LINE:
            groups.append([])
        groups[-1].append(place)
    if len(groups) == 1:
        return (grid,)
    return tuple(_part(grid, (0, *group), f" (part {n} of {len(groups)})") for n, group in enumerate(groups, 1))


def _part(grid: TableBlock, places: Sequence[int], which: str) -> TableBlock:
    columns, *rows = (tuple(row[place] for place in places) for row in (grid.columns, *grid.rows))
    return TableBlock((*grid.caption, Run(which)), columns, tuple(rows), tuple(grid.numeric[place] for place in places))


def widths(grid: TableBlock) -> tuple[float, ...]:
    """The share of the width that each column takes, from 0 to 1: room for its longest word, then for its text."""
    least = [_least(grid, column) for column in range(len(grid.columns))]
    over = [max(_wished(grid, column) - need, 0) for column, need in enumerate(least)]
    rest = max(_LINE - sum(least), 0) / (sum(over) or 1)
    wide = [need + more * rest for need, more in zip(least, over, strict=True)]
    return tuple(part / sum(wide) for part in wide)


def _wished(grid: TableBlock, column: int) -> int:
    """Characters that a column takes where there is room; the heading above numbers may stand on several lines."""
    most = _NUMBER if grid.numeric[column] else _TEXT
    return max(min(len(cell), most) for cell in _cells(grid, column)) + _GAP


def lines(grid: TableBlock) -> tuple[int, ...]:
    """About how many lines each row takes."""
    across = [max(round(_LINE * share) - _GAP, 1) for share in widths(grid)]
    return tuple(
        max(-(-len(plain_text(cell)) // wide) for cell, wide in zip(row, across, strict=True)) for row in grid.rows
    )


def _least(grid: TableBlock, column: int) -> int:
    """Characters that a column needs, so that none but a very long word is divided."""
    words = [word for cell in _cells(grid, column) for word in cell.split()]
    return min(max(map(len, words), default=0), _WORD) + _GAP


def _cells(grid: TableBlock, column: int) -> list[str]:
    return [plain_text(row[column]) for row in (grid.columns, *grid.rows)]


class Links:
    """Where the links of a document lead, by names that every format allows; each name is given to one place alone."""

    def __init__(self, document: Document) -> None:
        anchors = dict.fromkeys(_anchors(document.blocks))
        self._names = {a: a if _KEPT.fullmatch(a) else f"place_{n}" for n, a in enumerate(anchors, 1)}
        self._numbers = {label: n for n, label in enumerate(document.notes, 1)}
        self._given: set[str] = set()

    def name(self, anchor: str) -> str:
        """The name of a place that is linked to; none where it has no anchor or another place has its name."""
        return self._once(self._names.get(anchor, ""))

    def target(self, run: Run) -> str:
        """Where a run leads: a web or mail address, ``#`` and the name of a place, or nowhere."""
        if run.note:
            return ""
        if run.link and not run.link.startswith("#"):
            return run.link if _ADDRESS.fullmatch(run.link) and run.link.isprintable() else ""
        study = run.annotations[-1].key if run.annotations and run.annotations[-1].kind == "study" else ""
        name = self._names.get(run.link[1:] or reference_anchor(study), "")
        return f"#{name}" if name else ""

    def note(self, label: str) -> int:
        """The number of a note, in the order of the first calls; 0 where there is no such note."""
        return self._numbers.get(label, 0)

    def call(self, number: int) -> str:
        """The name of the first call of a note, and none for later ones."""
        return self._once(f"call_{number}")

    def called(self, number: int) -> bool:
        """Whether a call of the note has been named, so that its text can lead back."""
        return f"call_{number}" in self._given

    def _once(self, name: str) -> str:
        new = name and name not in self._given
        self._given.add(name)
        return name if new else ""


def _anchors(blocks: Sequence[Block]) -> Iterator[str]:
    """The anchors of a document in their order; a heading without text has none, for it is left out."""
    for block in blocks:
        match block:
            case Heading(anchor=anchor, runs=runs) if anchor and said(runs):
                yield anchor
            case Paragraph(anchor=anchor) if anchor:
                yield anchor
            case Aside(blocks=inner):
                yield from _anchors(inner)
            case ListBlock(items=items):
                for item in items:
                    yield from _anchors(item)
            case _:
                pass


def said(runs: Runs) -> bool:
    """Whether runs hold any text."""
    return bool(plain_text(runs).strip())
