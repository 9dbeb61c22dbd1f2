"""What differs between two states of an evidence base: studies, figures and gaps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coprod_review.model.study import Study
from coprod_review.results.figure import Figure
from coprod_review.results.result import Gap, Result


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is not what it was; ``None`` where it did not exist, or does no longer."""

    id: str
    before: Figure | None
    after: Figure | None


@dataclass(frozen=True, slots=True)
class CellChange:
    """A count of a table that is not what it was; ``None`` where it did not exist, or does no longer."""

    id: str
    label: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that moved between an earlier state and now."""

    added: tuple[str, ...]
    """Ids of studies that are new."""
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    """Ids of studies with another code, finding or citation than before."""
    figures: tuple[FigureChange, ...]
    compared: int
    """How many figures there are in either state."""
    opened: tuple[Gap, ...]
    closed: tuple[Gap, ...]
    cells: tuple[CellChange, ...] = ()
    """Of the analyses that give tables and no figure."""


def compare(
    before: tuple[Iterable[Study], Sequence[Result]], after: tuple[Iterable[Study], Sequence[Result]]
) -> Changes:
    """What changed from one pair of studies and results to another, in the order of the later one."""
    then, now = ({s.id: s for s in studies} for studies, _ in (before, after))
    old, new = ({f.id: f for r in results for f in r.figures} for _, results in (before, after))
    moved = tuple(_moved(old, new))
    gone, come = _gaps(before[1]), _gaps(after[1])
    return Changes(
        added=tuple(i for i in now if i not in then),
        removed=tuple(i for i in then if i not in now),
        changed=tuple(i for i in now if i in then and now[i] != then[i]),
        figures=moved,
        compared=len({**old, **new}),
        opened=tuple(gap for key, gap in come.items() if key not in gone),
        closed=tuple(gap for key, gap in gone.items() if key not in come),
        cells=tuple(_moved_cells(_cells(before[1]), _cells(after[1]))),
    )


def _moved(old: dict[str, Figure], new: dict[str, Figure]) -> Iterator[FigureChange]:
    for identity in {**new, **old}:
        before, after = old.get(identity), new.get(identity)
        if before is None or after is None or _number(before) != _number(after):
            yield FigureChange(identity, before, after)


Cells = dict[str, tuple[str, int]]
"""Counts by the id of their cell, each with its words."""


def _cells(results: Sequence[Result]) -> Cells:
    tables = [table for result in results if not result.figures for table in result.tables]
    return {name: (f"{t.title}: {words}", count.n) for t in tables for name, words, count in t.cells()}


def _moved_cells(old: Cells, new: Cells) -> Iterator[CellChange]:
    for identity in {**new, **old}:
        words, _ = new.get(identity) or old[identity]
        before, after = (cell[1] if (cell := held.get(identity)) else None for held in (old, new))
        if before != after:
            yield CellChange(identity, words, before, after)


def _number(figure: Figure) -> tuple[object, ...]:
    """What a reader sees of a figure, apart from which studies are behind it."""
    unknown = figure.unknown.count if figure.unknown else 0
    return figure.numerator, figure.denominator, figure.value, unknown


def _gaps(results: Sequence[Result]) -> dict[tuple[str, str, str], Gap]:
    return {(result.analysis, gap.type, gap.where): gap for result in results for gap in result.gaps}
