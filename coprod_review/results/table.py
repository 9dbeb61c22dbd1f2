"""Tables of counts."""

from collections.abc import Iterator
from dataclasses import dataclass

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
