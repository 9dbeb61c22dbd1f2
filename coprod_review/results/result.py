"""The result of one analysis as facts: figures, tables, charts and gaps, which ``phrasing`` puts into words."""

from dataclasses import dataclass
from typing import Literal

from coprod_review.results.chart import ChartData
from coprod_review.results.figure import Figure
from coprod_review.results.table import Table

PlaceKind = Literal["outcome", "group", "pair"]
"""What a place of a gap is: an outcome or domain, a group of people, or a pair of both."""


@dataclass(frozen=True, slots=True)
class GapCounts:
    """What the base has at the place of a gap."""

    studies: int
    primary: int
    reviews: int
    statements: int
    """Number of participants' statements."""
    directions: tuple[str, ...]
    """Directions of the findings, sorted, without findings that state none."""
    uncoded: int
    """Number of eligible studies that may belong there and are not coded for it."""
    included: int
    """For a group, the number of studies that include it without focusing on it."""
    appraised: int
    """Number of studies with a recorded appraisal."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A domain, outcome or group with too little evidence, and what was counted there."""

    type: str
    """Id of the rule that applies."""
    where: str
    """Id of the domain, outcome or group of people."""
    label: str
    """Name of the place."""
    kind: PlaceKind
    counts: GapCounts
    studies: tuple[str, ...]
    """Ids of the studies at the place; those that are primary where the rule is about primary studies alone."""
    opens: str = ""
    """Id of the figure or table cell for which ``why`` shows the studies."""
    attributed: tuple[str, ...] = ()
    """Ids of those studies that are there only according to the review of the base."""


@dataclass(frozen=True, slots=True)
class GeneralGap:
    """A gap rule that applies in more than half of the cells of a map."""

    type: str
    places: int
    """Number of cells to which it applies."""
    cells: int
    """Number of all cells."""
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one analysis."""

    analysis: str
    figures: tuple[Figure, ...] = ()
    gaps: tuple[Gap, ...] = ()
    tables: tuple[Table, ...] = ()
    general_gaps: tuple[GeneralGap, ...] = ()
    charts: tuple[ChartData, ...] = ()
    figures_in_full: frozenset[str] | None = None
    """Ids of the figures that reports list one by one, others being in tables and bars; ``None`` for all."""
    facts: object = None
    """Further facts that the sentences of the analysis need, of a type that the analysis defines."""
    missing: tuple[str, ...] = ()
    """What the base lacks for this analysis, by names that its sentences explain; empty where it can be answered."""
    switched_off: str = ""
    """The vocabulary or part that the base does not have, without which the analysis has nothing to ask."""
    all_findings: "Result | None" = None
    """The result over all findings, for facts that no figure contains; ``None`` where every finding was read.

    Figures, tables and facts then count only what was read, and gaps are those of all findings.
    """
