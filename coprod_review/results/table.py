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
    attributed: tuple[str, ...] = ()
    """Ids that come on top according to the review of the base alone."""

    @property
    def n(self) -> int:
        """Number of ids."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class AttributedWords:
    """A table cell with words that would be others if findings counted that only the review of the base reports."""

    read: str
    """The words for what was read."""
    attributed: str
    """The words if the findings of the review count as well."""
    review: str
    """Name of the review in running text."""


Cell = str | int | float | Count | AttributedWords | None


def cell_text(cell: Cell) -> str:
    """Return a cell as text for people: a count as its number, a fraction with three decimals, ``None`` as nothing.

    What the review of the base alone adds to a count follows in brackets: ``14 (+7)``.
    """
    match cell:
        case None:
            return ""
        case Count():
            return f"{cell.n} (+{len(cell.attributed)})" if cell.attributed else str(cell.n)
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
    gap_columns: frozenset[int] = frozenset()
    """Indexes of the columns that name gaps, which are found over all findings."""

    def cells(self) -> Iterator[tuple[str, str, Count]]:
        """Yield every cell with a count: its id, the labels of its row and column, and the count."""
        for row_id, row in zip(self.row_ids, self.rows if self.row_ids else (), strict=True):
            for column_id, column, cell in zip(self.column_ids, self.columns[1:], row[1:], strict=True):
                if isinstance(cell, Count):
                    yield f"{self.id}/{row_id}/{column_id}", f"{row[0]}: {column}", cell
