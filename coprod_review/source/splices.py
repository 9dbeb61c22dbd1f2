"""Edits that delete, replace or add entries of a mapping or items of a list, in the style that the file has there.

Comments stay: those inside an entry that is deleted or replaced are written on lines of their own in its place.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from coprod_review.source.positions import KeyPath, Span, Value, value_at
from coprod_review.source.problems import Edit
from coprod_review.source.scalars import yaml_scalar
from coprod_review.source.yaml_text import YamlText

_LONE_DASH = re.compile(r"[ \t]*-(?=[ \t\r]*(?:#|$))")
_HASH = re.compile(r"(?:^|(?<=[ \t]))#")
Lines = Sequence[str]
"""New text, line by line, as it would be at the left margin."""


class _Place(NamedTuple):
    line: int
    column: int


def newline(text: YamlText) -> str:
    """Return the line end that a file uses."""
    return "\r\n" if "\r\n" in text.text else "\n"


def is_flow(text: YamlText, path: KeyPath) -> bool:
    """Whether the mapping or list at a path is written in braces or brackets."""
    span = text.locate(path)
    return text.line(span.line)[span.column - 1 : span.column] in ("{", "[")


def replace_value(text: YamlText, path: KeyPath, content: str) -> Edit:
    """Replace the value at a path by text for one line."""
    return Edit(content, _span(_start(text, path), _end(text, path)))


def replace_entry(text: YamlText, path: KeyPath, lines: Lines) -> Edit:
    """Replace an entry of a mapping, its key and value, by new lines."""
    begin, end = _key(text, path), _end(text, path)
    comments = [] if is_flow(text, path[:-1]) else list(_comments(text, begin, end))
    return Edit(_indented(text, begin.column, [*lines, *comments]), _span(begin, end))


def add_entries(text: YamlText, path: KeyPath, lines: Lines) -> Edit:
    """Add new lines behind the last entry of the mapping at a path, which has at least one entry."""
    mapping = value_at(text.data, path)
    assert isinstance(mapping, dict)
    last = (*path, list(mapping)[-1])
    end, column = _end(text, last), _key(text, (*path, next(iter(mapping)))).column
    if is_flow(text, path):
        return Edit(f", {' '.join(lines)}", _span(end, end))
    end = _end_of_line(text, end)
    margin = newline(text) + " " * (column - 1)
    return Edit(margin + _indented(text, column, lines), _span(end, end))


def add_item(text: YamlText, path: KeyPath, fields: Mapping[str, str]) -> Edit:
    """Add a mapping of texts behind the last item of the list at a path, in the style of that item."""
    items = value_at(text.data, path)
    assert isinstance(items, list)
    if not items:
        return _first_item(text, path, fields)
    last = (*path, len(items) - 1)
    end = _end(text, last)
    if is_flow(text, path):
        return Edit(f", {_flow_item(fields)}", _span(end, end))
    column, end = _dash_column(text, _start(text, last)), _end_of_line(text, end)
    item = f"- {_flow_item(fields)}" if is_flow(text, last) else _block_item(text, column, fields)
    return Edit(newline(text) + " " * (column - 1) + item, _span(end, end))


def _first_item(text: YamlText, path: KeyPath, fields: Mapping[str, str]) -> Edit:
    """Replace the empty list ``[]`` at a path by a list of one item; a comment on its line stays there."""
    begin, end, column = _start(text, path), _end(text, path), _key(text, path).column + 2
    behind = text.line(end.line)[end.column - 1 :].removesuffix("\r")
    item = _block_item(text, column, fields)
    content = f"{behind.lstrip()}{newline(text)}{' ' * (column - 1)}{item}"
    return Edit(content, _span(begin, _end_of_line(text, end)))


def _dash_column(text: YamlText, start: _Place) -> int:
    """Return the column of the dash of an item that starts at a place, on its line or alone on a line above."""
    column = text.line(start.line).rfind("-", 0, start.column - 1) + 1
    above = (_LONE_DASH.match(text.line(number)) for number in range(start.line - 1, 0, -1))
    return column or next((match.end() for match in above if match), 1)


def _end_of_line(text: YamlText, place: _Place) -> _Place:
    """Return the end of the line of a place, which is behind a comment on it."""
    return place._replace(column=len(text.line(place.line).removesuffix("\r")) + 1)


def _block_item(text: YamlText, column: int, fields: Mapping[str, str]) -> str:
    """Return an item of a list in block style, whose dash is in a column."""
    lines = [f"{key}: {yaml_scalar(value)}" for key, value in fields.items()]
    return f"- {_indented(text, column + 2, lines)}"


def _flow_item(fields: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {yaml_scalar(value, 'flow')}" for key, value in fields.items()) + "}"


def entry_lines(text: YamlText, path: KeyPath) -> list[str]:
    """Return the lines of an entry of a mapping in block style, as they would be at the left margin."""
    begin, end = _key(text, path), _end(text, path)
    lines = [text.line(number).removesuffix("\r") for number in range(begin.line, end.line + 1)]
    lines[-1] = lines[-1][: end.column - 1]
    return [line[begin.column - 1 :] for line in lines]


def delete_entries(text: YamlText, path: KeyPath, keys: Collection[str]) -> list[Edit]:
    """Delete entries of the mapping at a path; a mapping that loses every entry becomes ``{}``."""
    mapping = value_at(text.data, path)
    assert isinstance(mapping, dict)
    every = list(mapping)
    if set(every) <= set(keys):
        return [Edit("{}", _span(_start(text, path), _end(text, path)))]
    runs = [list(run) for deleted, run in groupby(every, lambda key: key in keys) if deleted]
    delete = _delete_from_flow if is_flow(text, path) else _delete_from_block
    edits: list[Edit] = []
    for run in runs:
        before, after = every[: every.index(run[0])], every[every.index(run[-1]) + 1 :]
        edits += delete(text, path, run, before[-1:], after[:1])
    return edits


def _delete_from_block(
    text: YamlText, path: KeyPath, run: Sequence[str], _: Sequence[str], after: Sequence[str]
) -> Iterator[Edit]:
    """Yield the edits that delete neighbouring entries in block style, each with its lines."""
    first = _key(text, (*path, run[0]))
    if text.line(first.line)[: first.column - 1].strip() and after:  # the entry is behind the dash of a list
        next_key = _key(text, (*path, after[0]))
        comments = list(_comments(text, first, next_key))
        margin = newline(text) + " " * (first.column - 1)
        yield Edit("".join(comment + margin for comment in comments), _span(first, next_key))
        return
    for key in run:
        begin, end = _key(text, (*path, key)), _end(text, (*path, key))
        behind = _Place(end.line + 1, 1)
        margin, comments = " " * (begin.column - 1), list(_comments(text, begin, behind))
        content = "".join(f"{margin}{comment}{newline(text)}" for comment in comments)
        yield Edit(content, _span(_Place(begin.line, 1), behind))


def _delete_from_flow(
    text: YamlText, path: KeyPath, run: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> Iterator[Edit]:
    """Yield the edit that deletes neighbouring entries in braces, with one comma, unless comments are between them."""
    begin, end = _key(text, (*path, run[0])), _end(text, (*path, run[-1]))
    if after:
        next_key = _key(text, (*path, after[0]))
        has_comments = any(_comments(text, begin, next_key))
        yield Edit("", _span(begin, _behind_comma(text, end) if has_comments else next_key))
    else:
        previous = _end(text, (*path, before[0]))
        has_comments = any(_comments(text, previous, begin))
        yield Edit("", _span(begin if has_comments else previous, end))


def _behind_comma(text: YamlText, place: _Place) -> _Place:
    """Return the place behind the comma that follows a value, where it is on the same line."""
    match = re.compile(r"[ \t]*,").match(text.line(place.line), place.column - 1)
    return _Place(place.line, match.end() + 1) if match else place


def _indented(text: YamlText, column: int, lines: Iterable[str]) -> str:
    """Join lines, all but the first indented to a column."""
    margin = " " * (column - 1)
    first, *others = lines
    return newline(text).join((first, *(f"{margin}{line}" if line else "" for line in others)))


def _comments(text: YamlText, begin: _Place, end: _Place) -> Iterator[str]:
    """Yield the comments between two places."""
    for number in range(begin.line, end.line + 1):
        line = text.line(number)
        starts = (match.start() for match in _HASH.finditer(line))
        start = next((start for start in starts if text.is_outside_values(number, start)), None)
        if start is not None and begin <= (number, start + 1) < end:
            yield line[start:].rstrip()


def _key(text: YamlText, path: KeyPath) -> _Place:
    span = text.locate(path, "key")
    return _Place(span.line, span.column)


def _start(text: YamlText, path: KeyPath) -> _Place:
    span = text.locate(path)
    return _Place(span.line, span.column)


def _end(text: YamlText, path: KeyPath) -> _Place:
    """Return the place behind a value; the parser ends a block only where the next token begins."""
    last = _last_step(value_at(text.data, path))
    if last is not None and not is_flow(text, path):
        return _end(text, (*path, last))
    span = text.locate(path)
    line, column = span.end_line, span.end_column
    if text.line(span.line)[span.column - 1 : span.column] in ("|", ">"):
        while line > span.line and not text.line(line)[: column - 1].strip():
            line -= 1
            column = len(text.line(line).removesuffix("\r")) + 1
    return _Place(line, column)


def _last_step(value: Value) -> str | int | None:
    if isinstance(value, dict) and value:
        return list(value)[-1]
    return len(value) - 1 if isinstance(value, list) and value else None


def _span(begin: _Place, end: _Place) -> Span:
    return Span(*begin, *end)
