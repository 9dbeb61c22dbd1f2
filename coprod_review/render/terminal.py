"""Plain text for a terminal, a pipe or a screen reader: 80 columns, no colour, no signs without words."""

import io
import textwrap
from collections.abc import Iterator

from coprod_review.results import Cell, Count, Report, Section, Table

WIDTH = 80


def render(report: Report) -> str:
    """Title, lead, then each section: heading, paragraphs, points and tables."""
    blocks = ["\n".join((report.title.upper(), *(_wrapped(text) for text in report.lead)))]
    blocks += [block for section in report.sections for block in _section(section)]
    return _visible("\n\n".join(block for block in blocks if block)) + "\n"


def _section(section: Section) -> Iterator[str]:
    head = (
        [section.heading.upper() if len(section.heading) < 50 else capital_words(section.heading)]
        if section.heading
        else []
    )
    yield "\n".join((*head, *map(_wrapped, section.paragraphs), *map(_point, section.points)))
    for table in section.tables:
        yield _table(table)


def capital_words(heading: str) -> str:
    """A long heading: its first word in capitals, so that it stands out without colour."""
    first, _, rest = heading.partition(" ")
    return _wrapped(f"{first.upper()} {rest}")


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _point(text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _visible(text: str) -> str:
    """Control and direction signs from data shown as their codes, so that none reaches the terminal."""
    return "".join(c if c.isprintable() or c in "\n" else f"\\u{ord(c):04x}" for c in text)


def _table(table: Table) -> str:
    wide = _lettered(table) if not _fits(table) else (table, ())
    lines = [_wrapped(table.title), _grid(wide[0]), *wide[1]]
    if table.note:
        lines.append(_wrapped(table.note))
    return "\n".join(lines)


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


def _longest_word(texts: "list[str]") -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)


def _fits(table: Table) -> bool:
    """Whether every word stays whole at this width."""
    columns = zip(*((*table.columns,), *([_text(c) for c in row] for row in table.rows)), strict=True)
    return sum(_longest_word(list(column)) + 2 for column in columns) <= WIDTH


def _lettered(table: Table) -> tuple[Table, tuple[str, ...]]:
    """A wide table with letters over its columns, and the key that says what they stand for."""
    names = [_letter(number) for number in range(len(table.columns) - 1)]
    key = tuple(_point(f"{name}: {column}") for name, column in zip(names, table.columns[1:], strict=True))
    return Table(table.title, (table.columns[0], *names), table.rows), key


def _letter(number: int) -> str:
    return chr(65 + number) if number < 26 else chr(64 + number // 26) + chr(65 + number % 26)


def _grid(table: Table) -> str:
    # Rich takes as long to import as everything else here, and most screens hold no table.
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
