"""What was read of the studies, apart from what only the review that the base starts from says of them.

A finding is attributed if the review is its only source. An analysis then runs twice: over what was read, which gives
its figures and tables, and over all findings, which shows what the review adds and where the gaps are.
Method: docs/methods/figures.md#what-was-read-and-what-the-review-says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from coprod_review.model.base import Framework
from coprod_review.model.study import Study
from coprod_review.results.chart import ChartData
from coprod_review.results.figure import Attributed, Figure
from coprod_review.results.result import Gap, Result
from coprod_review.results.table import AttributedWords, Cell, Count, Table


def read_studies(studies: Iterable[Study], framework: Framework) -> tuple[Study, ...]:
    """Return the studies with only those findings that were read, and not those of the review alone."""
    return tuple(_without_attributed(study, framework) for study in studies)


def _without_attributed(study: Study, framework: Framework) -> Study:
    read = tuple(finding for finding in study.findings if not framework.is_attributed(finding))
    return replace(study, findings=read) if len(read) < len(study.findings) else study


def with_attributed(read: Result, full: Result, review: str, review_name: str) -> Result:
    """Return the result over what was read, with what the result over all findings adds according to the review."""
    combined = _Combination(review, review_name)
    figures, charts = {f.id: f for f in full.figures}, {c.id: c for c in full.charts}
    tables = combined.tables(read, full)
    return replace(
        read,
        figures=tuple(combined.figure(figure, figures[figure.id]) for figure in read.figures),
        tables=tables,
        charts=tuple(combined.chart(chart, charts[chart.id]) for chart in read.charts),
        gaps=tuple(_gaps(full, tables)),
        general_gaps=full.general_gaps,
        missing=full.missing,
        all_findings=full,
    )


def _gaps(full: Result, tables: Iterable[Table]) -> Iterator[Gap]:
    """Yield the gaps, each with those of its studies that the cell which it opens has from the review alone."""
    attributed = {name: count.attributed for table in tables for name, _, count in table.cells()}
    for gap in full.gaps:
        yield replace(gap, attributed=attributed.get(gap.opens, ()))


@dataclass(frozen=True, slots=True)
class _Combination:
    """How parts of two results make one."""

    review: str
    """Id of the review."""
    review_name: str
    """Name of the review in running text."""

    def figure(self, read: Figure, full: Figure) -> Figure:
        """Return a figure of what was read with what the review alone adds."""
        pool = (*read.denominator_ids, *read.unknown_ids)
        attributed = Attributed(
            self.review,
            _without(full.numerator_ids, read.numerator_ids),
            _without(full.denominator_ids, read.denominator_ids),
            _without(full.unknown_ids, pool),
            _without(read.numerator_ids, full.numerator_ids),
            self.review_name,
        )
        return read if attributed == Attributed(self.review) else replace(read, attributed=attributed)

    def tables(self, read: Result, full: Result) -> tuple[Table, ...]:
        """Return every table; one of which nothing was read has empty counts."""
        by_id = {table.id: table for table in read.tables}
        return tuple(self.table(by_id.get(table.id), table) for table in full.tables)

    def table(self, read: Table | None, full: Table) -> Table:
        """Return a table of what was read with what the review alone adds; its rows are those of all findings."""
        if not full.row_ids:
            return full
        rows = dict(zip(read.row_ids, read.rows, strict=True)) if read else {}
        combined = (self._row(rows.get(name), row, full) for name, row in zip(full.row_ids, full.rows, strict=True))
        return replace(full, title=read.title if read else full.title, rows=tuple(combined))

    def _row(self, read: tuple[Cell, ...] | None, full: tuple[Cell, ...], table: Table) -> tuple[Cell, ...]:
        cells = read or tuple(replace(cell, ids=()) if isinstance(cell, Count) else cell for cell in full)
        pairs = enumerate(zip(cells, full, strict=True))
        return tuple(all_ if n in table.gap_columns else self._cell(one, all_) for n, (one, all_) in pairs)

    def _cell(self, read: Cell, full: Cell) -> Cell:
        match read, full:
            case Count(), Count():
                return replace(read, attributed=_without(full.ids, read.ids))
            case str(), str() if read != full:
                return AttributedWords(read, full, self.review_name)
        return read

    def chart(self, read: ChartData, full: ChartData) -> ChartData:
        """Return a chart of what was read with what the review alone adds."""
        figures: Mapping[str, Figure] = {figure.id: figure for _, figure in full.figures}
        return replace(
            read,
            figures=tuple((label, self.figure(figure, figures[figure.id])) for label, figure in read.figures),
            table=self.table(read.table, full.table) if full.table else None,
        )


def _without(ids: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    known = frozenset(others)
    return tuple(identity for identity in ids if identity not in known)
