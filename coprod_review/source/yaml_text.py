"""YAML text that remembers where everything is.

The reading is that of YAML 1.2 as editors and JSON Schema see it: only
``true``, ``false``, ``null`` and plain decimal numbers are not text. Whatever
YAML 1.1 programs would read otherwise is reported as a trap.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from coprod_review.source.parse_error import ParseError, ParseErrorKind, UnreadableYamlError
from coprod_review.source.parser import NodePosition, Parser
from coprod_review.source.positions import START, Comment, KeyPath, Span, Value
from coprod_review.source.recovery import ID_LINE, split_entries, stray_line

_HIDDEN_BREAK = re.compile("[\x85\u2028\u2029]|\\r(?!\\n)")
MAX_LINE = 1_000_000


class YamlText:
    """The text of one file, its values, what is wrong with it as text, and where things stand.

    A file whose YAML is broken in one entry of its list is read entry by entry,
    so that one bad entry never hides another; ``lost`` counts the entries that
    could not be read.
    """

    def __init__(self, text: str, name: str) -> None:
        self.original = text
        """The text as it stands in its file."""
        self.has_mark = text.startswith("\ufeff")
        self.text = text.removeprefix("\ufeff")
        self.name = name
        self.lost = 0
        self.lost_ids: list[str] = []
        self.lost_paths: list[KeyPath] = []
        self.misreadings: list[ParseError] = []
        self.data: Value = None
        self._pieces: list[tuple[int, str]] = []
        self._piece_cache: dict[int, NodePosition] = {}
        self._read()

    @classmethod
    def from_bytes(cls, content: bytes, name: str) -> "YamlText":
        """Read bytes as UTF-8; bytes that are not become a misreading at their line."""
        try:
            return cls(content.decode("utf-8"), name)
        except UnicodeDecodeError as error:
            before = content[: error.start].decode("utf-8")
            line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
            message = f"byte 0x{content[error.start]:02x} is not UTF-8"
            return cls.unreadable(
                name, "encoding", message, "save the file as UTF-8", Span(line, column, line, column + 1)
            )

    @classmethod
    def unreadable(
        cls, name: str, kind: ParseErrorKind, message: str, hint: str, span: Span | None = None
    ) -> "YamlText":
        """A file of which nothing could be read, and why."""
        text = cls("", name)
        text.misreadings, text.lost = [ParseError(kind, message, hint, span or START, ())], 1
        return text

    def _read(self) -> None:
        if _may_hold_long_line(self.text) and max(map(len, self.lines)) > MAX_LINE:
            self._refuse_long_line()
            return
        hidden = self._hidden_breaks()
        reader = Parser(self.text)
        try:
            self.data = reader.document()
            self.misreadings = reader.misreadings
        except UnreadableYamlError as halt:
            self.misreadings = [*reader.misreadings, halt.misreading]
            self._recover()
            self.lost = max(self.lost, 1)
        self.misreadings = [*hidden, *self.misreadings]
        if self.data is None and not self.misreadings:
            self.misreadings.append(ParseError("empty", "the file is empty", "write at least one entry", START, ()))
            self.lost = 1

    def _refuse_long_line(self) -> None:
        number, line = next((n, line) for n, line in enumerate(self.lines, 1) if len(line) > MAX_LINE)
        message = f"this line has {len(line):,} characters; nothing in an evidence base is as long"
        span = Span(number, 1, number, 2)
        self.misreadings.append(ParseError("long-line", message, "write one field on a line", span, ()))
        self.lost = 1

    def _hidden_breaks(self) -> list[ParseError]:
        """Line breaks that editors do not show: the first is reported, all are read as spaces so that lines agree."""
        if not any(sign in self.text for sign in "\r\x85\u2028\u2029"):
            return []
        first = _HIDDEN_BREAK.search(self.text)
        if first is None:
            return []
        before = self.text[: first.start()]
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        self.text, count = _HIDDEN_BREAK.subn(" ", self.text)
        message = f"the sign U+{ord(first[0]):04X} breaks the line for some programs and not for others"
        more = f" ({count} such signs in the file)" if count > 1 else ""
        span = Span(line, column, line, column + 1)
        return [ParseError("trap", message + more, "delete it, or press return", span, ())]

    def _recover(self) -> None:
        """Read the top list of a broken file entry by entry."""
        pieces = split_entries(self.lines)
        if pieces is None:
            return
        self._pieces, strays = pieces
        key = "studies"
        entries: list[Value] = []
        found: list[ParseError] = []
        for offset, piece in self._pieces:
            reader = Parser(piece, offset)
            try:
                value = reader.document()
                kept = [m._replace(path=(key, len(entries), *m.path[1:])) for m in reader.misreadings]
                entries.append(value[0] if isinstance(value, list) and value else None)
            except UnreadableYamlError as halt:
                kept = [*reader.misreadings, halt.misreading._replace(path=(key, len(entries)))]
                entries.append(None)
                self.lost += 1
                self.lost_paths.append((key, len(entries) - 1))
                # Entries that lost their indentation or dash stand in the piece of the one above.
                named = [name for name in ID_LINE.findall(piece) if not re.search(r"\.[0-9]+\Z", name)]
                self.lost_ids.extend(named or [f"{self.name}:{offset + 1}"])
            found.extend(kept)
        found.extend(stray_line(number, self.line(number)) for number in strays)
        # Where every entry reads alone, what is broken stands before or after them and is kept as found.
        self.misreadings, self.data = found if self.lost or strays else [*self.misreadings, *found], {key: entries}

    @cached_property
    def _places(self) -> NodePosition:
        if self.data is None:  # what was not read once is not read for its places either
            return NodePosition(START, None, {})
        try:
            return Parser(self.text).places()
        except UnreadableYamlError:
            return NodePosition(START, None, {})

    def locate(self, path: KeyPath, at: Literal["key", "value"] = "value") -> Span:
        """Where a key path stands; where it is not written, the nearest written place around it."""
        place, steps = self._start(path)
        for step in steps:
            inner = place.inside.get(step)
            if inner is None:
                return Span(place.span.line, place.span.column, place.span.line, place.span.column + 1)
            place = inner
        return place.key if at == "key" and place.key else place.span

    def _start(self, path: KeyPath) -> tuple[NodePosition, KeyPath]:
        if not self._pieces or len(path) < 2 or not isinstance(path[1], int) or path[1] >= len(self._pieces):
            return self._places, path
        return self._piece_places(path[1]), (0, *path[2:])

    def _piece_places(self, index: int) -> NodePosition:
        if index not in self._piece_cache:
            offset, piece = self._pieces[index]
            try:
                self._piece_cache[index] = Parser(piece, offset).places()
            except UnreadableYamlError:
                self._piece_cache[index] = NodePosition(Span(offset + 1, 1, offset + 1, 2), None, {})
        return self._piece_cache[index]

    def source(self, span: Span) -> str:
        """The text of a place on one line; empty for a place on several."""
        return self.line(span.line)[span.column - 1 : span.end_column - 1] if span.line == span.end_line else ""

    def comments(self, opening: str) -> list[Comment]:
        """Comments that begin with a word, in their order; a hash sign within a text begins none."""
        if opening not in self.text:
            return []
        found = re.compile(rf"(?:^|(?<=[ \t]))#[ \t]*({re.escape(opening)}\b[^\r]*)")
        shown = ((number, found.search(line)) for number, line in enumerate(self.lines, 1) if opening in line)
        candidates = {number: match for number, match in shown if match}
        return [_comment(n, match) for n, match in candidates.items() if self.is_comment(n, match.start())]

    def is_comment(self, line: int, column: int) -> bool:
        """Whether what stands behind a column, counted from 0, lies in no value."""
        return not _within(self._texts.get(line, ()), line, column)

    def ends_in_block(self, line: int) -> bool:
        """Whether the last value that reaches a line is a block, whose lines and their ends belong to it."""
        spans = sorted(self._texts.get(line, ()))
        return bool(spans) and self.line(spans[-1].line)[spans[-1].column - 1 :][:1] in ("|", ">")

    @cached_property
    def _texts(self) -> dict[int, list[Span]]:
        """The places of the values on each line."""
        found: dict[int, list[Span]] = {}
        waiting = [self._places]
        while waiting:
            place = waiting.pop()
            waiting.extend(place.inside.values())
            for number in () if place.inside else range(place.span.line, place.span.end_line + 1):
                found.setdefault(number, []).append(place.span)
        return found

    def line(self, number: int) -> str:
        """One line of the text, counted from 1; empty past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")

    def __iter__(self) -> Iterator[ParseError]:
        return iter(self.misreadings)


def _comment(number: int, match: re.Match[str]) -> Comment:
    span = Span(number, match.start() + 1, number, match.end() + 1)
    return Comment(match[1].strip(), span, not match.string[: match.start()].strip())


def _within(spans: Iterable[Span], line: int, column: int) -> bool:
    return any((s.line, s.column) <= (line, column + 1) < (s.end_line, s.end_column) for s in spans)


def _may_hold_long_line(text: str) -> bool:
    """Whether some half of the longest line allowed has no line break: a longer line covers such a stretch whole."""
    half = MAX_LINE // 2
    return any("\n" not in text[start : start + half] for start in range(0, len(text) - half + 1, half))
