"""A number with its uncertainty and comparisons, and the studies, codes and findings behind it.

The names of fields are the keys of the JSON contract. Shares run from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from coprod_review.results.intervals import Interval

# Formats import this module, and help lists formats: it must not wait for the whole model.
if TYPE_CHECKING:
    from coprod_review.model.benchmarks import Benchmark
    from coprod_review.model.quantity import Quantity
    from coprod_review.model.review import Published

Unit = Literal[
    "study", "finding", "outcome", "domain", "inclusion", "statement", "claim", "published share", "recommendation"
]
"""What is counted."""


Reason = Literal[
    "empty",
    "nothing_known",
    "few_known",
    "few_full_texts",
    "presence_only",
    "one_sided",
    "no_second_side",
    "complete_count",
    "no_denominator",
    "dependent_findings",
    "no_beneficiary",
    "no_list",
    "few_lists",
    "no_kind",
]
"""Why a figure has no value, or no interval."""

Verdict = Literal["lower", "higher", "too_few", "none_found", "not_comparable"]
"""How a figure compares with a published share."""

Basis = Literal[
    "not_divided",
    "one_benchmark",
    "below_band",
    "base_too_small",
    "reaches_band",
    "into_band",
    "above_band",
    "published",
]
"""The reason for a verdict on a comparison, or for its absence."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """How many items have no known answer, and the lowest and highest value that their answers could give."""

    count: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ValueRange:
    """Smallest and largest value of a figure when one study is left out, over all studies."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PrimaryOnly:
    """The same figure over primary studies only."""

    numerator: int
    denominator: int
    value: float | None


@dataclass(frozen=True, slots=True)
class PracticeCount:
    """Counts of the same figure over the studies of one practice, such as co-design."""

    practice: str
    numerator: int
    denominator: int
    unknown: int
    """Number of studies of the practice with no known answer."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Comparison of a figure with a published share."""

    benchmark: str
    """Id of the benchmark, or of the claim or finding that gives the share."""
    source: Benchmark | Quantity | Published
    """The published share: of a population, of a claim of the review, or of an entry of ``published``."""
    share: float | None
    ratio: float | None
    """The figure divided by the share; ``None`` where that would mislead."""
    interval: Interval | None
    """Interval of the ratio, or of the published share where there is no ratio."""
    verdict: Verdict | None
    basis: Basis
    needed: int = 0
    """Number of studies without the group that it takes before a zero excludes the published share."""
    elsewhere: int = 0
    """Number of studies with data from outside the nations of the benchmark, or from places that are not known."""
    studies: int = 0
    """Number of studies that ``elsewhere`` is a part of."""
    benchmarks_disagree: bool = False
    """Whether the benchmarks of one group give different verdicts."""


Conditions = Mapping[str, tuple[str, ...]]
"""Facets of findings, each with the terms that match; a finding has to match every facet."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """The codes and findings that put a study into a figure, which ``why`` shows."""

    codes: tuple[str, ...] = ()
    """Paths of study fields, such as ``focus`` or ``populations.dementia``."""
    findings: tuple[Conditions, ...] = ()
    """Conditions on findings; a finding that passes any of them belongs to the figure."""

    def __and__(self, other: Criteria) -> Criteria:
        """Combine the criteria of a row and a column: the codes of both, and findings that pass both."""
        combined = tuple({**one, **two} for one in self.findings for two in other.findings)
        return Criteria((*self.codes, *other.codes), combined or self.findings or other.findings)


NO_CRITERIA = Criteria()


@dataclass(frozen=True, slots=True)
class Attributed:
    """How a figure differs if findings count that are known only from the review of the base."""

    review: str
    """Id of the review."""
    numerator_ids: tuple[str, ...] = ()
    """Ids of the items that come on top in the numerator."""
    denominator_ids: tuple[str, ...] = ()
    """Ids of the items that come on top in the denominator."""
    unknown_ids: tuple[str, ...] = ()
    """Ids of the items that come on top and have no known answer."""
    removed_ids: tuple[str, ...] = ()
    """Ids of the items in the numerator that would not count: an outcome that no text reports, but the review does."""
    review_name: str = field(default="", compare=False)
    """Name of the review in running text."""

    @property
    def numerator(self) -> int:
        """Number of items that come on top in the numerator."""
        return len(self.numerator_ids)

    @property
    def denominator(self) -> int:
        """Number of items that come on top in the denominator."""
        return len(self.denominator_ids)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its numerator, denominator, interval and comparisons."""

    id: str
    """Id by which ``why`` shows the figure."""
    label: str
    definition: str
    """What is counted, and out of what."""
    numerator: int | None
    """``None`` where nothing is known, which differs from zero."""
    denominator: int | None
    value: float | None
    """A share, ratio or median; ``None`` where none is computed, and then ``reason`` says why."""
    interval: Interval | None = None
    unknown: Unknown | None = None
    leave_one_out: ValueRange | None = None
    primary_only: PrimaryOnly | None = None
    comparisons: tuple[Comparison, ...] = ()
    reason: Reason | None = None
    lacks: tuple[str, ...] = ()
    """Where the reason is no_kind: the vocabulary, and the kinds of which it has no term."""
    unit: Unit = "study"
    numerator_ids: tuple[str, ...] = ()
    """Ids of the items in the numerator."""
    denominator_ids: tuple[str, ...] = ()
    """Ids of the items in the denominator."""
    unknown_ids: tuple[str, ...] = ()
    """Ids of the items with no known answer."""
    attributed: Attributed | None = None
    """What the review of the base alone adds; ``None`` where it adds nothing."""
    practices: tuple[PracticeCount, ...] = ()
    criteria: Criteria = NO_CRITERIA
    kind: Literal["share", "ratio", "count", "median"] = "share"

    @property
    def studies(self) -> tuple[str, ...]:
        """Ids of the studies in the numerator; empty where the unit is not the study."""
        return self.numerator_ids if self.unit == "study" else ()
