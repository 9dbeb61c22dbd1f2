"""Plain text for a terminal, a pipe or a screen reader: 80 columns, no colour, no signs without words."""

import io
import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from coprod_review.results.report import Point, Report, Section
from coprod_review.results.table import Bar, Cell, Count, Table
from coprod_review.text.escaping import visible

WIDTH = 80
_LABELS = 16
"""Columns that labels get at least, where they are as long."""
_BETWEEN = 3
"""Columns that a grid puts between two cells."""


def render(report: Report) -> str:
    """Title, lead, then each section: heading, paragraphs, points and tables."""
    blocks = ["\n".join(map(_wrapped, (report.title, *report.lead)))]
    blocks += [block for section in report.sections for block in _section(section)]
    return visible("\n\n".join(block for block in blocks if block), breaks=True) + "\n"


def _section(section: Section) -> Iterator[str]:
    head = [_heading(section.heading)] if section.heading else []
    yield "\n".join((*head, *map(_wrapped, section.paragraphs), *_bars(section.bars), *map(_point, section.points)))
    for table in section.tables:
        yield _table(table)


def _heading(heading: str) -> str:
    """A heading in capitals, of a question its name alone, so that it stands out without colour."""
    first, _, rest = heading.partition(" ")
    if ":" not in heading and len(heading) <= 60:
        return heading.upper()
    # An id such as c15 is typed as it stands.
    return _wrapped(heading if any(map(str.isdigit, first)) else f"{first.upper()} {rest}")


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _point(point: str | Point) -> str:
    """A point of a list; a command is never broken, so that it can be copied."""
    text, command = (point, "") if isinstance(point, str) else (point.text, point.command)
    told = textwrap.fill(
        text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    return f"{told}\n  {command}" if command else told


_BAR_LABELS, _BAR = 24, 18
COUNTED, UNKNOWN, REST, LOW, HIGH = "█", "?", "·", "[", "]"


def _bars(bars: tuple[Bar, ...]) -> Iterator[str]:
    """Shares as lines of text: label, bar, number, and below it what stands beside the number."""
    for bar in bars:
        labels = textwrap.wrap(bar.label, _BAR_LABELS, break_on_hyphens=False)
        beside = [f"{_drawn(bar)} {bar.short}", *textwrap.wrap(bar.detail, WIDTH - _BAR_LABELS - 1)]
        for label, told in zip_longest(labels, beside, fillvalue=""):
            yield f"{label:<{_BAR_LABELS}} {told}".rstrip()


def _drawn(bar: Bar) -> str:
    """The bar itself: full width is everything counted, brackets mark the interval."""
    if not bar.total:
        return REST * _BAR
    solid = round(_BAR * bar.n / bar.total)
    open_to = round(_BAR * (bar.n + bar.unknown) / bar.total)
    signs = [*COUNTED * solid, *UNKNOWN * (open_to - solid), *REST * (_BAR - open_to)]
    if bar.high is not None:
        signs[min(_BAR - 1, int(_BAR * bar.high))] = HIGH
    if bar.low is not None and bar.n:
        signs[min(_BAR - 1, int(_BAR * bar.low))] = LOW
    return "".join(signs)


def _table(table: Table) -> str:
    """A grid where every word stays whole; else letters over the columns, else a point for each row."""
    if _fits(table):
        body: tuple[str, ...] = (_grid(table),)
    elif _fits(_letters(table)):
        body = tuple(_lettered(table))
    else:
        body = tuple(map(_point, _lines(table)))
    own_line = len(table.example_command) + len("Open a cell: ") > WIDTH
    opens = f"Open a cell:{chr(10) if own_line else ' '}{table.example_command}" if table.example_command else ""
    return "\n".join(text for text in (_wrapped(table.title), *body, _wrapped(table.note), opens) if text)


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Count():
            return str(cell.n)
        case float():
            return f"{cell:.3f}"
        case _:
            return str(cell)


def _label_width(table: Table) -> int:
    """Columns that the first column of a grid has at least, so that labels do not pile up word on word."""
    longest = max((len(_text(row[0]).strip()) for row in table.rows), default=0)
    return min(_LABELS, longest)


def _fits(table: Table) -> bool:
    """Whether every word stays whole at this width, with room for the labels."""
    columns = zip(*((*table.columns,), *([_text(c) for c in row] for row in table.rows)), strict=True)
    widths = [max((len(word) for text in column for word in text.split()), default=0) for column in columns]
    return max(widths[0], _label_width(table)) + sum(width + _BETWEEN for width in widths[1:]) <= WIDTH


def _letters(table: Table) -> Table:
    """The table with letters over its columns."""
    names = [_letter(number) for number in range(len(table.columns) - 1)]
    return Table(table.title, (table.columns[0], *names), table.rows)


def _letter(number: int) -> str:
    return chr(65 + number) if number < 26 else chr(64 + number // 26) + chr(65 + number % 26)


def _lettered(table: Table) -> Iterator[str]:
    """A wide table under letters, with the key that says what they stand for."""
    short = _letters(table)
    yield _grid(short)
    for name, column in zip(short.columns[1:], table.columns[1:], strict=True):
        yield _point(f"{name}: {column}")


def _lines(table: Table) -> Iterator[str]:
    """The rows of a table that no grid can hold, each naming its cells; zeros are counted together."""
    bare = [row for row in table.rows if all(_text(cell) == "0" for cell in row[1:])]
    for row in table.rows:
        if row in bare:
            continue
        cells = [(name, _text(cell)) for name, cell in zip(table.columns[1:], row[1:], strict=True)]
        told = [f"{name}: {text}" for name, text in cells if text not in ("", "0")]
        zeros = sum(text == "0" for _, text in cells)
        if zeros:
            told.append(f"the other {zeros}: 0")
        yield f"{_text(row[0]).strip()}. {'; '.join(told)}"
    if bare:
        yield f"0 throughout: {'; '.join(_text(row[0]).strip() for row in bare)}"
    empty = [name for n, name in enumerate(table.columns) if n and all(_text(row[n]) == "0" for row in table.rows)]
    if empty:
        yield f"0 in every row: {'; '.join(empty)}"


def _grid(table: Table) -> str:
    # Rich takes as long to import as everything else here, and the first screen holds no table.
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1), expand=False)
    for number, name in enumerate(table.columns):
        numeric = number > 0 and all(isinstance(row[number], int | float | Count | None) for row in table.rows)
        grid.add_column(Text(name), justify="right" if numeric else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(_text(cell)) for cell in row))
    out = io.StringIO()
    Console(file=out, width=WIDTH, color_system=None, force_terminal=False, emoji=False, markup=False).print(grid)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))
