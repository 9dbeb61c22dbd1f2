"""What a command shows: sections for people, a payload for programs, one table for spreadsheets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from coprod_review.results.table import Bar, Chart, Table


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list with the command that opens it, which stays whole on a line of its own."""

    text: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report: a heading with paragraphs, bars, points and tables below it."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str | Point, ...] = ()
    tables: tuple[Table, ...] = ()
    bars: tuple[Bar, ...] = ()
    """Shares drawn in text, before the points."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a reading command shows: sections for people, a payload for programs, one table for spreadsheets."""

    title: str
    sections: tuple[Section, ...]
    payload: Callable[[], Any]
    """Makes plain data that JSON can hold; called only where they are wanted."""
    spreadsheet: Callable[[], Table]
    """Makes the one table of a CSV file."""
    lead: tuple[str, ...] = field(default=())
    """Paragraphs before the first section."""
    charts: tuple[Chart, ...] = ()
    """Pictures, for the format that draws."""
