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
    """A number that a work gives, to be set beside a figure of this base, or a reason why it must not be."""

    id: str
    """p and a number."""
    label: str
    """What the number counts, in own words."""
    source: str
    """The work that gives it, in short."""
    study: str | None = None
    """Id of that work, where it is an entry of this base."""
    n: int | None = None
    """Numerator."""
    N: int | None = None
    """Denominator."""
    percent: int | float | None = None
    """Percentage as the source prints it, where numerator or denominator was not seen."""
    beside: str
    """Id of the figure of this base that it bears on."""
    not_comparable_because: str | None = None
    """Why the two must not be compared; then no number is set beside the figure."""
    note: str | None = None
    """Anything a reader must know before using the number."""

    @property
    def fraction(self) -> tuple[int, int] | None:
        """Numerator and denominator where both are recorded and make a share, else ``None``."""
        return fraction_of(self.n, self.N)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """One sentence of the review that cites a work, in own words."""

    id: str
    """c and a number, in the order of the review."""
    section: str
    """Section of the review, as text."""
    stakeholder: Annotated[str, Coded("stakeholders")] | Literal["none"]
    """Group whose outcome the sentence is about, or none."""
    claim: str
    """What the sentence says, in own words and with errata corrected."""
    cites: tuple[str, ...]
    """Ids of the studies it cites."""
    figures: tuple[Quantity, ...] = ()
    """Numbers it gives."""
    corroboration: dict[str, Annotated[str, Coded("corroboration")]]
    """For each cited study: whether the claim was seen in it."""
    note: str | None = None
    """What the judgement rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony(Record):
    """Something participants of the review's sessions said, in own words."""

    id: str
    """t and a number."""
    section: str
    """Section of the review, as text."""
    statement: str
    """What was said, in own words."""
    outcomes: tuple[Annotated[str, Coded("outcomes")], ...] = ()
    """Outcomes it names; empty where it names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence(Record):
    """An enabler of, or barrier to, measuring the impact of co-production."""

    id: str
    """en or ba and a number."""
    section: str
    """Section of the review, as text."""
    statement: str
    """What helps or hinders, in own words."""
    cites: tuple[str, ...]
    """Ids of the studies it cites."""
    claim: str
    """Claim that carries it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Record):
    """A worked example that participants gave."""

    id: str
    """ex and a number."""
    section: str
    """Section of the review, as text."""
    statement: str
    """The example, in own words."""
    outcomes: tuple[Annotated[str, Coded("outcomes")], ...] = ()
    """Outcomes it bears on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Record):
    """One recommendation of the review, and what in this base can measure it."""

    id: str
    """r and its number."""
    statement: str
    """The recommendation, in own words."""
    groups: tuple[Annotated[str, Coded("groups")], ...] = ()
    """Groups of people it names."""
    measured_by: tuple[str, ...] = ()
    """Ids of figures that bear on it."""
    not_measurable_because: str | None = None
    """Why nothing in the base can measure it; required where measured_by is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """The review that the base starts from: what it claims and what it leaves open."""

    id: str
    """Id of the review."""
    citation: Citation
    """Bibliographic record of the review."""
    method: str
    """How the review was made, in own words."""
    topics: tuple[str, ...] = ()
    """Topics of its sessions, in own words."""
    claims: tuple[Claim, ...]
    """Sentences that cite a work."""
    testimony: tuple[Testimony, ...]
    """What participants said."""
    enablers: tuple[Influence, ...]
    """What helps measuring impact."""
    barriers: tuple[Influence, ...]
    """What hinders measuring impact."""
    examples: tuple[Example, ...]
    """Examples that participants gave."""
    recommendations: tuple[Recommendation, ...]
    """Its recommendations, in order."""
    published: tuple[Published, ...] = ()
    """Numbers from other works that bear on figures of this base."""
    errata: tuple[Erratum, ...]
    """What it gets wrong or leaves open."""
    stated: tuple[Stated, ...] = ()
    """What it states, point by point, for comparison with this base."""
