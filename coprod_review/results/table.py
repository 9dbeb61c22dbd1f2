"""Tables of counts, and charts of figures and tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coprod_review.results.figure import NO_CRITERIA, Criteria, Unit


@dataclass(frozen=True, slots=True)
class Count:
    """A table cell that counts distinct studies, or items of another unit, and keeps their ids."""

    ids: tuple[str, ...]
    criteria: Criteria = NO_CRITERIA
    unit: Unit = "study"

    @property
    def n(self) -> int:
        """Number of ids."""
        return len(self.ids)


Cell = str | int | float | Count | None


def cell_text(cell: Cell) -> str:
    """Return a cell as text for people: a count as its number, a fraction with three decimals, ``None`` as nothing."""
    match cell:
        case None:
            return ""
        case Count():
            return str(cell.n)
        case float():
            return f"{cell:.3f}"
        case _:
            return str(cell)


@dataclass(frozen=True, slots=True)
class Table:
    """A table for people; every row has one cell for each column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    id: str = ""
    """Id of the table; ``why`` shows one of its cells as ``id/row/column``."""
    row_ids: tuple[str, ...] = ()
    column_ids: tuple[str, ...] = ()
    """Ids of the columns after the first, which holds the labels of rows."""
    example_command: str = ""
    """Command that shows one of its cells, as an example."""
    total_rows: frozenset[int] = frozenset()
    """Indexes of the rows that are totals."""
    total_columns: frozenset[int] = frozenset()
    """Indexes of the columns that are totals; index 0 is the column of labels."""

    def cells(self) -> Iterator[tuple[str, str, Count]]:
        """Yield every cell with a count: its id, the labels of its row and column, and the count."""
        for row_id, row in zip(self.row_ids, self.rows if self.row_ids else (), strict=True):
            for column_id, column, cell in zip(self.column_ids, self.columns[1:], row[1:], strict=True):
                if isinstance(cell, Count):
                    yield f"{self.id}/{row_id}/{column_id}", f"{row[0]}: {column}", cell


@dataclass(frozen=True, slots=True)
class Bar:
    """One share to draw: a count out of a total, with the limits of its interval."""

    label: str
    n: int
    total: int
    """The total, unknown answers included."""
    words: str
    """The share in words, shown beside the bar."""
    low: float | None = None
    """Lower limit of the interval, from 0 to 1; ``None`` without an interval."""
    high: float | None = None
    unknown: int = 0
    """How many of the total have no known answer."""
    id: str = ""
    """Id of the figure that the bar draws."""
    short: str = ""
    """The share in few words, which fit beside the bar in a terminal."""
    detail: str = ""
    """Further numbers, on a line below the bar."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: bars, bars in pairs, or a matrix of counts."""

    id: str
    kind: Literal["bars", "pairs", "matrix"]
    title: str
    description: str
    """A description in sentences for readers who cannot see the chart."""
    bars: tuple[Bar, ...] = ()
    """For the kinds ``bars`` and ``pairs``; in pairs, bars 1 and 2 belong together, then 3 and 4, and so on."""
    table: Table | None = None
    """For the kind ``matrix``: its rows and columns of counts."""
    caution: str = ""
