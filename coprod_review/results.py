"""The shapes that analyses return and renderers read: figures, gaps, tables, reports.

Fields are the keys of the JSON contract. Shares run from 0 to 1.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from coprod_review.statistics import Interval


@dataclass(frozen=True, slots=True)
class Unknown:
    """Studies whose code is not known, and the figure's extremes over every way they could fall."""

    count: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Range:
    """Smallest and largest value of a figure when any one study is left out."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Part:
    """The same figure over primary studies alone."""

    numerator: int
    denominator: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure beside a published share."""

    benchmark: str
    """Id of the benchmark, or of the claim that gives the share."""
    share: float | None
    ratio: float | None
    """The figure divided by the share; ``None`` where it may not be divided."""
    interval: Interval | None
    """Interval of the ratio, or of the published share where there is no ratio."""
    verdict: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its numerator, denominator and interval."""

    id: str
    """What ``why`` opens."""
    label: str
    definition: str
    numerator: int
    denominator: int | None
    value: float | None
    """A share or ratio; ``None`` where none may be computed, with a reason."""
    interval: Interval | None = None
    unknown: Unknown | None = None
    leave_one_out: Range | None = None
    primary_only: Part | None = None
    comparisons: tuple[Comparison, ...] = ()
    studies: tuple[str, ...] = ()
    """Ids of the studies in the numerator."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One place with too little evidence, the rule that fired and what was observed."""

    type: str
    where: str
    """Id of the cell: a domain, an outcome or a group of people."""
    rule: str
    """The rule in words, thresholds filled in."""
    observed: str
    studies: tuple[str, ...]
    statement: str


@dataclass(frozen=True, slots=True)
class Count:
    """A table cell that counts distinct studies and keeps their ids."""

    studies: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many studies."""
        return len(self.studies)


Cell = str | int | float | Count | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that a person reads; every row has one cell for each column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What one analysis found."""

    analysis: str
    question: str
    statement: str
    """The finding in words, true of the figures below and of nothing else."""
    caution: str
    figures: tuple[Figure, ...] = ()
    gaps: tuple[Gap, ...] = ()
    tables: tuple[Table, ...] = ()
    general: tuple[str, ...] = ()
    """One sentence for each rule that fires in more than half of the cells."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report: a heading with paragraphs, points and tables below it."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


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
