"""Tables of counts, and the charts that draw figures and tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coprod_review.results.figure import NO_CRITERIA, Criteria, Unit


@dataclass(frozen=True, slots=True)
class Count:
    """A table cell that counts distinct studies, or other things, and keeps their ids."""

    ids: tuple[str, ...]
    criteria: Criteria = NO_CRITERIA
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
    example_command: str = ""
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
