"""Positions in a text, and key paths into the values that were read from it."""

from collections.abc import Iterator
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]


class Span(NamedTuple):
    """A stretch of text; lines and columns count from 1, and the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)
"""The place of a problem that concerns a whole file."""


class Comment(NamedTuple):
    """A comment and its place."""

    text: str
    """The words after the hash sign."""
    span: Span
    is_whole_line: bool
    """Whether the comment is alone on its line."""


def step_into(value: Value, step: str | int) -> tuple[bool, Value]:
    """Take one step of a key path: return whether there is a value, and the value."""
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return True, value[step]
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return True, value[step]
    return False, None


def value_at(value: Value, path: KeyPath) -> Value:
    """Return the value at a key path, or ``None`` where the path does not exist."""
    for step in path:
        _, value = step_into(value, step)
    return value


def iter_strings(value: Value, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield every string in data with its key path, in order; keys are not included."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from iter_strings(item, (*path, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from iter_strings(item, (*path, key))
