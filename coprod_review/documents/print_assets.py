"""What DOCX and PDF share: charts in the bundled fonts, the characters these have, column widths, links and dates."""

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
from coprod_review.text.escaping import visible

FONT_FOLDER = bundled.TEMPLATES / "fonts"
FONT_FAMILIES = "'Source Sans 3', 'DejaVu Sans'"
"""The second family has letters that the first lacks, such as Hebrew and Arabic."""
NOTES_HEADING = "Studies behind the numbers"
"""Heading of the notes."""
ACROSS, DOWN = 16.0, 22.0
"""The largest width and height of a picture on an A4 page, in cm."""

_PIXELS_PER_UNIT = 2
"""Pixels of a PNG for each unit of the chart, which gives about 240 dots per inch on paper."""
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
"""Anchors that every format allows as names; Word allows 40 characters and ignores case."""
_WEB_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT_WORDS = re.compile(f"[{_RIGHT_TO_LEFT}](?:[^\\S\n]*[{_RIGHT_TO_LEFT}])*")
_LEFT_TO_RIGHT = "\u200e"
_LATEST_TIMESTAMP = 4_354_819_198
"""The latest time that a file in a Word document can have, in 2107."""
_LINE_WIDTH, _WORD_LIMIT, _NUMBER_LIMIT, _TEXT_LIMIT, _COLUMN_GAP = 100, 24, 36, 60, 4
"""In characters: the width of a table; the longest word, number and text that widen a column; the space between."""


class MissingExtra(CoprodReviewError):
    """A format needs a package that is not installed."""


def svg(chart: Picture) -> str:
    """Return a chart as SVG in the bundled fonts, with a code for each character that they lack."""
    # Drawing is imported here, because the help of brief lists the formats that import this module.
    from coprod_review.render.drawing.chart import chart_svg

    picture_svg = chart_svg(chart.chart, chart.source)
    return replace_missing_glyphs(picture_svg.replace(f'font-family="{FONTS}"', f'font-family="{FONT_FAMILIES}"', 1))


def png(chart: Picture) -> bytes:
    """Return a chart as PNG. Raises ``MissingExtra`` where resvg is not installed."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise MissingExtra("Charts in Word documents need resvg: pip install 'coprod-review[word]'.") from error
    fonts = sorted(map(str, FONT_FOLDER.glob("*.ttf")))
    return bytes(svg_to_bytes(svg_string=svg(chart), font_files=fonts, skip_system_fonts=True, zoom=_PIXELS_PER_UNIT))


def picture_size(picture_svg: str) -> tuple[float, float]:
    """Return the width and height in cm at which a chart is as large as the page allows."""
    match = _SIZE.search(picture_svg)
    width, height = (float(match[1]), float(match[2])) if match else (1.0, 1.0)
    scale = min(ACROSS / width, DOWN / height)
    return round(width * scale, 2), round(height * scale, 2)


def alternative_text(chart: Picture) -> str:
    """Return what a screen reader says in place of a chart: its name, where its numbers are, and what it shows."""
    title = chart.chart.title.rstrip(".")
    return printable(f"Chart: {title}. The table below it gives its numbers. {chart.chart.description}").strip()


def printable(text: str) -> str:
    """Return text for paper, with codes in place of control characters and characters that change direction.

    Line breaks stay; all other white space becomes a space. A left-to-right mark after right-to-left words keeps the
    numbers and punctuation that follow them in place.
    """
    text_without_controls = visible(re.sub(r"[^\S\n]", " ", text), breaks=True)
    return _RIGHT_TO_LEFT_WORDS.sub(lambda words: words[0] + _LEFT_TO_RIGHT, text_without_controls)


def replace_missing_glyphs(text: str) -> str:
    """Return text with a code such as ``[U+4E2D]`` in place of each character that the bundled fonts lack."""
    return "".join(c if c.isascii() or ord(c) in _available_characters() else f"[U+{ord(c):04X}]" for c in text)


@cache
def _available_characters() -> frozenset[int]:
    """Return the characters that can be shown in every style.

    They are those that all faces of the first family have, and those of the second family.
    """
    faces = [_characters_in_font(path) for path in sorted(FONT_FOLDER.glob("SourceSans3-*.ttf"))]
    return frozenset.intersection(*faces) | _characters_in_font(FONT_FOLDER / "DejaVuSans.ttf")


def _characters_in_font(path: Path) -> frozenset[int]:
    """Return the code points that a TrueType font maps to glyphs, from the formats 4 and 12 of its table ``cmap``."""
    font = path.read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    start = next(
        offset for tag, _, offset, _ in struct.iter_unpack(">4sLLL", font[12 : 12 + 16 * tables]) if tag == b"cmap"
    )
    count = struct.unpack_from(">H", font, start + 2)[0]
    maps = {struct.unpack_from(">L", font, start + 8 + 8 * n)[0] for n in range(count)}
    return frozenset(point for offset in maps for point in _mapped_characters(font, start + offset))


def _mapped_characters(font: bytes, start: int) -> Iterator[int]:
    table_format = struct.unpack_from(">H", font, start)[0]
    if table_format == 12:
        groups = struct.unpack_from(">L", font, start + 12)[0]
        for first, last, _ in struct.iter_unpack(">LLL", font[start + 16 : start + 16 + 12 * groups]):
            yield from range(first, last + 1)
    elif table_format == 4:
        size = struct.unpack_from(">H", font, start + 6)[0]
        lasts = struct.unpack_from(f">{size // 2}H", font, start + 14)
        firsts = struct.unpack_from(f">{size // 2}H", font, start + 16 + size)
        for first, last in zip(firsts, lasts, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)


def timestamp(document: Document) -> int:
    """Return the time of a document in seconds since 1970.

    It is ``SOURCE_DATE_EPOCH`` where that is set, else midnight of the document's date, else 0.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return min(int(epoch.lstrip("0")[:12] or 0), _LATEST_TIMESTAMP)  # twelve digits are later than the latest
    try:
        seconds = datetime.fromisoformat(document.date).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0
    return min(max(int(seconds), 0), _LATEST_TIMESTAMP)


def split_wide_table(table: TableBlock) -> tuple[TableBlock, ...]:
    """Return a table, or where it is too wide for a page, several that each begin with its first column."""
    groups: list[list[int]] = [[]]
    for column in range(1, len(table.columns)):
        if groups[-1] and sum(_minimum_width(table, n) for n in (0, *groups[-1], column)) > _LINE_WIDTH:
            groups.append([])
        groups[-1].append(column)
    if len(groups) == 1:
        return (table,)
    return tuple(
        _part_of_table(table, (0, *group), f" (part {n} of {len(groups)})") for n, group in enumerate(groups, 1)
    )


def _part_of_table(table: TableBlock, numbers: Sequence[int], caption_suffix: str) -> TableBlock:
    caption = (*table.caption, Run(caption_suffix))
    columns, *rows = (tuple(row[n] for n in numbers) for row in (table.columns, *table.rows))
    return TableBlock(caption, columns, tuple(rows), tuple(table.numeric[n] for n in numbers))


def column_widths(table: TableBlock) -> tuple[float, ...]:
    """Return the share of the width for each column, from 0 to 1: room for its longest word, then for its text."""
    minimum = [_minimum_width(table, column) for column in range(len(table.columns))]
    extra = [max(_preferred_width(table, column) - least, 0) for column, least in enumerate(minimum)]
    scale = max(_LINE_WIDTH - sum(minimum), 0) / (sum(extra) or 1)
    widths = [least + more * scale for least, more in zip(minimum, extra, strict=True)]
    return tuple(width / sum(widths) for width in widths)


def _preferred_width(table: TableBlock, column: int) -> int:
    """Return the characters that a column takes where there is room; a heading above numbers may have several lines."""
    most = _NUMBER_LIMIT if table.numeric[column] else _TEXT_LIMIT
    return max(min(len(cell), most) for cell in _texts_in_column(table, column)) + _COLUMN_GAP


def line_counts(table: TableBlock) -> tuple[int, ...]:
    """Return about how many lines each row takes."""
    columns = [max(round(_LINE_WIDTH * share) - _COLUMN_GAP, 1) for share in column_widths(table)]
    return tuple(
        max(-(-len(plain_text(cell)) // width) for cell, width in zip(row, columns, strict=True)) for row in table.rows
    )


def _minimum_width(table: TableBlock, column: int) -> int:
    """Return the characters that a column needs to divide no words but very long ones."""
    words = [word for cell in _texts_in_column(table, column) for word in cell.split()]
    return min(max(map(len, words), default=0), _WORD_LIMIT) + _COLUMN_GAP


def _texts_in_column(table: TableBlock, column: int) -> list[str]:
    return [plain_text(row[column]) for row in (table.columns, *table.rows)]


class Links:
    """Where the links of a document lead, by names that every format allows; only one place has each name."""

    def __init__(self, document: Document) -> None:
        anchors = dict.fromkeys(_anchors(document.blocks))
        self._place_names = {a: a if _PLAIN_NAME.fullmatch(a) else f"place_{n}" for n, a in enumerate(anchors, 1)}
        self._note_numbers = {label: n for n, label in enumerate(document.notes, 1)}
        self._used: set[str] = set()

    def place_name(self, anchor: str) -> str:
        """Return the name of an anchor the first time; empty after that, and where there is no such anchor."""
        return self._once_only(self._place_names.get(anchor, ""))

    def target(self, run: Run) -> str:
        """Return where a run leads: a web or mail address, ``#`` and the name of a place, or nowhere."""
        if run.note:
            return ""
        if run.link and not run.link.startswith("#"):
            return run.link if _WEB_ADDRESS.fullmatch(run.link) and run.link.isprintable() else ""
        study = run.annotations[-1].key if run.annotations and run.annotations[-1].kind == "study" else ""
        name = self._place_names.get(run.link[1:] or reference_anchor(study), "")
        return f"#{name}" if name else ""

    def note_number(self, label: str) -> int:
        """Return the number of a note, in the order of the first calls; 0 where there is no such note."""
        return self._note_numbers.get(label, 0)

    def name_call(self, number: int) -> str:
        """Return the name of the first call of a note; empty for later calls."""
        return self._once_only(f"call_{number}")

    def has_call(self, number: int) -> bool:
        """Return whether a call of the note has a name, so that the note can link back to it."""
        return f"call_{number}" in self._used

    def _once_only(self, name: str) -> str:
        is_new = name and name not in self._used
        self._used.add(name)
        return name if is_new else ""


def _anchors(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the anchors of blocks in order, without those of headings without text, which are left out."""
    for block in blocks:
        match block:
            case Heading(anchor=anchor, runs=runs) if anchor and has_text(runs):
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


def has_text(runs: Runs) -> bool:
    """Return whether runs contain any text."""
    return bool(plain_text(runs).strip())
