"""Read a broken studies file entry by entry, so that one broken entry never hides another."""

import re
from dataclasses import dataclass, field

from coprod_review.source.parse_error import ParseError, UnreadableYamlError
from coprod_review.source.parser import Parser
from coprod_review.source.positions import KeyPath, Span, Value

_STUDIES_KEY = re.compile(r"studies:\s*(?:#.*)?$")
_LIST_ITEM = re.compile(r" *- ")
# A mark of a merge conflict, for example, or a word that lost its indentation.
_OUTSIDE_ENTRIES = re.compile(r"[^\s#-]")
_CONFLICT_MARK = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})")
_ID = re.compile(r"^[ -]*\bid:[^\w\n]*([\w.-]+)", re.MULTILINE)
_FINDING_ID = re.compile(r"\.[0-9]+\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one entry."""

    text: str
    line_offset: int
    """The number of lines before it in the file."""


@dataclass(slots=True)
class Recovery:
    """What could be read of a broken studies file."""

    pieces: list[Piece]
    data: dict[str, Value] = field(default_factory=dict)
    errors: list[ParseError] = field(default_factory=list)
    lost_ids: list[str] = field(default_factory=list)
    lost_paths: list[KeyPath] = field(default_factory=list)
    has_stray_lines: bool = False
    """Whether there are lines that belong to no entry."""


def recover_entries(lines: list[str], name: str) -> Recovery | None:
    """Parse each entry of a studies file alone; ``None`` where the entries cannot be separated.

    An entry that cannot be parsed keeps its number in the list, with no value.
    """
    split = _split_entries(lines)
    if split is None:
        return None
    pieces, stray_lines = split
    recovery, entries = Recovery(pieces, has_stray_lines=bool(stray_lines)), list[Value]()
    for piece in pieces:
        path = ("studies", len(entries))
        parser = Parser(piece.text, piece.line_offset)
        try:
            value = parser.document()
            recovery.errors += [error._replace(path=(*path, *error.path[1:])) for error in parser.errors]
        except UnreadableYamlError as error:
            value = None
            recovery.errors += [*parser.errors, error.parse_error._replace(path=path)]
            recovery.lost_paths.append(path)
            recovery.lost_ids += _study_ids(piece.text) or [f"{name}:{piece.line_offset + 1}"]
        entries.append(value[0] if isinstance(value, list) and value else None)
    recovery.errors += [_stray_line_error(number, lines[number - 1]) for number in stray_lines]
    recovery.data = {"studies": entries}
    return recovery


def _split_entries(lines: list[str]) -> tuple[list[Piece], list[int]] | None:
    """Return the entries of a studies file, and the numbers of the lines that belong to none, counted from 1."""
    start = next((n for n, line in enumerate(lines) if _STUDIES_KEY.match(line)), None)
    first = next((n for n in range((start or 0) + 1, len(lines)) if _LIST_ITEM.match(lines[n])), None)
    if start is None or first is None:
        return None
    dash = lines[first][: lines[first].index("-")] + "- "
    strays = [n for n in range(first, len(lines)) if _OUTSIDE_ENTRIES.match(lines[n])]
    without_strays = list(lines)
    for n in strays:
        without_strays[n] = ""
    starts = [n for n in range(first, len(lines)) if without_strays[n].startswith(dash)]
    ends = [*starts[1:], len(lines)]
    pieces = [Piece("\n".join(without_strays[a:b]) + "\n", a) for a, b in zip(starts, ends, strict=True)]
    return pieces, [n + 1 for n in strays]


def _study_ids(piece: str) -> list[str]:
    """Return the ids of the studies in a piece: an entry without its dash is in the piece of the entry above."""
    return [identity for identity in _ID.findall(piece) if not _FINDING_ID.search(identity)]


def _stray_line_error(number: int, line: str) -> ParseError:
    span = Span(number, 1, number, len(line.rstrip()) + 1)
    if _CONFLICT_MARK.match(line):
        hint = "keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
        return ParseError("syntax", "this line is a mark of a merge conflict", hint, span, ())
    message = f"`{line.strip()[:40]}` is not part of an entry"
    return ParseError("syntax", message, "indent it like the lines around it, or delete it", span, ())
