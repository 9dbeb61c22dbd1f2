"""Walks over the events of the YAML parser: one builds the values of a document, another finds their positions.

Values are built straight from the events of the C parser, which is about three
times as fast as building nodes. Positions are found in a second walk over the
same events, and only when a place has to be named, so a file without problems
never pays for them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from coprod_review.source.parse_error import (
    EMPTY_FILE,
    ParseError,
    ParseErrorKind,
    UnreadableYamlError,
    explain_syntax_error,
)
from coprod_review.source.positions import START, Span, Value
from coprod_review.source.scalars import DATE, resolve_cached

MAX_DEPTH = 40
# Without the C extension PyYAML gives the same events, ten times more slowly.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A line with one field whose text has no quotation marks, and could be put in some.
_UNQUOTED_TEXT = re.compile(r"[ ]*(?:- )*[\w-]+: +(?P<text>[^\s\"'\[\]{}&*!|>%@`#-](?:[^\"\\#]*[^\"\\#\s])?)\s*\Z")

# The type stubs of PyYAML do not describe the attributes of events.
Event = Any
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class NodePosition:
    """The positions of a value, of its key, and of the values inside it."""

    span: Span
    key: Span | None
    children: "dict[str | int, NodePosition]"


class Parser:
    """One walk over the events of one document."""

    def __init__(self, text: str, line_offset: int = 0) -> None:
        self._text = text
        self._next: Callable[[], Event] = _LOADER(text).get_event
        self._offset = line_offset
        self._path: list[str | int] = []
        self.errors: list[ParseError] = []

    def document(self) -> Value:
        """Build the values of the only document. Raises ``UnreadableYamlError`` where parsing cannot go on."""
        return self._translate_errors(self._document)

    def positions(self) -> NodePosition:
        """Find the positions of the only document. Raises ``UnreadableYamlError`` where parsing cannot go on."""
        return self._translate_errors(self._root_position)

    def _translate_errors(self, walk: Callable[[], Result]) -> Result:
        try:
            return walk()
        except yaml.MarkedYAMLError as error:
            raise UnreadableYamlError(self._syntax_error(error)) from None
        except yaml.reader.ReaderError as error:
            raise UnreadableYamlError(self._character_error(error)) from None

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> ParseError:
        # An unclosed quotation mark runs to the end of the file; a person has to see where it begins.
        is_unclosed = "quoted scalar" in (error.context or "")
        mark: Any = (error.context_mark if is_unclosed else None) or error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = error.problem or ""
        reason, hint = explain_syntax_error(problem, is_unclosed=is_unclosed)
        message = f"this is not valid YAML: {reason}"
        if "mapping values are not allowed" in problem and (unquoted := self._unquoted_text(line, message)):
            return unquoted
        span = Span(line + self._offset, column, line + self._offset, column + 1)
        return ParseError("syntax", message, hint, span, ())

    def _unquoted_text(self, line: int, message: str) -> ParseError | None:
        """Return the error for a text that contains a colon and a space, with the text in quotation marks."""
        match = _UNQUOTED_TEXT.match(self._text.split("\n")[line - 1])
        if match is None:
            return None
        start, end = match.span("text")
        span = Span(line + self._offset, start + 1, line + self._offset, end + 1)
        return ParseError("syntax", message, "put the whole text in quotation marks", span, (), f'"{match["text"]}"')

    def _character_error(self, error: yaml.reader.ReaderError) -> ParseError:
        position = error.position if isinstance(error.position, int) else 0
        before = self._text.encode("utf-8", "surrogatepass")[:position]
        line = before.count(b"\n") + 1 + self._offset
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "ignore")) + 1
        message = f"YAML does not allow this character: {error.reason}"
        return ParseError("syntax", message, "delete the character", Span(line, column, line, column + 1), ())

    def _span(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(start.line + 1 + self._offset, start.column + 1, end.line + 1 + self._offset, end.column + 1)

    def _add_error(
        self, kind: ParseErrorKind, event: Event, message: str, hint: str, replacement: str | None = None
    ) -> None:
        self.errors.append(ParseError(kind, message, hint, self._span(event), tuple(self._path), replacement))

    def _add_tag_error(self, event: Event) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self._add_error("tag", event, f"the tag `{tag}` is not allowed here", "delete the tag")

    def _add_trap(self, kind: ParseErrorKind, event: Event, meaning: str) -> None:
        raw = event.value
        quoted = f'"{raw}"'
        replacement = None if set(raw) & set('"\\') else quoted
        message = f"other programs read `{raw}` as {meaning}, not as text"
        self._add_error(kind, event, message, f"write {quoted}", replacement)

    def _document(self) -> Value:
        for _ in range(2):
            event = self._next()
            if isinstance(event, yaml.StreamEndEvent):
                raise UnreadableYamlError(EMPTY_FILE)
        value = self._value(self._next())
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            hint = "a file has only one document: delete the line ---"
            self._add_error("syntax", after, "a second document starts here", hint)
        return value

    def _value(self, event: Event) -> Value:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            hint = "write the value out, so that an edit to one entry never changes another"
            self._add_error("alias", event, f"the alias `*{event.anchor}` repeats a value from another place", hint)
            return None
        if len(self._path) >= MAX_DEPTH:
            raise self._too_deep(event)
        if event.tag is not None and not event.implicit:
            self._add_tag_error(event)
        return self._mapping() if kind is MappingStartEvent else self._sequence()

    def _too_deep(self, event: Event) -> UnreadableYamlError:
        message = f"brackets or lists are nested more than {MAX_DEPTH} levels deep here"
        hint = "no entry needs so many levels: close the brackets where they belong"
        return UnreadableYamlError(ParseError("too-deep", message, hint, self._span(event), tuple(self._path)))

    def _scalar(self, event: Event) -> Value:
        if event.tag is not None:
            self._add_tag_error(event)
        if not event.implicit[0]:
            return event.value  # type: ignore[no-any-return]
        value, trap = resolve_cached(event.value)
        if trap is not None:
            self._add_trap("date" if trap == DATE else "trap", event, trap)
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
            # Most values are scalars, and one call less for each of a million saves a second.
            value = self._scalar(item) if type(item) is ScalarEvent else self._value(item)
            if key in values:
                first = marks[key].line + 1 + self._offset
                message = f"the key `{key}` is used twice here; the first is on line {first}"
                self._add_error("duplicate-key", event, message, "keep one of the two")
            else:
                values[key] = value
                marks[key] = event.start_mark
        path.pop()
        return values

    def _key(self, event: Event) -> str:
        if type(event) is not ScalarEvent:
            raise self._not_a_word(event)
        word: str = event.value
        if event.implicit[0] and (trap := resolve_cached(word)[1]) is not None:
            self._path[-1] = word
            self._add_trap("trap", event, trap)
        return word

    def _not_a_word(self, event: Event) -> UnreadableYamlError:
        message, hint = "a key must be one word", "write a key and a colon before the braces or brackets"
        return UnreadableYamlError(ParseError("syntax", message, hint, self._span(event), tuple(self._path[:-1])))

    def _root_position(self) -> NodePosition:
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return NodePosition(START, None, {})
        return self._position(self._next(), None, 0)

    def _position(self, event: Event, key: Span | None, depth: int) -> NodePosition:
        if type(event) in (ScalarEvent, AliasEvent):
            return NodePosition(self._span(event), key, {})
        if depth >= MAX_DEPTH:
            raise self._too_deep(event)
        children: dict[str | int, NodePosition] = {}
        start, is_mapping = self._span(event), type(event) is MappingStartEvent
        while type(item := self._next()) not in (MappingEndEvent, SequenceEndEvent):
            if is_mapping and type(item) is not ScalarEvent:
                raise self._not_a_word(item)
            if is_mapping:
                children.setdefault(item.value, self._position(self._next(), self._span(item), depth + 1))
            else:
                children[len(children)] = self._position(item, None, depth + 1)
        end = self._span(item)
        return NodePosition(Span(start.line, start.column, end.end_line, end.end_column), key, children)
