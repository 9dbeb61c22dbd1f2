"""A broken studies file cut into its entries, so that one broken entry never hides another."""

import re

from coprod_review.source.parse_error import ParseError
from coprod_review.source.positions import Span

ID_LINE = re.compile(r"^[ -]*\bid:[^\w\n]*([\w.-]+)", re.MULTILINE)


def split_entries(lines: list[str]) -> tuple[list[tuple[int, str]], list[int]] | None:
    """Cut the lines of a studies file into its entries: (lines before, text) of each, and lines that belong to none."""
    start = next((n for n, line in enumerate(lines) if re.match(r"studies:\s*(?:#.*)?$", line)), None)
    first = next((n for n in range((start or 0) + 1, len(lines)) if re.match(r" *- ", lines[n])), None)
    if start is None or first is None:
        return None
    dash = lines[first][: lines[first].index("-")] + "- "
    # What begins a line and is no entry belongs to none: a mark of a merge conflict, or a word that slipped.
    strays = [n for n in range(first, len(lines)) if re.match(r"[^\s#-]", lines[n])]
    gone = frozenset(strays)
    kept = ["" if n in gone else line for n, line in enumerate(lines)]
    starts = [n for n in range(first, len(lines)) if kept[n].startswith(dash)]
    ends = [*starts[1:], len(lines)]
    pieces = [(a, "\n".join(kept[a:b]) + "\n") for a, b in zip(starts, ends, strict=True)]
    return pieces, [n + 1 for n in strays]


def stray_line(number: int, line: str) -> ParseError:
    """Describe a line that belongs to no entry; ``number`` counts from 1."""
    span = Span(number, 1, number, len(line.rstrip()) + 1)
    if re.match(r"(?:<{7}|={7}|>{7}|\|{7})", line):
        hint = "keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
        return ParseError("syntax", "a mark of a merge conflict stands here", hint, span, ())
    message = f"`{line.strip()[:40]}` belongs to no entry"
    return ParseError("syntax", message, "indent it as the lines around it, or delete it", span, ())
