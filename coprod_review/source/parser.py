"""One pass over the events of the YAML parser: the values of a document, or the places of its values.

Values are built straight from the events of the C parser, which is about three
times as fast as building nodes. Positions are worked out in a second pass over
the same events, and only when a place has to be named, so a file without
problems never pays for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from coprod_review.source.parse_error import (
    UNQUOTED_TEXT,
    ParseError,
    ParseErrorKind,
    UnreadableYamlError,
    plain_problem,
    syntax_hint,
)
from coprod_review.source.positions import START, Span, Value
from coprod_review.source.scalars import resolve_cached

# The stubs know nothing of what an event holds.
Event = Any


# The pure Python reader is ten times slower and gives the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class NodePosition:
    """Where a value stands, where its key stands, and the places inside it."""

    span: Span
    key: Span | None
    inside: "dict[str | int, NodePosition]"


Walked = TypeVar("Walked")


class Parser:
    """One pass over the events of one document."""

    def __init__(self, text: str, line_offset: int = 0) -> None:
        self._text = text
        self._next: Callable[[], Event] = _LOADER(text).get_event
        self._offset = line_offset
        self._path: list[str | int] = []
        self.misreadings: list[ParseError] = []

    def _span(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(start.line + 1 + self._offset, start.column + 1, end.line + 1 + self._offset, end.column + 1)

    def _note(self, kind: ParseErrorKind, event: Event, message: str, hint: str) -> None:
        self.misreadings.append(ParseError(kind, message, hint, self._span(event), tuple(self._path)))

    def _note_trap(self, kind: ParseErrorKind, event: Event, meaning: str) -> None:
        raw = event.value
        message, hint = f"`{raw}` would be read as {meaning}, not as text", f'write "{raw}"'
        instead = None if set(raw) & set('"\\') else f'"{raw}"'
        self.misreadings.append(ParseError(kind, message, hint, self._span(event), tuple(self._path), instead))

    def document(self) -> Value:
        """Build the values of the only document. Raises ``UnreadableYamlError`` where reading cannot go on."""
        return self._halting(self._document)

    def places(self) -> NodePosition:
        """Walk the only document again and note where everything stands."""
        return self._halting(self._root_place)

    def _halting(self, walk: Callable[[], Walked]) -> Walked:
        try:
            return walk()
        except yaml.MarkedYAMLError as error:
            raise UnreadableYamlError(self._syntax(error)) from None
        except yaml.reader.ReaderError as error:
            raise UnreadableYamlError(self._stray(error)) from None

    def _syntax(self, error: yaml.MarkedYAMLError) -> ParseError:
        # An unclosed quotation mark runs to the end of the file; its beginning is what a person must see.
        from_context = "quoted scalar" in (error.context or "")
        mark: Any = (error.context_mark if from_context else None) or error.problem_mark or error.context_mark
        line, column = (mark.line + 1 + self._offset, mark.column + 1) if mark else (1 + self._offset, 1)
        problem = error.problem or "it is not YAML"
        message = f"this cannot be read as YAML: {plain_problem(problem)}"
        if "mapping values are not allowed" in problem and (quoted := self._quoted(line - self._offset, message)):
            return quoted._replace(span=quoted.span._replace(line=line, end_line=line))
        return ParseError(
            "syntax", message, syntax_hint(problem, from_context), Span(line, column, line, column + 1), ()
        )

    def _quoted(self, line: int, message: str) -> ParseError | None:
        """A text on one line that a colon and a blank break, with its quotation marks."""
        found = UNQUOTED_TEXT.match(self._text.split("\n")[line - 1])
        if found is None:
            return None
        start, end = found.span("text")
        span = Span(line, start + 1, line, end + 1)
        better = f'"{found["text"]}"'
        return ParseError("syntax", message, "put the whole text in quotation marks", span, (), better)

    def _stray(self, error: yaml.reader.ReaderError) -> ParseError:
        position = error.position if isinstance(error.position, int) else 0
        before = self._text.encode("utf-8", "surrogatepass")[:position]
        line = before.count(b"\n") + 1 + self._offset
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "ignore")) + 1
        message = f"a character may not stand here: {error.reason}"
        return ParseError("syntax", message, "delete the stray character", Span(line, column, line, column + 1), ())

    def _document(self) -> Value:
        for _ in range(2):
            event = self._next()
            if isinstance(event, yaml.StreamEndEvent):
                raise UnreadableYamlError(
                    ParseError("empty", "the file is empty", "write at least one entry", START, ())
                )
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

    def _too_deep(self, event: Event) -> UnreadableYamlError:
        message = f"more than {MAX_DEPTH} levels are nested here"
        hint = "no entry needs as many: check the brackets"
        return UnreadableYamlError(ParseError("too-deep", message, hint, self._span(event), tuple(self._path)))

    def _scalar(self, event: Event) -> Value:
        if event.tag is not None:
            self._note("tag", event, f"the tag `{event.tag}` is not used here", "delete it")
        if not event.implicit[0]:
            return event.value  # type: ignore[no-any-return]
        value, trap = resolve_cached(event.value)
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
        if event.implicit[0] and (trap := resolve_cached(word)[1]) is not None:
            self._path[-1] = word
            self._note_trap("trap", event, trap)
        return word

    def _no_word(self, event: Event) -> UnreadableYamlError:
        message, hint = "a key must be one word", "put the braces or brackets after a key and a colon"
        return UnreadableYamlError(ParseError("syntax", message, hint, self._span(event), tuple(self._path[:-1])))

    def _root_place(self) -> NodePosition:
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return NodePosition(START, None, {})
        return self._place(self._next(), None, 0)

    def _place(self, event: Event, key: Span | None, depth: int) -> NodePosition:
        if type(event) in (ScalarEvent, AliasEvent):
            return NodePosition(self._span(event), key, {})
        if depth >= MAX_DEPTH:
            raise self._too_deep(event)
        inside: dict[str | int, NodePosition] = {}
        start, mapping = self._span(event), type(event) is MappingStartEvent
        while type(item := self._next()) not in (MappingEndEvent, SequenceEndEvent):
            if mapping and type(item) is not ScalarEvent:
                raise self._no_word(item)
            if mapping:
                inside.setdefault(item.value, self._place(self._next(), self._span(item), depth + 1))
            else:
                inside[len(inside)] = self._place(item, None, depth + 1)
        end = self._span(item)
        return NodePosition(Span(start.line, start.column, end.end_line, end.end_column), key, inside)
