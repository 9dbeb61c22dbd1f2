"""Problems of a text that is being parsed, each with the words of whoever typed the file."""

import re
from typing import Literal, NamedTuple

from coprod_review.source.positions import KeyPath, Span

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
    """Something wrong with the text itself, found while reading it."""

    kind: ParseErrorKind
    message: str
    hint: str
    span: Span
    path: KeyPath
    replacement: str | None = None
    """The same value, written so that every program reads it alike."""


class UnreadableYamlError(Exception):
    """Reading cannot go on; carries what to report."""

    def __init__(self, misreading: ParseError) -> None:
        self.misreading = misreading


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


def plain_problem(problem: str) -> str:
    """Return what the C parser says in the words of whoever typed the file."""
    return next((plain for part, plain in _SAID if part in problem), problem)


UNQUOTED_TEXT = re.compile(r"[ ]*(?:- )*[\w-]+: +(?P<text>[^\s\"'\[\]{}&*!|>%@`#-](?:[^\"\\#]*[^\"\\#\s])?)\s*\Z")


def syntax_hint(problem: str, unclosed: bool) -> str:
    """Return what to do about a syntax error; ``unclosed`` says that a quotation mark is not closed."""
    if unclosed:
        return "close the quotation mark that opens here"
    if "tab" in problem or "cannot start any token" in problem:
        return "indent with spaces, not tabs, and put text that starts with a special sign in quotation marks"
    if "mapping values are not allowed" in problem:
        return "put a text that holds a colon and a space in quotation marks"
    return "check the indentation, quotation marks and colons here and on the line above"
