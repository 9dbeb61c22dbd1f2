"""The description of a base, and the framework that its studies are read against."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.codebook import Codebook
from coprod_review.model.quantity import Quantity
from coprod_review.model.record import Coded, Record, Year
from coprod_review.model.review import Claim, Example, Recommendation, Review, Testimony

NOT_STATED = "not stated"
"""The value of fields that a base without base.yaml does not state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Record):
    """What a study must be about to count as direct evidence."""

    sector: Annotated[str, Coded("sectors")]
    """Sector of direct evidence."""
    published_from: Year | None = None
    """First year of the declared window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About(Record):
    """What the base is, and how it was made."""

    name: str
    """Short name."""
    title: str
    """Title for readers."""
    version: str
    """Version of the base, as text."""
    as_of: str
    """Date from which every age is measured, as an ISO date."""
    licence: str
    """Licence of the data."""
    schema: str
    """Version of the file shapes."""
    eligibility: str
    """Which works are entered, and which count as evidence."""
    search: str
    """How works were searched for, or none documented."""
    coding: str
    """How works were coded, in one line that every report shows."""
    caution: str
    """What no figure of this base may be taken for, in one line."""
    sources: tuple[Annotated[str, Coded("sources")], ...]
    """Where entries come from."""
    selection: str | None = None
    """How the way works were chosen may tilt a figure, in a sentence that full reports show."""
    scope: Scope
    """What counts as direct evidence."""
    contact: str | None = None
    """Contact, only if there is one."""
    publisher: str | None = None
    """Publisher, only if there is one."""


@dataclass(frozen=True, kw_only=True)
class Framework:
    """Everything in a base except its studies: description, codebook, benchmarks and review."""

    about: About
    codebook: Codebook
    benchmarks: tuple[Benchmark, ...] = ()
    review: Review | None = None

    @property
    def statements(self) -> "tuple[Testimony | Example, ...]":
        """Testimony and examples of participants; empty where the base has no review."""
        return (*self.review.testimony, *self.review.examples) if self.review else ()

    @property
    def claim_figures(self) -> "Iterator[tuple[Claim, Quantity]]":
        """Pairs of a claim and a number in it, over all claims of the review."""
        for claim in self.review.claims if self.review else ():
            for figure in claim.figures:
                yield claim, figure

    @property
    def recommendations(self) -> "tuple[Recommendation, ...]":
        """Recommendations of the review; empty where the base has no review."""
        return self.review.recommendations if self.review else ()

    @cached_property
    def named_groups(self) -> frozenset[str]:
        """Ids of the groups of people that at least one recommendation names."""
        return frozenset(group for r in self.recommendations for group in r.groups)
