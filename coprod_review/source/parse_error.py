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


_CHECK_LINES = "check the indentation, quotation marks and colons here and on the line above"
_EXPLANATIONS = (
    (
        "mapping values are not allowed",
        "a colon is not allowed here",
        "put a text that contains a colon and a space in quotation marks",
    ),
    (
        "cannot start any token",
        "a value begins with a tab or a special character",
        "indent with spaces, not tabs, and put text that starts with a special character in quotation marks",
    ),
    ("tab character", "a tab is not allowed in the indentation", "indent with spaces, not tabs"),
    (
        "unknown escape character",
        "in quotation marks, a backslash has a meaning, and this one is unknown",
        "write two backslashes for one backslash",
    ),
    ("could not find expected ':'", "a key has no colon after it", _CHECK_LINES),
    ("did not find expected key", "a line does not fit the lines above it", _CHECK_LINES),
    ("did not find expected '-' indicator", "a line does not fit the list above it", _CHECK_LINES),
    ("did not find expected ',' or ']'", "a bracket is not closed, or a comma is missing", _CHECK_LINES),
    ("did not find expected ',' or '}'", "a brace is not closed, or a comma is missing", _CHECK_LINES),
    ("found unexpected end of stream", "the file ends inside a text in quotation marks", _CHECK_LINES),
    ("did not find expected node content", "a value is missing, or there is a comma too many", _CHECK_LINES),
    ("did not find expected <document start>", "there is something after the end of the entries", _CHECK_LINES),
    ("block sequence entries are not allowed", "a list cannot begin at this dash", _CHECK_LINES),
)
"""Parts of messages of the C parser, each with what is wrong in plain words, and what to do."""


def explain_syntax_error(problem: str, *, is_unclosed: bool) -> tuple[str, str]:
    """Return what is wrong, and what to do.

    ``problem`` is the message of the C parser; ``is_unclosed`` says that a quotation mark is not closed.
    """
    explained = ((reason, hint) for part, reason, hint in _EXPLANATIONS if part in problem)
    reason, hint = next(explained, (problem or "the parser gives no reason", _CHECK_LINES))
    return reason, "close the quotation mark that opens here" if is_unclosed else hint
