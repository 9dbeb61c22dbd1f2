"""The result of one analysis: figures, tables, charts, and the gaps it names."""

from dataclasses import dataclass

from coprod_review.results.figure import Figure
from coprod_review.results.table import Chart, Table


@dataclass(frozen=True, slots=True)
class Gap:
    """A domain, outcome or group with too little evidence, the rule that says so, and what was observed."""

    type: str
    where: str
    """Id of the domain, outcome or group of people."""
    rule: str
    """The rule in words, with its thresholds filled in."""
    observed: str
    studies: tuple[str, ...]
    statement: str
    opens: str = ""
    """Id of the figure or table cell for which ``why`` shows the studies."""


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one analysis."""

    analysis: str
    question: str
    statement: str
    """The finding in words, which rests on the figures of this result only."""
    caution: str
    figures: tuple[Figure, ...] = ()
    gaps: tuple[Gap, ...] = ()
    tables: tuple[Table, ...] = ()
    general_gaps: tuple[str, ...] = ()
    """One sentence for each gap rule that applies to more than half of the cells."""
    missing: str = ""
    """What the base lacks for this analysis and what to code; empty where the question can be answered."""
    charts: tuple[Chart, ...] = ()
    figures_in_full: frozenset[str] | None = None
    """Ids of the figures that reports list one by one, others being in tables and bars; ``None`` for all."""
