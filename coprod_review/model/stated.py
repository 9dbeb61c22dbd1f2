"""What a review states on one point, and what in the base it is compared with."""

from dataclasses import dataclass, field
from typing import Literal

from coprod_review.model.record import Record

NumberComparator = Literal["equal", "at_least", "at_most", "more_than", "less_than"]
Comparator = Literal[NumberComparator, "every", "none"]
Counted = Literal[
    "works", "findings", "claims", "enablers", "barriers", "recommendations", "testimony", "examples", "topics", "terms"
]
WorkSet = Literal["references", "evidence", "outcome_studies", "reported", "claims", "enablers", "barriers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCount(Record):
    """A number of things in this base, to be compared with what the review states."""

    what: str
    """What is counted, as words that follow "the number of": works that the review cites for staff."""
    count: Counted
    """What each item is: a work, a finding, a part of the review, or a term of a vocabulary."""
    of: WorkSet | None = None
    """For works and findings, which works: references (of the review's list), evidence (those that count as evidence),
    outcome_studies (with a finding on an outcome), reported (those with findings that the review reports, and only
    these findings), claims (cited by the claims of this row), enablers or barriers (cited for them). For claims: those
    that carry the enablers or barriers; without it, every claim."""
    vocabulary: str | None = None
    """For terms: the vocabulary of the codebook."""
    where: tuple[str, ...] = ()
    """Conditions on works or findings, written as for --where: sector=health."""
    parts: dict[str, str] = field(default_factory=dict)
    """Parts of what is counted, each with its name and a condition: Wales, place=Wales."""
    comparator: Comparator | None = None
    """How the number, or each part, must compare with the published number; more_than or less_than without a published
    number compare the first part with each of the others; every and none say how many must pass the conditions.
    Without it the number is shown and decides nothing."""
    published: int | float | None = None
    """The number that the review gives, or that its statement needs."""
    tolerance: int | float = 0
    """By how much the two numbers may be apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFigure(Record):
    """A figure of this base, to be compared with what the review states."""

    what: str
    """What the figure is of, as words that follow "the ratio of", "the share of" or "the number of"."""
    figure: str
    """Id of the figure, as why takes it: focus.ratio."""
    comparator: NumberComparator
    """How the figure must compare with the published number."""
    published: int | float
    """The number that the review gives, or that its statement needs; a share runs from 0 to 1."""
    tolerance: int | float = 0
    """By how much the two numbers may be apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted(Record):
    """A claim, or one number in it, that the review takes from a cited work and that nobody can count here."""

    claim: str
    """Id of the claim."""
    number: int | None = None
    """Position of the number among the figures of the claim, from 1; without it, the whole claim."""
    published: int | float | None = None
    """The number that the review prints, where it can be worked out again from the claim."""
    tolerance: int | float = 0
    """By how much the two numbers may be apart: 0.5 for a rounded percentage."""
    unit: str | None = None
    """Unit that the review prints, where it may differ from the unit of the number in the claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(Record):
    """What the review states on one point, and what in this base it is compared with."""

    id: str
    """Q and a number for what the review quotes from others, R and a number for what is compared with this base."""
    section: str
    """Section of the review, as text; several with commas."""
    statement: str
    """What the review states, in own words, its errors corrected or named."""
    counts: tuple[StatedCount, ...] = ()
    """Numbers of things in this base."""
    figures: tuple[StatedFigure, ...] = ()
    """Figures of this base."""
    quoted: tuple[Quoted, ...] = ()
    """Claims and numbers that the review takes from other works."""
    not_comparable_because: str | None = None
    """Why this base cannot decide the point, in a sentence; its numbers are still shown."""
    note: str | None = None
    """What a reader must know about the comparison, in a sentence."""
    claims: tuple[str, ...] = ()
    """Claims that carry it."""
    errata: tuple[str, ...] = ()
    """Errata of the review that bear on it."""
