"""Cited works with their codes and findings, and which of them count as evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated

from coprod_review.model.citation import Citation
from coprod_review.model.codebook import Codebook
from coprod_review.model.quantity import Quantity
from coprod_review.model.record import NOT_CODED, Coded, PartialDate, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Geography(Record):
    """Where the data come from, and where the authors work: two different things."""

    data: tuple[Annotated[str, Coded("places")], ...] = ()
    """Nations or countries whose data the study holds; empty where not seen."""
    authors: tuple[Annotated[str, Coded("places")], ...] = ()
    """Nations or countries of the authors' institutions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Record):
    """How a review looked, and what it found."""

    start: PartialDate | None = None
    """First year or month searched: 2006, or "2006-01"; null where not seen."""
    end: PartialDate | None = None
    """Last year or month searched; null where not seen."""
    included: int | None = None
    """Number of works the review included; null where not seen."""
    included_as: str | None = None
    """What the review counts: articles, papers, studies, projects."""
    screened: int | None = None
    """Number of records found or screened, where seen."""
    nested: dict[str, int] = field(default_factory=dict)
    """Included works by design, where the review gives the numbers."""
    included_studies: tuple[str, ...] = ()
    """Identifiers (DOIs, or ids of this base) of the included works, where listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports(Record):
    """Which side of outcome against process a work was found to report."""

    outcome: Annotated[str, Coded("presence")] = NOT_CODED
    """A change in a person, staff member, organisation or community: present, absent or not_coded."""
    process: Annotated[str, Coded("presence")] = NOT_CODED
    """What taking part was like, or what was produced: present, absent or not_coded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedIn(Record):
    """One place where a finding was seen."""

    source: Annotated[str, Coded("sources")]
    """What was read: abstract, full_text, landing_page, or scie-review-2022."""
    section: str | None = None
    """Section of that source, as text: "3.1.2"."""
    claim: str | None = None
    """Id of the claim in review.yaml that carries the finding."""
    locator: str | None = None
    """Page or table, where known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty(Record):
    """A recorded human judgement of confidence in a finding (GRADE-CERQual)."""

    level: Annotated[str, Coded("certainty_levels")]
    """Overall confidence."""
    methodological_limitations: str
    """Judgement on the first component, in own words."""
    coherence: str
    """Judgement on the second component, in own words."""
    adequacy: str
    """Judgement on the third component, in own words."""
    relevance: str
    """Judgement on the fourth component, in own words."""
    assessor: str
    """Who judged."""
    date: str
    """When, as an ISO date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Record):
    """One statement by one work about one outcome of one stakeholder group."""

    id: str
    """The study's id, a full stop and a number: kay-2019.1."""
    outcome: Annotated[str, Coded("outcomes")]
    """Outcome of the taxonomy; its first part is the stakeholder group."""
    level: Annotated[str, Coded("levels")]
    """experience, output, outcome or impact: the first two are process."""
    direction: Annotated[str, Coded("directions")]
    """benefit, mixed, no_change, harm or not_stated."""
    beneficiary: Annotated[str, Coded("beneficiaries")] = NOT_CODED
    """Who gains or loses: those who took part, or others."""
    whose: Annotated[str, Coded("whose")] = NOT_CODED
    """For the group people: a person who draws on care, a carer, or both."""
    measurement: Annotated[str, Coded("measurements")] = NOT_CODED
    """How the finding was measured."""
    instruments: tuple[str, ...] = ()
    """Published scales that were used, by name."""
    evidence_role: Annotated[str, Coded("evidence_roles")]
    """original where the work itself found it; reported_by_review where it relays others."""
    follow_up: Annotated[str, Coded("follow_up")] = NOT_CODED
    """How long after taking part the finding was measured."""
    summary: str
    """The finding in own words: no sentence of the source."""
    figures: tuple[Quantity, ...] = ()
    """Numbers that belong to the finding."""
    reported_in: tuple[ReportedIn, ...]
    """Every place where the finding was seen."""
    certainty: Certainty | None = None
    """A recorded human judgement; absent means not assessed."""
    locator: str | None = None
    """Page or table in the study itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum(Record):
    """What a source gets wrong or leaves open, and how sure we are."""

    id: str | None = None
    """Short id, where other entries point to the erratum."""
    about: str
    """What is wrong: a citation field, or the words and place in own words."""
    correction: str
    """What holds instead, or that nothing could be found."""
    basis: str
    """What the correction rests on."""
    confidence: Annotated[str, Coded("confidence")]
    """high, medium or low."""
    verified_at_original: bool
    """true only where the original work was read for this point."""
    section: str | None = None
    """Section of the review where the error stands."""
    claims: tuple[str, ...] = ()
    """Claims of review.yaml that the erratum touches."""
    studies: tuple[str, ...] = ()
    """Studies that the erratum touches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(Record):
    """How an entry came into the base."""

    entered_from: Annotated[str, Coded("sources")]
    """The review, search or hand that brought the entry in."""
    as_of: str
    """Date of the coding, as an ISO date."""
    last_checked: str | None = None
    """Date of the latest check against the source, as an ISO date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal(Record):
    """A recorded critical appraisal: items and no total."""

    tool: str
    """Tool and version, for example MMAT 2018."""
    items: dict[str, str]
    """Answer to every item of the tool."""
    serious_concern: Annotated[str, Coded("presence")]
    """Whether the assessor recorded a serious concern."""
    assessor: str
    """Who appraised."""
    date: str
    """When, as an ISO date."""
    rationale: str
    """Why, in own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study(Record):
    """One cited work with its codes and findings."""

    id: str
    """First author's family name and year: kay-2019; corporate: scie-2022; no date: tlap-nd."""
    reference: int | None = None
    """Its number in the SCIE review."""
    citation: Citation
    """Corrected bibliographic facts; what a source gets wrong goes into errata."""
    role: Annotated[str, Coded("roles")]
    """evidence where the work is empirical, primary or review; else context."""
    role_reason: str | None = None
    """Why it has that role, in own words."""
    design: Annotated[str, Coded("designs")]
    """Study design."""
    practice: tuple[Annotated[str, Coded("practices")], ...] = ()
    """What the source itself calls the practice: co-production, co-design, PPI."""
    sector: tuple[Annotated[str, Coded("sectors")], ...] = ()
    """Sectors the work is about."""
    geography: Geography = field(default_factory=Geography)
    """Places of the data and of the authors."""
    search: Search | None = None
    """For reviews: search window and included works."""
    coded_from: Annotated[str, Coded("coded_from")]
    """full_text, abstract or citation: what was read to code this entry."""
    coding_note: str | None = None
    """What exactly was read, and what could not be."""
    focus: Annotated[str, Coded("focus")] = NOT_CODED
    """What the work says it examines: outcome, process, both or neither."""
    focus_reason: str | None = None
    """Why, in own words."""
    reports: Reports = field(default_factory=Reports)
    """Which side of outcome against process was found."""
    definition: Annotated[str, Coded("definitions")] = NOT_CODED
    """Whether the work defines co-production: given, cited, none or not_coded."""
    principles_mentioned: dict[Annotated[str, Coded("principles")], Annotated[str, Coded("mentions")]] = field(
        default_factory=dict
    )
    """The four principles, each mentioned, not_mentioned or not_coded; mentioned is not enacted."""
    populations: dict[Annotated[str, Coded("groups")], Annotated[str, Coded("population_codes")]] = field(
        default_factory=dict
    )
    """Groups of people, each with its code; a group that is not written is not_coded."""
    findings: tuple[Finding, ...] = ()
    """Every finding, null, mixed and negative ones included."""
    status: Annotated[str, Coded("statuses")] = "active"
    """active, withdrawn or retracted."""
    provenance: Provenance
    """How the entry came into the base."""
    errata: tuple[Erratum, ...] = ()
    """What the review gets wrong about this work."""
    study_family: str | None = None
    """Shared by entries that report the same study or come from the same team."""
    cited_via: str | None = None
    """Id of the work through which the review cites this one second-hand."""
    phase: tuple[Annotated[str, Coded("phases")], ...] = ()
    """Phases of co-production: commissioning, design, delivery, assessment."""
    rung_claimed: Annotated[str, Coded("rungs")] = NOT_CODED
    """Rung of the ladder that the work claims."""
    rung_assessed: Annotated[str, Coded("rungs")] = NOT_CODED
    """Rung that coders assign from what is described."""
    involvement_in_outcomes: Annotated[str, Coded("involvement")] = NOT_CODED
    """Whether people with lived experience helped choose what to measure."""
    cost_measure: Annotated[str, Coded("cost_measures")] = NOT_CODED
    """Whether cost was measured, and how fully."""
    looked_for_harm: Annotated[str, Coded("looked_for_harm")] = NOT_CODED
    """Whether the work looked for harm."""
    appraisal: Appraisal | None = None
    """A recorded appraisal; absent means not assessed."""
    coders: tuple[str, ...] = ()
    """Who coded the entry; empty means coded once."""

    @property
    def is_eligible(self) -> bool:
        """Whether the work counts as evidence: it has the role ``evidence`` and is not withdrawn or retracted."""
        return self.role == "evidence" and self.status == "active"

    @property
    def groups_coded(self) -> bool:
        """Whether any group of people has a code other than ``not_coded``."""
        return any(code != NOT_CODED for code in self.populations.values())

    @property
    def year(self) -> int | None:
        """Year of issue, or ``None`` where the work bears no date."""
        return self.citation.issued


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiesFile(Record):
    """The shape of studies.yaml."""

    studies: tuple[Study, ...]
    """One entry per cited work."""


def stakeholder(outcome: str) -> str:
    """Return the stakeholder group of an outcome id, its first part: ``people`` for ``people.health.wellbeing``."""
    return outcome.partition(".")[0]


def domain(outcome: str) -> str:
    """Return the domain of an outcome id, its first two parts: ``people.health`` for ``people.health.wellbeing``."""
    return ".".join(outcome.split(".")[:2])


def eligible(studies: Iterable[Study]) -> tuple[Study, ...]:
    """Return the studies that count as evidence, in their order."""
    return tuple(study for study in studies if study.is_eligible)


def outcome_studies(studies: Iterable[Study], codebook: Codebook) -> tuple[Study, ...]:
    """Return the eligible studies with at least one finding at level outcome or impact, in their order."""
    levels = codebook.of_kind("levels", "outcome")
    return tuple(s for s in eligible(studies) if any(finding.level in levels for finding in s.findings))
