"""Errors met while parsing YAML, worded for the person who typed the file."""

from typing import Literal, NamedTuple

from coprod_review.source.positions import START, KeyPath, Span

ParseErrorKind = Literal[
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


class ParseError(NamedTuple):
    """Something wrong with the text itself."""

    kind: ParseErrorKind
    message: str
    hint: str
    span: Span
    path: KeyPath
    replacement: str | None = None
    """Text for the span that every program reads alike."""


EMPTY_FILE = ParseError("empty", "the file is empty", "write at least one entry", START, ())


class UnreadableYamlError(Exception):
    """Raised where parsing cannot go on, with the error to report."""

    def __init__(self, parse_error: ParseError) -> None:
        self.parse_error = parse_error


# Messages of the C parser, by a part of their text, and what is shown instead.
_PLAIN_MESSAGES = (
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


def plain_message(problem: str) -> str:
    """Return a message of the C parser in plain words."""
    return next((plain for part, plain in _PLAIN_MESSAGES if part in problem), problem)


def syntax_hint(problem: str, *, is_unclosed: bool) -> str:
    """Return what to do about a syntax error; ``is_unclosed`` says that a quotation mark is not closed."""
    if is_unclosed:
        return "close the quotation mark that opens here"
    if "tab" in problem or "cannot start any token" in problem:
        return "indent with spaces, not tabs, and put text that starts with a special sign in quotation marks"
    if "mapping values are not allowed" in problem:
        return "put a text that holds a colon and a space in quotation marks"
    return "check the indentation, quotation marks and colons here and on the line above"
