"""Published population shares with which a share of the studies may be compared."""

from dataclasses import dataclass
from typing import Annotated, Literal

from coprod_review.model.record import Coded, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark(Record):
    """A share of a population that a group's share of the studies may be set beside."""

    id: str
    """Short id."""
    group: Annotated[str, Coded("groups")]
    """Group of the codebook."""
    label: str
    """What the share says, in own words."""
    value: int | float
    """The share, in percent."""
    unit: Literal["percent"]
    """Always percent."""
    floor: bool = False
    """true where the share is at least the value, so that a ratio to it is at most what is printed."""
    numerator: int | str
    """Number of people in the group, or not_found."""
    denominator_population: str
    """Whose share it is."""
    age_range: str
    """Ages covered, or not_found."""
    year: int | str
    """Year of the data, as a number, or text for a span."""
    geography: tuple[Annotated[str, Coded("places")], ...]
    """Nations covered."""
    standardised: bool | Literal["not_found"]
    """true for an age-standardised share, which may never divide; not_found where the source was not clear."""
    publisher: str
    """Who publishes it."""
    address: str
    """Page of the publisher."""
    retrieved: str
    """Date the page was read, as an ISO date, or not_found."""
    caveat: str
    """What a reader must know before comparing."""
    suitable_for: tuple[Annotated[str, Coded("benchmark_uses")], ...]
    """What the share may divide; empty where it is context only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmarks(Record):
    """The population shares of a base."""

    benchmarks: tuple[Benchmark, ...]
    """One entry per share."""
