"""Charts: what they draw, and the same in words for renderers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from coprod_review.results.figure import Figure
from coprod_review.results.table import Table

ChartKind = Literal["bars", "pairs", "matrix"]
"""Bars, bars in pairs that belong together (1 and 2, then 3 and 4, and so on), or a matrix of counts."""


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart of an analysis draws: labelled figures as bars, or a table of counts as a matrix."""

    id: str
    kind: ChartKind
    figures: tuple[tuple[str, Figure], ...] = ()
    """For the kinds ``bars`` and ``pairs``: figures, each with its label in the chart."""
    table: Table | None = None
    """For the kind ``matrix``."""
    title: str = ""
    """Title of the chart; empty where it is the question of the analysis."""
    series: tuple[str, ...] = ()
    """For the kind ``pairs``: what the first and the second bar of each pair show."""


def bars(identity: str, figures: Iterable[tuple[str, Figure]], title: str = "") -> ChartData:
    """Return a chart of labelled figures as bars, one below the other."""
    return ChartData(identity, "bars", tuple(figures), title=title)


def pairs(identity: str, figures: Iterable[tuple[str, Figure]], series: tuple[str, str]) -> ChartData:
    """Return a chart of labelled figures in pairs, such as outcome and process in each of two views."""
    return ChartData(identity, "pairs", tuple(figures), series=series)


def matrix(identity: str, table: Table) -> ChartData:
    """Return a chart of a table of counts."""
    return ChartData(identity, "matrix", table=table)


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
    kind: ChartKind
    title: str
    description: str
    """A description in sentences for readers who cannot see the chart."""
    bars: tuple[Bar, ...] = ()
    """For the kinds ``bars`` and ``pairs``; in pairs, bars 1 and 2 belong together, then 3 and 4, and so on."""
    table: Table | None = None
    """For the kind ``matrix``: its rows and columns of counts."""
    caution: str = ""
    series: tuple[str, ...] = ()
    """For the kind ``pairs``: what the first and the second bar of each pair show."""
