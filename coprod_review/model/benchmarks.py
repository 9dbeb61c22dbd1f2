"""Published shares of a population, to compare with shares of the studies."""

from dataclasses import dataclass
from typing import Annotated, Literal

from coprod_review.model.record import Coded, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark(Record):
    """A published share of a population, to compare with a group's share of the studies."""

    id: str
    """Short id."""
    group: Annotated[str, Coded("groups")]
    """Group of people, as a term of the codebook."""
    label: str
    """What the share measures, in your own words."""
    value: int | float
    """The share, in percent."""
    unit: Literal["percent"]
    """Unit of the value, which is always percent."""
    floor: bool = False
    """true if the real share is at least the value, so that a ratio to it is at most the one that is printed."""
    numerator: int | str
    """Number of people in the group, or not_found."""
    denominator_population: str
    """Population that the share is a part of."""
    age_range: str
    """Ages that the share covers, or not_found."""
    year: int | str
    """Year of the data as a number, or a span of years as text."""
    geography: tuple[Annotated[str, Coded("places")], ...]
    """Nations that the share covers."""
    standardised: bool | Literal["not_found"]
    """true for an age-standardised share, by which no figure is divided; not_found if the source is not clear."""
    publisher: str
    """Who publishes the share."""
    address: str
    """Address of the publisher's page."""
    retrieved: str
    """Date on which the page was read, as an ISO date, or not_found."""
    caveat: str
    """What a reader must know before comparing."""
    suitable_for: tuple[Annotated[str, Coded("benchmark_uses")], ...]
    """Kinds of studies whose share may be divided by this one; empty if it is context only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmarks(Record):
    """The population shares of a base."""

    benchmarks: tuple[Benchmark, ...]
    """One entry for each share."""
