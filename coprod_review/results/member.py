"""The members of a figure: the items that it counts or leaves out, with the codes that decide their place."""

from dataclasses import dataclass
from typing import Literal

from coprod_review.model.codebook import Term
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim, Example, Recommendation, Testimony
from coprod_review.model.study import Finding, Study

Place = Literal["counted", "not counted", "not known", "both sides", "first side alone", "second side alone"]
"""Where an item belongs: the first three in a share or count, the last three and ``not known`` in a ratio."""

COUNTED: frozenset[Place] = frozenset({"counted", "both sides", "first side alone"})
"""Places in the numerator."""


@dataclass(frozen=True, slots=True)
class PublishedNumber:
    """A number that a claim of the review gives."""

    claim: Claim
    quantity: Quantity


Subject = Study | Claim | PublishedNumber | Testimony | Example | Term | Recommendation | None
"""What a member is; ``None`` for an item that the base does not describe."""


@dataclass(frozen=True, slots=True)
class Member:
    """An item that a figure counts or leaves out, and what decides that."""

    id: str
    place: Place
    subject: Subject = None
    """For a finding, the study that reports it."""
    codes: tuple[tuple[str, str], ...] = ()
    """Fields that decide its place, each with its value and the reason that the entry gives."""
    findings: tuple[Finding, ...] = ()
    """Findings that decide its place."""
    value_without: float | None = None
    """The figure without this item; ``None`` where that is not computed."""
    attributed: bool = False
    """Whether it has this place only according to the review of the base."""
