"""Plain text for a terminal, a pipe or a screen reader: 80 columns, no colour, and a word for every symbol."""

import io
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from coprod_review.render.report_format import ReportFormat
from coprod_review.results.chart import Bar
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.table import Cell, Count, Table, cell_text
from coprod_review.text.escaping import visible

WIDTH = 80
_MIN_LABEL_WIDTH = 16
"""Least width of the first column of a table, unless all its labels are shorter."""
_COLUMN_GAP = 3
"""Space between two columns of a table."""
_BAR_LABEL_WIDTH = 24
_BAR_WIDTH = 18
COUNTED, UNKNOWN, REST, LOW, HIGH = "█", "?", "·", "[", "]"
"""Characters of a bar; ``LOW`` and ``HIGH`` are the limits of the interval."""


def render(report: Report) -> str:
    """Return title and lead, then each section: heading, paragraphs, bars, bullet points and tables."""
    blocks = ["\n".join(map(_wrap, (report.title, *report.lead)))]
    blocks += [block for section in report.sections for block in _section(section)]
    return visible("\n\n".join(block for block in blocks if block), breaks=True) + "\n"


def _section(section: Section) -> Iterator[str]:
    heading = [_heading(section.heading)] if section.heading else []
    lines = (*heading, *map(_wrap, section.paragraphs), *_bars(section.bars), *map(_bullet_point, section.points))
    yield "\n".join(lines)
    for table in section.tables:
        yield _table(table)


def _heading(heading: str) -> str:
    """Return a heading in capitals, or only its first word where the heading is long or has a colon."""
    first, _, rest = heading.partition(" ")
    if ":" not in heading and len(heading) <= 60:
        return heading.upper()
    # An id such as c15 keeps its case, because people type it.
    return _wrap(heading if any(map(str.isdigit, first)) else f"{first.upper()} {rest}")


def _wrap(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _bullet_point(point: str | Point) -> str:
    """Return a bullet point, its command on one line of its own, so that it can be copied."""
    text, command = (point, "") if isinstance(point, str) else (point.text, point.command)
    wrapped = textwrap.fill(
        text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    return f"{wrapped}\n  {command}" if command else wrapped


def _bars(bars: tuple[Bar, ...]) -> Iterator[str]:
    """Yield lines of text for shares: label, bar and number, and details below the number."""
    for bar in bars:
        labels = textwrap.wrap(bar.label, _BAR_LABEL_WIDTH, break_on_hyphens=False)
        values = [f"{_bar(bar)} {bar.short}", *textwrap.wrap(bar.detail, WIDTH - _BAR_LABEL_WIDTH - 1)]
        for label, value in zip_longest(labels, values, fillvalue=""):
            yield f"{label:<{_BAR_LABEL_WIDTH}} {value}".rstrip()


def _bar(bar: Bar) -> str:
    """Return the bar itself; its full width is the total, unknown answers included."""
    if not bar.total:
        return REST * _BAR_WIDTH
    counted = round(_BAR_WIDTH * bar.n / bar.total)
    possible = round(_BAR_WIDTH * (bar.n + bar.unknown) / bar.total)
    characters = [*COUNTED * counted, *UNKNOWN * (possible - counted), *REST * (_BAR_WIDTH - possible)]
    if bar.high is not None:
        characters[min(_BAR_WIDTH - 1, int(_BAR_WIDTH * bar.high))] = HIGH
    if bar.low is not None and bar.n:
        characters[min(_BAR_WIDTH - 1, int(_BAR_WIDTH * bar.low))] = LOW
    return "".join(characters)


def _table(table: Table) -> str:
    """Return a table as a grid; with letters as headings where it is too wide, and else as bullet points."""
    if _fits(table):
        body: tuple[str, ...] = (_grid(table),)
    elif _fits(_with_letters(table)):
        body = (_grid(_with_letters(table)), *_letter_key(table))
    else:
        body = tuple(map(_bullet_point, _rows_as_sentences(table)))
    needs_own_line = len(table.example_command) + len("Open a cell: ") > WIDTH
    separator = "\n" if needs_own_line else " "
    example = f"Open a cell:{separator}{table.example_command}" if table.example_command else ""
    return "\n".join(text for text in (_wrap(table.title), *body, _wrap(table.note), example) if text)


def _label_width(table: Table) -> int:
    """Return the least width of the first column, so that labels are not broken after every word."""
    longest = max((len(cell_text(row[0]).strip()) for row in table.rows), default=0)
    return min(_MIN_LABEL_WIDTH, longest)


def _fits(table: Table) -> bool:
    """Return whether a grid of this width breaks no word and no count, and has room for the labels."""
    columns = zip(table.columns, *table.rows, strict=True)
    widths = [max((len(part) for cell in column for part in _unbroken(cell)), default=0) for column in columns]
    return max(widths[0], _label_width(table)) + sum(width + _COLUMN_GAP for width in widths[1:]) <= WIDTH


def _unbroken(cell: Cell) -> Sequence[str]:
    """Return the parts of a cell that stay on one line: its words, or a whole count such as ``14 (+7)``."""
    text = cell_text(cell)
    return (text,) if isinstance(cell, Count) else text.split()


def _with_letters(table: Table) -> Table:
    """Return the table with letters as the headings of its columns."""
    letters = [_letter(number) for number in range(len(table.columns) - 1)]
    return Table(table.title, (table.columns[0], *letters), table.rows)


def _letter(number: int) -> str:
    return chr(65 + number) if number < 26 else chr(64 + number // 26) + chr(65 + number % 26)


def _letter_key(table: Table) -> Iterator[str]:
    """Yield what each letter means, as bullet points."""
    for number, heading in enumerate(table.columns[1:]):
        yield _bullet_point(f"{_letter(number)}: {heading}")


def _rows_as_sentences(table: Table) -> Iterator[str]:
    """Yield each row with the names of its cells; cells, rows and columns of zeros are counted or listed together."""
    zero_rows = [row for row in table.rows if all(cell_text(cell) == "0" for cell in row[1:])]
    for row in table.rows:
        if row in zero_rows:
            continue
        cells = [(name, cell_text(cell)) for name, cell in zip(table.columns[1:], row[1:], strict=True)]
        parts = [f"{name}: {text}" for name, text in cells if text not in ("", "0")]
        zeros = sum(text == "0" for _, text in cells)
        if zeros:
            parts.append(f"the other {zeros}: 0")
        yield f"{cell_text(row[0]).strip()}. {'; '.join(parts)}"
    if zero_rows:
        yield f"0 throughout: {'; '.join(cell_text(row[0]).strip() for row in zero_rows)}"
    columns = enumerate(table.columns[1:], start=1)
    zero_columns = [name for index, name in columns if all(cell_text(row[index]) == "0" for row in table.rows)]
    if zero_columns:
        yield f"0 in every row: {'; '.join(zero_columns)}"


def _grid(table: Table) -> str:
    # Rich takes as long to import as everything else here, and the first screen has no table.
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1), expand=False)
    for index, heading in enumerate(table.columns):
        is_numeric = index > 0 and all(isinstance(row[index], int | float | Count | None) for row in table.rows)
        grid.add_column(Text(heading), justify="right" if is_numeric else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(cell_text(cell)) for cell in row))
    out = io.StringIO()
    Console(file=out, width=WIDTH, color_system=None, force_terminal=False, emoji=False, markup=False).print(grid)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))


FORMAT = ReportFormat("terminal", (".txt",), render)
