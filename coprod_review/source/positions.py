"""Places in a text, and key paths into the values read from it."""

from collections.abc import Iterator
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]


class Span(NamedTuple):
    """A stretch of text; lines and columns count from 1, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)


class Comment(NamedTuple):
    """A comment and where it stands."""

    text: str
    """What it says, without the hash sign."""
    span: Span
    is_whole_line: bool
    """Whether nothing else stands on its line."""


def step_into(value: Value, step: str | int) -> tuple[bool, Value]:
    """One step of a key path into data: whether there is anything there, and what."""
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return True, value[step]
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return True, value[step]
    return False, None


def iter_strings(value: Value, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text in data with its key path, in the order of the data; keys are no texts."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from iter_strings(item, (*path, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from iter_strings(item, (*path, key))
