"""YAML text with the positions of its values.

It is parsed as YAML 1.2, like editors and JSON Schema do: only ``true``,
``false``, ``null`` and plain decimal numbers are not text. Whatever programs
that follow YAML 1.1 would read otherwise is reported as a trap.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from coprod_review.source.parse_error import EMPTY_FILE, ParseError, ParseErrorKind, UnreadableYamlError
from coprod_review.source.parser import NodePosition, Parser
from coprod_review.source.positions import START, Comment, KeyPath, Span, Value
from coprod_review.source.recovery import Piece, recover_entries

BYTE_ORDER_MARK = "\ufeff"
# Characters that end a line for some programs and not for others; editors do not show them.
_HIDDEN_BREAK = re.compile("[\x85\u2028\u2029]|\\r(?!\\n)")
_MAX_LINE = 1_000_000


class YamlText:
    """The text of one file, its values, their positions, and the errors in it.

    A file whose YAML is broken in one entry of its list is parsed entry by
    entry, so that one bad entry never hides another.
    """

    def __init__(self, text: str, name: str) -> None:
        self.original = text
        """The text as it is in its file."""
        self.has_byte_order_mark = text.startswith(BYTE_ORDER_MARK)
        self.text = text.removeprefix(BYTE_ORDER_MARK)
        """The text without its byte order mark, and with hidden line breaks replaced by spaces."""
        self.name = name
        self.data: Value = None
        self.parse_errors: list[ParseError] = []
        self.lost_entries = 0
        """How many entries could not be parsed; at least 1 where an error ended the parsing of the file."""
        self.lost_ids: list[str] = []
        """The ids of the lost entries, or file and line for one without an id."""
        self.lost_paths: list[KeyPath] = []
        self._pieces: list[Piece] = []
        self._piece_positions: dict[int, NodePosition] = {}
        self._parse()

    @classmethod
    def from_bytes(cls, content: bytes, name: str) -> "YamlText":
        """Decode bytes as UTF-8; where they are not, the result has a parse error at their line."""
        try:
            return cls(content.decode("utf-8"), name)
        except UnicodeDecodeError as error:
            span = _span_after(content[: error.start].decode("utf-8"))
            message = f"the byte 0x{content[error.start]:02x} is not valid in UTF-8"
            return cls.unreadable(name, "encoding", message, "save the file as UTF-8", span)

    @classmethod
    def unreadable(
        cls, name: str, kind: ParseErrorKind, message: str, hint: str, span: Span | None = None
    ) -> "YamlText":
        """Return the text of a file of which nothing could be read, with the reason as its parse error."""
        text = cls("", name)
        text.parse_errors, text.lost_entries = [ParseError(kind, message, hint, span or START, ())], 1
        return text

    def _parse(self) -> None:
        if _may_have_long_line(self.text) and max(map(len, self.lines)) > _MAX_LINE:
            self._refuse_long_line()
            return
        hidden_breaks = self._replace_hidden_breaks()
        parser = Parser(self.text)
        try:
            self.data = parser.document()
            self.parse_errors = parser.errors
        except UnreadableYamlError as error:
            self.parse_errors = [*parser.errors, error.parse_error]
            self._recover()
            self.lost_entries = max(len(self.lost_paths), 1)
        self.parse_errors = [*hidden_breaks, *self.parse_errors]
        if self.data is None and not self.parse_errors:
            self.parse_errors.append(EMPTY_FILE)
            self.lost_entries = 1

    def _refuse_long_line(self) -> None:
        number, line = next((n, line) for n, line in enumerate(self.lines, 1) if len(line) > _MAX_LINE)
        message = f"this line has {len(line):,} characters, and at most {_MAX_LINE:,} are allowed"
        span = Span(number, 1, number, 2)
        self.parse_errors.append(ParseError("long-line", message, "write one field on a line", span, ()))
        self.lost_entries = 1

    def _replace_hidden_breaks(self) -> list[ParseError]:
        """Replace hidden line breaks by spaces, so that all programs count the same lines; report the first."""
        if not any(character in self.text for character in "\r\x85\u2028\u2029"):
            return []
        first = _HIDDEN_BREAK.search(self.text)
        if first is None:
            return []
        span = _span_after(self.text[: first.start()])
        self.text, count = _HIDDEN_BREAK.subn(" ", self.text)
        message = f"the invisible character U+{ord(first[0]):04X} breaks the line in some programs and not in others"
        more = f"; the file has {count} such characters" if count > 1 else ""
        return [ParseError("trap", message + more, "delete it, or start a new line", span, ())]

    def _recover(self) -> None:
        """Parse the entries of a broken file one by one."""
        recovery = recover_entries(self.lines, self.name)
        if recovery is None:
            return
        self._pieces, self.data = recovery.pieces, recovery.data
        self.lost_ids, self.lost_paths = recovery.lost_ids, recovery.lost_paths
        # Where every entry can be parsed, the error is before or after the entries, and is reported as it is.
        whole_file = [] if recovery.lost_paths or recovery.has_stray_lines else self.parse_errors
        self.parse_errors = [*whole_file, *recovery.errors]

    @cached_property
    def _positions(self) -> NodePosition:
        if self.data is None:  # it could not be parsed for its values, so it cannot be parsed for their positions
            return NodePosition(START, None, {})
        try:
            return Parser(self.text).positions()
        except UnreadableYamlError:
            return NodePosition(START, None, {})

    def locate(self, path: KeyPath, at: Literal["key", "value"] = "value") -> Span:
        """Return the span of a key path; where it is not written, that of the nearest path around it."""
        position, steps = self._start(path)
        for step in steps:
            child = position.children.get(step)
            if child is None:
                span = position.span
                return Span(span.line, span.column, span.line, span.column + 1)
            position = child
        return position.key if at == "key" and position.key else position.span

    def _start(self, path: KeyPath) -> tuple[NodePosition, KeyPath]:
        """Return the position to start from, and the steps of the path from there."""
        if not self._pieces or len(path) < 2 or not isinstance(path[1], int) or path[1] >= len(self._pieces):
            return self._positions, path
        return self._positions_in_piece(path[1]), (0, *path[2:])

    def _positions_in_piece(self, number: int) -> NodePosition:
        if number not in self._piece_positions:
            piece = self._pieces[number]
            try:
                self._piece_positions[number] = Parser(piece.text, piece.line_offset).positions()
            except UnreadableYamlError:
                line = piece.line_offset + 1
                self._piece_positions[number] = NodePosition(Span(line, 1, line, 2), None, {})
        return self._piece_positions[number]

    def text_at(self, span: Span) -> str:
        """Return the text of a span on one line; empty for a span over several."""
        return self.line(span.line)[span.column - 1 : span.end_column - 1] if span.line == span.end_line else ""

    def comments(self, opening: str) -> list[Comment]:
        """Return the comments that begin with a word, in order; a hash sign within a value begins no comment."""
        if opening not in self.text:
            return []
        pattern = re.compile(rf"(?:^|(?<=[ \t]))#[ \t]*({re.escape(opening)}\b[^\r]*)")
        matches = ((number, pattern.search(line)) for number, line in enumerate(self.lines, 1) if opening in line)
        return [_comment(n, match) for n, match in matches if match and self.is_outside_values(n, match.start())]

    def is_outside_values(self, line: int, column: int) -> bool:
        """Whether the character after a column, counted from 0, is outside every value."""
        return not _contain(self._value_spans.get(line, ()), line, column)

    def ends_in_block(self, line: int) -> bool:
        """Whether the last value on a line is a block scalar, which includes the line and its end."""
        spans = sorted(self._value_spans.get(line, ()))
        return bool(spans) and self.line(spans[-1].line)[spans[-1].column - 1 :][:1] in ("|", ">")

    @cached_property
    def _value_spans(self) -> dict[int, list[Span]]:
        """The spans of the scalars on each line."""
        spans: dict[int, list[Span]] = {}
        remaining = [self._positions]
        while remaining:
            position = remaining.pop()
            remaining.extend(position.children.values())
            if not position.children:
                for line in range(position.span.line, position.span.end_line + 1):
                    spans.setdefault(line, []).append(position.span)
        return spans

    def line(self, number: int) -> str:
        """Return one line of the text, counted from 1; empty after the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")


def _span_after(before: str) -> Span:
    """Return the span of the character that follows a text from the start of a file."""
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    return Span(line, column, line, column + 1)


def _comment(number: int, match: re.Match[str]) -> Comment:
    span = Span(number, match.start() + 1, number, match.end() + 1)
    return Comment(match[1].strip(), span, not match.string[: match.start()].strip())


def _contain(spans: Iterable[Span], line: int, column: int) -> bool:
    return any((s.line, s.column) <= (line, column + 1) < (s.end_line, s.end_column) for s in spans)


def _may_have_long_line(text: str) -> bool:
    """Whether a stretch of half the longest line allowed has no line break: a longer line contains such a stretch."""
    half = _MAX_LINE // 2
    return any("\n" not in text[start : start + half] for start in range(0, len(text) - half + 1, half))
