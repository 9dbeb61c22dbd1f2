"""The review that a base starts from: its claims, testimony, recommendations and errata."""

from dataclasses import dataclass
from typing import Annotated, Literal

from coprod_review.model.citation import Citation
from coprod_review.model.quantity import Quantity, fraction_of
from coprod_review.model.record import Coded, Record
from coprod_review.model.stated import Stated
from coprod_review.model.study import Erratum


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Record):
    """A number that a work gives, to compare with a figure of this base, or the reason why it must not be compared."""

    id: str
    """The letter p and a number."""
    label: str
    """What the number counts, in your own words."""
    source: str
    """The work that gives the number, in a few words."""
    study: str | None = None
    """Id of that work, if it is an entry of this base."""
    n: int | None = None
    """Numerator."""
    N: int | None = None
    """Denominator."""
    percent: int | float | None = None
    """Percentage as the source prints it, if the numerator or the denominator is not known."""
    beside: str
    """Id of the figure of this base to compare the number with."""
    not_comparable_because: str | None = None
    """Why the two must not be compared; reports then give this reason instead of the number."""
    note: str | None = None
    """Anything a reader must know before using the number."""

    @property
    def fraction(self) -> tuple[int, int] | None:
        """Numerator and denominator where both are recorded and make a share, else ``None``."""
        return fraction_of(self.n, self.N)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """One sentence of the review that cites a work, in your own words."""

    id: str
    """The letter c and a number, in the order of the review."""
    section: str
    """Section of the review, as text."""
    stakeholder: Annotated[str, Coded("stakeholders")] | Literal["none"]
    """Stakeholder group whose outcome the sentence is about, or none."""
    claim: str
    """What the sentence says, in your own words and with its errors corrected."""
    cites: tuple[str, ...]
    """Ids of the studies that the sentence cites."""
    figures: tuple[Quantity, ...] = ()
    """Numbers in the sentence."""
    corroboration: dict[str, Annotated[str, Coded("corroboration")]]
    """For each cited study: whether the claim was found in what was read of it."""
    note: str | None = None
    """What the judgement rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony(Record):
    """Something that participants said in the sessions of the review, in your own words."""

    id: str
    """The letter t and a number."""
    section: str
    """Section of the review, as text."""
    statement: str
    """What the participants said, in your own words."""
    outcomes: tuple[Annotated[str, Coded("outcomes")], ...] = ()
    """Outcomes that the statement names; empty if it names no outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence(Record):
    """Something that helps or hinders measuring the impact of the practice."""

    id: str
    """The letters en (for what helps) or ba (for what hinders), and a number."""
    section: str
    """Section of the review, as text."""
    statement: str
    """What helps or hinders, in your own words."""
    cites: tuple[str, ...]
    """Ids of the studies that the review cites for it."""
    claim: str
    """Id of the claim that states it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Record):
    """A worked example that participants gave."""

    id: str
    """The letters ex and a number."""
    section: str
    """Section of the review, as text."""
    statement: str
    """The example, in your own words."""
    outcomes: tuple[Annotated[str, Coded("outcomes")], ...] = ()
    """Outcomes that the example is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Record):
    """One recommendation of the review, and the figures of this base that bear on it."""

    id: str
    """The letter r and the number of the recommendation."""
    statement: str
    """The recommendation, in your own words."""
    groups: tuple[Annotated[str, Coded("groups")], ...] = ()
    """Groups of people that the recommendation names."""
    measured_by: tuple[str, ...] = ()
    """Ids of the figures that bear on the recommendation."""
    not_measurable_because: str | None = None
    """Why no figure of the base can measure it; required if measured_by is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """The review that the base starts from: its claims, recommendations and errors."""

    id: str
    """Id of the review."""
    citation: Citation
    """Bibliographic record of the review."""
    method: str
    """How the review was made, in your own words."""
    topics: tuple[str, ...] = ()
    """Topics of the sessions of the review, in your own words."""
    claims: tuple[Claim, ...]
    """Sentences of the review that cite a work."""
    testimony: tuple[Testimony, ...]
    """What participants said in the sessions of the review."""
    enablers: tuple[Influence, ...]
    """What helps measuring impact, according to the review."""
    barriers: tuple[Influence, ...]
    """What hinders measuring impact, according to the review."""
    examples: tuple[Example, ...]
    """Examples that participants gave."""
    recommendations: tuple[Recommendation, ...]
    """Recommendations of the review, in its order."""
    published: tuple[Published, ...] = ()
    """Numbers from other works, to compare with figures of this base."""
    errata: tuple[Erratum, ...]
    """What the review gets wrong or leaves open."""
    stated: tuple[Stated, ...] = ()
    """What the review states, point by point, to compare with counts in this base."""
