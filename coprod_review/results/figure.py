"""A number with everything that must stand beside it, and the codes and findings behind it.

Fields are the keys of the JSON contract. Shares run from 0 to 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from coprod_review.results.intervals import Interval

Unit = Literal[
    "study", "finding", "outcome", "domain", "inclusion", "statement", "claim", "published share", "recommendation"
]
"""What is counted."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is counted but not known, and the figure's extremes over every way it could fall."""

    count: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ValueRange:
    """Smallest and largest value of a figure when any one study is left out."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PrimaryOnly:
    """The same figure over primary studies alone."""

    numerator: int
    denominator: int
    value: float | None


@dataclass(frozen=True, slots=True)
class PracticeCount:
    """The same figure over the studies of one practice, such as co-design; counts alone."""

    practice: str
    numerator: int
    denominator: int
    unknown: int
    """Studies of the practice for which it is not known."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure beside a published share."""

    benchmark: str
    """Id of the benchmark, or of the claim or finding that gives the share."""
    share: float | None
    ratio: float | None
    """The figure divided by the share; ``None`` where it may not be divided."""
    interval: Interval | None
    """Interval of the ratio, or of the published share where there is no ratio."""
    verdict: str | None
    reason: str
    of: Literal["benchmark", "claim", "published"] = "benchmark"
    """What gives the share: a benchmark, a claim of the review, or an entry of ``published``."""


Conditions = Mapping[str, tuple[str, ...]]
"""Facets of findings, each with the terms that pass; a finding has to pass them all."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What puts a study into a figure, so that ``why`` can show it: its own codes, and findings."""

    codes: tuple[str, ...] = ()
    """Fields of a study by their path, such as ``focus`` or ``populations.dementia``."""
    findings: tuple[Conditions, ...] = ()
    """Findings that bear on the figure: those that pass any of these."""

    def __and__(self, other: "Criteria") -> "Criteria":
        """The trail of a cell where two levels meet: the codes of both, and findings that pass both."""
        both = tuple({**one, **two} for one in self.findings for two in other.findings)
        return Criteria((*self.codes, *other.codes), both or self.findings or other.findings)


NO_CRITERIA = Criteria()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its numerator, denominator and interval."""

    id: str
    """What ``why`` opens."""
    label: str
    definition: str
    """The rule: what is counted, of what."""
    numerator: int | None
    """``None`` where nothing at all is known, which is not zero."""
    denominator: int | None
    value: float | None
    """A share, ratio or median; ``None`` where none may be computed, with a reason."""
    interval: Interval | None = None
    unknown: Unknown | None = None
    leave_one_out: ValueRange | None = None
    primary_only: PrimaryOnly | None = None
    comparisons: tuple[Comparison, ...] = ()
    reason: str | None = None
    unit: Unit = "study"
    numerator_ids: tuple[str, ...] = ()
    """Ids in the numerator."""
    denominator_ids: tuple[str, ...] = ()
    """Ids in the denominator."""
    unknown_ids: tuple[str, ...] = ()
    """Ids of which it is not known."""
    practices: tuple[PracticeCount, ...] = ()
    criteria: Criteria = NO_CRITERIA
    kind: Literal["share", "ratio", "count", "median"] = "share"

    @property
    def studies(self) -> tuple[str, ...]:
        """Ids of the studies in the numerator; empty where other things are counted."""
        return self.numerator_ids if self.unit == "study" else ()
