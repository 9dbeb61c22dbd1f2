"""What one analysis returns: figures, tables, charts, and the gaps it names."""

from dataclasses import dataclass

from coprod_review.results.figure import Figure
from coprod_review.results.table import Chart, Table


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
    general_gaps: tuple[str, ...] = ()
    """One sentence for each rule that fires in more than half of the cells."""
    missing: str = ""
    """What the base lacks for this analysis, and what to code; empty where it can answer."""
    charts: tuple[Chart, ...] = ()
    figures_in_full: frozenset[str] | None = None
    """Ids of the figures that are told in full, where the others stand in its tables and bars; ``None`` for all."""
