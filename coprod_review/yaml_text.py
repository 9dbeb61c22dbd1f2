"""YAML text that remembers where everything stands.

Values are built straight from the events of the C parser, which is about three
times as fast as building nodes. Positions are worked out in a second pass over
the same events, and only when something has to be said about a place, so a
clean file never pays for them.

The reading is that of YAML 1.2 as editors and JSON Schema see it: only
``true``, ``false``, ``null`` and plain decimal numbers are not text. Whatever
YAML 1.1 programs would read otherwise is reported as a trap.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple, TypeVar

import yaml
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

# The stubs know nothing of what an event holds.
Event = Any
KeyPath = tuple[str | int, ...]
Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]

# The pure Python reader is ten times slower and gives the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_HIDDEN_BREAK = re.compile("[\x85\u2028\u2029]|\\r(?!\\n)")

MAX_DEPTH = 40
MAX_LINE = 1_000_000
MAX_NUMBER = 2**53 - 1
"""Beyond it programs that count in floating point, JavaScript among them, read another number."""


class Span(NamedTuple):
    """A stretch of text; lines and columns count from 1, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)

Mishap = Literal[
    "unreadable",
    "encoding",
    "empty",
    "syntax",
    "too-deep",
    "long-line",
    "duplicate-key",
    "alias",
    "tag",
    "trap",
    "date",
]


class Misreading(NamedTuple):
    """Something wrong with the text itself, found while reading it."""

    kind: Mishap
    message: str
    hint: str
    span: Span
    path: KeyPath
    instead: str | None = None
    """The same value, written so that every program reads it alike."""


class Comment(NamedTuple):
    """A comment and where it stands."""

    text: str
    """What it says, without the hash sign."""
    span: Span
    alone: bool
    """Whether nothing else stands on its line."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands, where its key stands, and the places inside it."""

    span: Span
    key: Span | None
    inside: "dict[str | int, _Place]"


Walked = TypeVar("Walked")


class _HaltError(Exception):
    """Reading cannot go on; carries what to report."""

    def __init__(self, misreading: Misreading) -> None:
        self.misreading = misreading


_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "false": False, "True": True, "False": False, "TRUE": True, "FALSE": False}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
# What YAML 1.1 (https://yaml.org/type/) or 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema) reads otherwise.
_TRAPS = (
    (re.compile(r"(?:yes|Yes|YES|on|On|ON)\Z"), "true"),
    (re.compile(r"(?:no|No|NO|off|Off|OFF)\Z"), "false"),
    (_DATE, "a date"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9].*\Z"), "a date with a time"),
    (re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+\Z"), "a number to the base 60"),
    (re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*\Z"), "a number to the base 60"),
    (re.compile(r"[-+]?0o?[0-7_]+\Z"), "an octal number"),
    (re.compile(r"[-+]?0x[0-9a-fA-F_]+\Z"), "a hexadecimal number"),
    (re.compile(r"[-+]?0b[0-1_]+\Z"), "a binary number"),
    (re.compile(r"(?=.*_)[-+]?[0-9._]+(?:[eE][-+]?[0-9_]+)?\Z"), "a number without its underscores"),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"), "a number that is not finite"),
    (re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z"), "a number"),
    (re.compile(r"(?:=|<<)\Z"), "an instruction"),
)
_LONGEST_NUMBER = 18
_MAY_BE_TRAP = frozenset("+-.=<0123456789yYnNoO")


def descend(value: Value, step: str | int) -> tuple[bool, Value]:
    """One step of a key path into data: whether there is anything there, and what."""
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return True, value[step]
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return True, value[step]
    return False, None


def texts_in(value: Value, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text in data with its key path, in the order of the data; keys are no texts."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from texts_in(item, (*path, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, (*path, key))


def resolve(raw: str) -> tuple[Value, str | None]:
    """Read a plain scalar: its value, and what YAML 1.1 would make of it where that differs."""
    if raw in _NULLS:
        return None, None
    if raw in _BOOLS:
        return _BOOLS[raw], None
    if _INT.match(raw) or _FLOAT.match(raw):
        return _number(raw)
    if raw[0] in _MAY_BE_TRAP:
        return raw, next((meaning for pattern, meaning in _TRAPS if pattern.match(raw)), None)
    return raw, None


def _number(raw: str) -> tuple[Value, str | None]:
    if len(raw) <= _LONGEST_NUMBER:
        value = float(raw) if "." in raw else int(raw)
        if abs(value) <= MAX_NUMBER:
            return value, None
    return raw, "a number that programs round"


# Most words of a base stand in it many times.
_resolved = lru_cache(maxsize=50_000)(resolve)


# What the C parser says, in the words of whoever typed the file.
_SAID = (
    ("mapping values are not allowed", "a colon stands where none may"),
    ("could not find expected ':'", "a key has no colon behind it"),
    ("did not find expected key", "a line does not fit the lines above it"),
    ("did not find expected '-' indicator", "a line does not fit the list above it"),
    ("did not find expected ',' or ']'", "a bracket is not closed, or a comma is missing"),
    ("did not find expected ',' or '}'", "a brace is not closed, or a comma is missing"),
    ("cannot start any token", "a tab or a special sign begins a value"),
    ("found unexpected end of stream", "the file ends within a text in quotation marks"),
    ("unknown escape character", "a backslash in quotation marks is followed by a sign that means nothing"),
    ("did not find expected node content", "a value is missing, or a comma too many"),
    ("did not find expected <document start>", "something stands after the end of the entries"),
    ("block sequence entries are not allowed", "a dash stands where no list may begin"),
)


def _said(problem: str) -> str:
    return next((plain for part, plain in _SAID if part in problem), problem)


_UNQUOTED = re.compile(r"[ ]*(?:- )*[\w-]+: +(?P<text>[^\s\"'\[\]{}&*!|>%@`#-](?:[^\"\\#]*[^\"\\#\s])?)\s*\Z")


def _syntax_hint(problem: str, unclosed: bool) -> str:
    if unclosed:
        return "close the quotation mark that opens here"
    if "tab" in problem or "cannot start any token" in problem:
        return "indent with spaces, not tabs, and put text that starts with a special sign in quotation marks"
    if "mapping values are not allowed" in problem:
        return "put a text that holds a colon and a space in quotation marks"
    return "check the indentation, quotation marks and colons here and on the line above"


class _Reader:
    """One pass over the events of one document."""

    def __init__(self, text: str, line_offset: int = 0) -> None:
        self._text = text
        self._next: Callable[[], Event] = _LOADER(text).get_event
        self._offset = line_offset
        self._path: list[str | int] = []
        self.misreadings: list[Misreading] = []

    def _span(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(start.line + 1 + self._offset, start.column + 1, end.line + 1 + self._offset, end.column + 1)

    def _note(self, kind: Mishap, event: Event, message: str, hint: str) -> None:
        self.misreadings.append(Misreading(kind, message, hint, self._span(event), tuple(self._path)))

    def _note_trap(self, kind: Mishap, event: Event, meaning: str) -> None:
        raw = event.value
        message, hint = f"`{raw}` would be read as {meaning}, not as text", f'write "{raw}"'
        instead = None if set(raw) & set('"\\') else f'"{raw}"'
        self.misreadings.append(Misreading(kind, message, hint, self._span(event), tuple(self._path), instead))

    def document(self) -> Value:
        """Build the values of the only document. Raises ``_HaltError`` where reading cannot go on."""
        return self._halting(self._document)

    def places(self) -> _Place:
        """Walk the only document again and note where everything stands."""
        return self._halting(self._root_place)

    def _halting(self, walk: Callable[[], Walked]) -> Walked:
        try:
            return walk()
        except yaml.MarkedYAMLError as error:
            raise _HaltError(self._syntax(error)) from None
        except yaml.reader.ReaderError as error:
            raise _HaltError(self._stray(error)) from None

    def _syntax(self, error: yaml.MarkedYAMLError) -> Misreading:
        # An unclosed quotation mark runs to the end of the file; its beginning is what a person must see.
        from_context = "quoted scalar" in (error.context or "")
        mark: Any = (error.context_mark if from_context else None) or error.problem_mark or error.context_mark
        line, column = (mark.line + 1 + self._offset, mark.column + 1) if mark else (1 + self._offset, 1)
        problem = error.problem or "it is not YAML"
        message = f"this cannot be read as YAML: {_said(problem)}"
        if "mapping values are not allowed" in problem and (quoted := self._quoted(line - self._offset, message)):
            return quoted._replace(span=quoted.span._replace(line=line, end_line=line))
        return Misreading(
            "syntax", message, _syntax_hint(problem, from_context), Span(line, column, line, column + 1), ()
        )

    def _quoted(self, line: int, message: str) -> Misreading | None:
        """A text on one line that a colon and a blank break, with its quotation marks."""
        found = _UNQUOTED.match(self._text.split("\n")[line - 1])
        if found is None:
            return None
        start, end = found.span("text")
        span = Span(line, start + 1, line, end + 1)
        better = f'"{found["text"]}"'
        return Misreading("syntax", message, "put the whole text in quotation marks", span, (), better)

    def _stray(self, error: yaml.reader.ReaderError) -> Misreading:
        position = error.position if isinstance(error.position, int) else 0
        before = self._text.encode("utf-8", "surrogatepass")[:position]
        line = before.count(b"\n") + 1 + self._offset
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "ignore")) + 1
        message = f"a character may not stand here: {error.reason}"
        return Misreading("syntax", message, "delete the stray character", Span(line, column, line, column + 1), ())

    def _document(self) -> Value:
        for _ in range(2):
            event = self._next()
            if isinstance(event, yaml.StreamEndEvent):
                raise _HaltError(Misreading("empty", "the file is empty", "write at least one entry", START, ()))
        value = self._value(self._next())
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            hint = "keep one document in a file: delete the line ---"
            self._note("syntax", after, "a second document starts here", hint)
        return value

    def _value(self, event: Event) -> Value:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            hint = "write the value out, so that an edit to one entry never changes another"
            self._note("alias", event, f"`*{event.anchor}` repeats a value from elsewhere", hint)
            return None
        if len(self._path) >= MAX_DEPTH:
            raise self._too_deep(event)
        if event.tag is not None and not event.implicit:
            self._note("tag", event, f"the tag `{event.tag}` is not used here", "delete it")
        return self._mapping() if kind is MappingStartEvent else self._sequence()

    def _too_deep(self, event: Event) -> _HaltError:
        message = f"more than {MAX_DEPTH} levels are nested here"
        hint = "no entry needs as many: check the brackets"
        return _HaltError(Misreading("too-deep", message, hint, self._span(event), tuple(self._path)))

    def _scalar(self, event: Event) -> Value:
        if event.tag is not None:
            self._note("tag", event, f"the tag `{event.tag}` is not used here", "delete it")
        if not event.implicit[0]:
            return event.value  # type: ignore[no-any-return]
        value, trap = _resolved(event.value)
        if trap is not None:
            self._note_trap("date" if trap == "a date" else "trap", event, trap)
        return value

    def _sequence(self) -> list[Value]:
        values: list[Value] = []
        following, path = self._next, self._path
        path.append(0)
        while type(event := following()) is not SequenceEndEvent:
            path[-1] = len(values)
            values.append(self._value(event))
        path.pop()
        return values

    def _mapping(self) -> dict[str, Value]:
        values: dict[str, Value] = {}
        marks: dict[str, Any] = {}
        following, path = self._next, self._path
        path.append("")
        while type(event := following()) is not MappingEndEvent:
            key = path[-1] = self._key(event)
            item = following()
            # Most values are words, and a call saved for each of a million words is a second saved.
            value = self._scalar(item) if type(item) is ScalarEvent else self._value(item)
            if key in values:
                first = marks[key].line + 1 + self._offset
                message = f"the key `{key}` stands here a second time; the first is on line {first}"
                self._note("duplicate-key", event, message, "keep one of the two")
            else:
                values[key] = value
                marks[key] = event.start_mark
        path.pop()
        return values

    def _key(self, event: Event) -> str:
        if type(event) is not ScalarEvent:
            raise self._no_word(event)
        word: str = event.value
        if event.implicit[0] and (trap := _resolved(word)[1]) is not None:
            self._path[-1] = word
            self._note_trap("trap", event, trap)
        return word

    def _no_word(self, event: Event) -> _HaltError:
        message, hint = "a key must be one word", "put the braces or brackets after a key and a colon"
        return _HaltError(Misreading("syntax", message, hint, self._span(event), tuple(self._path[:-1])))

    def _root_place(self) -> _Place:
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return _Place(START, None, {})
        return self._place(self._next(), None, 0)

    def _place(self, event: Event, key: Span | None, depth: int) -> _Place:
        if type(event) in (ScalarEvent, AliasEvent):
            return _Place(self._span(event), key, {})
        if depth >= MAX_DEPTH:
            raise self._too_deep(event)
        inside: dict[str | int, _Place] = {}
        start, mapping = self._span(event), type(event) is MappingStartEvent
        while type(item := self._next()) not in (MappingEndEvent, SequenceEndEvent):
            if mapping and type(item) is not ScalarEvent:
                raise self._no_word(item)
            if mapping:
                inside.setdefault(item.value, self._place(self._next(), self._span(item), depth + 1))
            else:
                inside[len(inside)] = self._place(item, None, depth + 1)
        end = self._span(item)
        return _Place(Span(start.line, start.column, end.end_line, end.end_column), key, inside)


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
        self.misreadings: list[Misreading] = []
        self.data: Value = None
        self._pieces: list[tuple[int, str]] = []
        self._piece_cache: dict[int, _Place] = {}
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
            return cls.unread(name, "encoding", message, "save the file as UTF-8", Span(line, column, line, column + 1))

    @classmethod
    def unread(cls, name: str, kind: Mishap, message: str, hint: str, span: Span | None = None) -> "YamlText":
        """A file of which nothing could be read, and why."""
        text = cls("", name)
        text.misreadings, text.lost = [Misreading(kind, message, hint, span or START, ())], 1
        return text

    def _read(self) -> None:
        if _may_hold_long_line(self.text) and max(map(len, self.lines)) > MAX_LINE:
            self._refuse_long_line()
            return
        hidden = self._hidden_breaks()
        reader = _Reader(self.text)
        try:
            self.data = reader.document()
            self.misreadings = reader.misreadings
        except _HaltError as halt:
            self.misreadings = [*reader.misreadings, halt.misreading]
            self._recover()
            self.lost = max(self.lost, 1)
        self.misreadings = [*hidden, *self.misreadings]
        if self.data is None and not self.misreadings:
            self.misreadings.append(Misreading("empty", "the file is empty", "write at least one entry", START, ()))
            self.lost = 1

    def _refuse_long_line(self) -> None:
        number, line = next((n, line) for n, line in enumerate(self.lines, 1) if len(line) > MAX_LINE)
        message = f"this line has {len(line):,} characters; nothing in an evidence base is as long"
        span = Span(number, 1, number, 2)
        self.misreadings.append(Misreading("long-line", message, "write one field on a line", span, ()))
        self.lost = 1

    def _hidden_breaks(self) -> list[Misreading]:
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
        return [Misreading("trap", message + more, "delete it, or press return", span, ())]

    def _recover(self) -> None:
        """Read the top list of a broken file entry by entry."""
        pieces = _entries(self.lines)
        if pieces is None:
            return
        self._pieces, strays = pieces
        key = "studies"
        entries: list[Value] = []
        found: list[Misreading] = []
        for offset, piece in self._pieces:
            reader = _Reader(piece, offset)
            try:
                value = reader.document()
                kept = [m._replace(path=(key, len(entries), *m.path[1:])) for m in reader.misreadings]
                entries.append(value[0] if isinstance(value, list) and value else None)
            except _HaltError as halt:
                kept = [*reader.misreadings, halt.misreading._replace(path=(key, len(entries)))]
                entries.append(None)
                self.lost += 1
                self.lost_paths.append((key, len(entries) - 1))
                # Entries that lost their indentation or dash stand in the piece of the one above.
                named = [name for name in _ID.findall(piece) if not re.search(r"\.[0-9]+\Z", name)]
                self.lost_ids.extend(named or [f"{self.name}:{offset + 1}"])
            found.extend(kept)
        found.extend(_stray(number, self.line(number)) for number in strays)
        # Where every entry reads alone, what is broken stands before or after them and is kept as found.
        self.misreadings, self.data = found if self.lost or strays else [*self.misreadings, *found], {key: entries}

    @cached_property
    def _places(self) -> _Place:
        if self.data is None:  # what was not read once is not read for its places either
            return _Place(START, None, {})
        try:
            return _Reader(self.text).places()
        except _HaltError:
            return _Place(START, None, {})

    def locate(self, path: KeyPath, at: Literal["key", "value"] = "value") -> Span:
        """Where a key path stands; where it is not written, the nearest written place around it."""
        place, steps = self._start(path)
        for step in steps:
            inner = place.inside.get(step)
            if inner is None:
                return Span(place.span.line, place.span.column, place.span.line, place.span.column + 1)
            place = inner
        return place.key if at == "key" and place.key else place.span

    def _start(self, path: KeyPath) -> tuple[_Place, KeyPath]:
        if not self._pieces or len(path) < 2 or not isinstance(path[1], int) or path[1] >= len(self._pieces):
            return self._places, path
        return self._piece_places(path[1]), (0, *path[2:])

    def _piece_places(self, index: int) -> _Place:
        if index not in self._piece_cache:
            offset, piece = self._pieces[index]
            try:
                self._piece_cache[index] = _Reader(piece, offset).places()
            except _HaltError:
                self._piece_cache[index] = _Place(Span(offset + 1, 1, offset + 1, 2), None, {})
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

    def __iter__(self) -> Iterator[Misreading]:
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


_ID = re.compile(r"^[ -]*\bid:[^\w\n]*([\w.-]+)", re.MULTILINE)


def _entries(lines: list[str]) -> tuple[list[tuple[int, str]], list[int]] | None:
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


def _stray(number: int, line: str) -> Misreading:
    span = Span(number, 1, number, len(line.rstrip()) + 1)
    if re.match(r"(?:<{7}|={7}|>{7}|\|{7})", line):
        hint = "keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
        return Misreading("syntax", "a mark of a merge conflict stands here", hint, span, ())
    message = f"`{line.strip()[:40]}` belongs to no entry"
    return Misreading("syntax", message, "indent it as the lines around it, or delete it", span, ())
