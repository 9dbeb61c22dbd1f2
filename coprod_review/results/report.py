"""Reports, the output of reading commands, before they are rendered in a format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coprod_review.results.chart import Bar, Chart
from coprod_review.results.table import Table


@dataclass(frozen=True, slots=True)
class Point:
    """A bullet point with a command that shows more; renderers never break the command over lines."""

    text: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: a heading with paragraphs, bars, bullet points and tables below it."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str | Point, ...] = ()
    tables: tuple[Table, ...] = ()
    bars: tuple[Bar, ...] = ()
    """Shares that are drawn before the bullet points."""


@dataclass(frozen=True, slots=True)
class Report:
    """The output of a reading command: sections for people, a payload for programs, a table for spreadsheets."""

    title: str
    sections: tuple[Section, ...]
    payload: Callable[[], Any]
    """Returns plain data for JSON; called only by the format that needs it."""
    spreadsheet: Callable[[], Table]
    """Returns the table for CSV; called only by the format that needs it."""
    lead: tuple[str, ...] = ()
    """Paragraphs before the first section."""
    charts: tuple[Chart, ...] = ()
    """Charts, for the format that draws them."""
