"""The shapes that analyses return and renderers read: figures, gaps, tables, charts, reports.

Fields are the keys of the JSON contract. Shares run from 0 to 1.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from coprod_review.statistics import Interval

Unit = Literal[
    "study", "finding", "outcome", "domain", "inclusion", "statement", "claim", "published share", "recommendation"
]
"""What is counted."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is counted but not known, and the figure's extremes over every way it could fall."""

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
class Practice:
    """The same figure over the studies of one practice, such as co-design; counts alone."""

    practice: str
    numerator: int
    denominator: int
    unknown: int
    """Studies of the practice for which it is not known."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure beside a published share."""

    benchmark: str
    """Id of the benchmark, or of the claim or finding that gives the share."""
    share: float | None
    ratio: float | None
    """The figure divided by the share; ``None`` where it may not be divided."""
    interval: Interval | None
    """Interval of the ratio, or of the published share where there is no ratio."""
    verdict: str | None
    reason: str
    of: Literal["benchmark", "claim", "published"] = "benchmark"
    """What gives the share: a benchmark, a claim of the review, or an entry of ``published``."""


Conditions = Mapping[str, tuple[str, ...]]
"""Facets of findings, each with the terms that pass; a finding has to pass them all."""


@dataclass(frozen=True, slots=True)
class Trail:
    """What puts a study into a figure, so that ``why`` can show it: its own codes, and findings."""

    codes: tuple[str, ...] = ()
    """Fields of a study by their path, such as ``focus`` or ``populations.dementia``."""
    findings: tuple[Conditions, ...] = ()
    """Findings that bear on the figure: those that pass any of these."""

    def __and__(self, other: "Trail") -> "Trail":
        """The trail of a cell where two levels meet: the codes of both, and findings that pass both."""
        both = tuple({**one, **two} for one in self.findings for two in other.findings)
        return Trail((*self.codes, *other.codes), both or self.findings or other.findings)


NO_TRAIL = Trail()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its numerator, denominator and interval."""

    id: str
    """What ``why`` opens."""
    label: str
    definition: str
    """The rule: what is counted, of what."""
    numerator: int | None
    """``None`` where nothing at all is known, which is not zero."""
    denominator: int | None
    value: float | None
    """A share, ratio or median; ``None`` where none may be computed, with a reason."""
    interval: Interval | None = None
    unknown: Unknown | None = None
    leave_one_out: Range | None = None
    primary_only: Part | None = None
    comparisons: tuple[Comparison, ...] = ()
    reason: str | None = None
    unit: Unit = "study"
    counted: tuple[str, ...] = ()
    """Ids in the numerator."""
    among: tuple[str, ...] = ()
    """Ids in the denominator."""
    undecided: tuple[str, ...] = ()
    """Ids of which it is not known."""
    practices: tuple[Practice, ...] = ()
    trail: Trail = NO_TRAIL
    kind: Literal["share", "ratio", "count", "median"] = "share"

    @property
    def studies(self) -> tuple[str, ...]:
        """Ids of the studies in the numerator; empty where other things are counted."""
        return self.counted if self.unit == "study" else ()


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
    opens: str = ""
    """Id of the figure or table cell that shows the studies."""


@dataclass(frozen=True, slots=True)
class Count:
    """A table cell that counts distinct studies, or other things, and keeps their ids."""

    ids: tuple[str, ...]
    trail: Trail = NO_TRAIL
    unit: Unit = "study"

    @property
    def n(self) -> int:
        """How many."""
        return len(self.ids)


Cell = str | int | float | Count | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that a person reads; every row has one cell for each column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    id: str = ""
    """Id by which ``why`` opens a cell of it: ``id/row/column``."""
    row_ids: tuple[str, ...] = ()
    column_ids: tuple[str, ...] = ()
    """Ids of the columns after the first, which holds labels."""
    opens: str = ""
    """Command that opens one of its cells, as an example."""
    total_rows: frozenset[int] = frozenset()
    """Places of the rows that count others together, the first being 0."""
    total_columns: frozenset[int] = frozenset()
    """Places of such columns; that of the labels is 0."""

    def cells(self) -> Iterator[tuple[str, str, Count]]:
        """Every cell that counts: its id, its row and column in words, and the count."""
        for row_id, row in zip(self.row_ids, self.rows if self.row_ids else (), strict=True):
            for column_id, column, cell in zip(self.column_ids, self.columns[1:], row[1:], strict=True):
                if isinstance(cell, Count):
                    yield f"{self.id}/{row_id}/{column_id}", f"{row[0]}: {column}", cell


@dataclass(frozen=True, slots=True)
class Bar:
    """One share to draw: a count of a whole, with what is known of its limits."""

    label: str
    n: int
    total: int
    """The whole, unknowns included."""
    words: str
    """The number as text, shown beside the bar."""
    low: float | None = None
    """Lower limit of the interval, from 0 to 1; ``None`` where there is none."""
    high: float | None = None
    unknown: int = 0
    """Of the whole, how many are not known."""
    id: str = ""
    """Figure that the bar draws."""
    short: str = ""
    """The number in as few words as a line beside the bar holds."""
    detail: str = ""
    """What stands beside the number, on a line of its own."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers: bars, bars in pairs, or a matrix of counts."""

    id: str
    kind: Literal["bars", "pairs", "matrix"]
    title: str
    description: str
    """What the picture shows, in sentences, for whoever does not see it."""
    bars: tuple[Bar, ...] = ()
    """Of bars and pairs; in pairs the first and second, third and fourth and so on belong together."""
    table: Table | None = None
    """Of a matrix: its rows and columns of counts."""
    caution: str = ""


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
    missing: str = ""
    """What the base lacks for this analysis, and what to code; empty where it can answer."""
    charts: tuple[Chart, ...] = ()
    told: frozenset[str] | None = None
    """Ids of the figures that are told in full, where the others stand in its tables and bars; ``None`` for all."""


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
