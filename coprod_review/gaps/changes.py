"""The differences between two states of an evidence base: studies, figures and gaps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coprod_review.model.study import Study
from coprod_review.results.figure import Figure
from coprod_review.results.result import Gap, Result
from coprod_review.results.table import Count

CellCounts = dict[str, tuple[str, Count]]
"""Labels and counts of table cells, by the id of the cell."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure whose number has changed; one side is ``None`` if the figure does not exist there."""

    id: str
    before: Figure | None
    after: Figure | None


@dataclass(frozen=True, slots=True)
class CellChange:
    """A table cell whose count has changed; one side is ``None`` if the cell does not exist there."""

    id: str
    label: str
    before: int | None
    after: int | None
    attributed_before: int = 0
    """Number that came on top according to the review of the base alone."""
    attributed_after: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences between an earlier and a later state."""

    added: tuple[str, ...]
    """Ids of studies that are new."""
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    """Ids of studies whose codes, findings or citation differ."""
    figures: tuple[FigureChange, ...]
    compared: int
    """Number of figures that exist in either state."""
    opened: tuple[Gap, ...]
    closed: tuple[Gap, ...]
    cells: tuple[CellChange, ...] = ()
    """Cells of the analyses that return tables and no figure."""


def compare(
    before: tuple[Iterable[Study], Sequence[Result]], after: tuple[Iterable[Study], Sequence[Result]]
) -> Changes:
    """Return what differs between two pairs of studies and results, in the order of the later pair."""
    old_studies, new_studies = ({s.id: s for s in studies} for studies, _ in (before, after))
    old_figures, new_figures = ({f.id: f for r in results for f in r.figures} for _, results in (before, after))
    old_gaps, new_gaps = _gaps(before[1]), _gaps(after[1])
    return Changes(
        added=tuple(i for i in new_studies if i not in old_studies),
        removed=tuple(i for i in old_studies if i not in new_studies),
        changed=tuple(i for i in new_studies if i in old_studies and new_studies[i] != old_studies[i]),
        figures=tuple(_figure_changes(old_figures, new_figures)),
        compared=len({**old_figures, **new_figures}),
        opened=tuple(gap for key, gap in new_gaps.items() if key not in old_gaps),
        closed=tuple(gap for key, gap in old_gaps.items() if key not in new_gaps),
        cells=tuple(_cell_changes(_cell_counts(before[1]), _cell_counts(after[1]))),
    )


def _figure_changes(old: dict[str, Figure], new: dict[str, Figure]) -> Iterator[FigureChange]:
    for identity in {**new, **old}:
        before, after = old.get(identity), new.get(identity)
        if before is None or after is None or _numbers(before) != _numbers(after):
            yield FigureChange(identity, before, after)


def _numbers(figure: Figure) -> tuple[object, ...]:
    """Return the numbers of a figure that readers see, without the ids of its studies."""
    unknown, added = figure.unknown.count if figure.unknown else 0, figure.attributed
    attributed = (added.numerator, added.denominator, len(added.removed_ids)) if added else ()
    return figure.numerator, figure.denominator, figure.value, unknown, attributed


def _cell_counts(results: Sequence[Result]) -> CellCounts:
    tables = [table for result in results if not result.figures for table in result.tables]
    return {cell: (f"{t.title}: {label}", count) for t in tables for cell, label, count in t.cells()}


def _cell_changes(old: CellCounts, new: CellCounts) -> Iterator[CellChange]:
    for identity in {**new, **old}:
        label, _ = new.get(identity) or old[identity]
        (before, attributed_before), (after, attributed_after) = (
            _cell_numbers(identity, counts) for counts in (old, new)
        )
        if (before, attributed_before) != (after, attributed_after):
            yield CellChange(identity, label, before, after, attributed_before, attributed_after)


def _cell_numbers(identity: str, counts: CellCounts) -> tuple[int | None, int]:
    """Return the count of a cell, ``None`` where it does not exist, and what comes on top of it."""
    if identity not in counts:
        return None, 0
    _, count = counts[identity]
    return count.n, len(count.attributed)


def _gaps(results: Sequence[Result]) -> dict[tuple[str, str, str], Gap]:
    return {(result.analysis, gap.type, gap.where): gap for result in results for gap in result.gaps}
