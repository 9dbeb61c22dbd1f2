"""Cited works with their codes and findings, and which of them count as evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Literal

from coprod_review.model.citation import Citation
from coprod_review.model.codebook import Codebook
from coprod_review.model.quantity import Quantity
from coprod_review.model.record import NOT_CODED, Coded, PartialDate, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Geography(Record):
    """Where the data of a study come from, and where its authors work."""

    data: tuple[Annotated[str, Coded("places")], ...] = ()
    """Nations or countries that the data come from; empty if they are not known."""
    authors: tuple[Annotated[str, Coded("places")], ...] = ()
    """Nations or countries of the authors' institutions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Record):
    """The search of a review, and the works that it included."""

    start: PartialDate | None = None
    """First year or month that the search covers: 2006, or "2006-01"; null if it is not known."""
    end: PartialDate | None = None
    """Last year or month that the search covers; null if it is not known."""
    included: int | None = None
    """Number of works that the review included; null if it is not known."""
    included_as: str | None = None
    """What the review counts: articles, papers, studies or projects."""
    screened: int | None = None
    """Number of records found or screened; null if it is not known."""
    nested: dict[str, int] = field(default_factory=dict)
    """Number of included works for each design, if the review gives these numbers."""
    included_studies: tuple[str, ...] = ()
    """Identifiers (DOIs, or ids of this base) of the included works, if the review lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports(Record):
    """Whether a work was found to report outcomes, and whether it was found to report process."""

    outcome: Annotated[str, Coded("presence")] = NOT_CODED
    """A change in a person, staff member, organisation or community: present, absent or not_coded."""
    process: Annotated[str, Coded("presence")] = NOT_CODED
    """How people experienced taking part, or what was produced: present, absent or not_coded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim(Record):
    """Whether a work sets out to examine one side, outcome or process, and where it says so."""

    code: Annotated[str, Coded("aims")] = NOT_CODED
    """primary, secondary, not_an_aim or not_coded."""
    reason: str | None = None
    """Reason for the code, in your own words; required if the aim is coded."""
    read_in: Annotated[str, Coded("read_in")] | None = None
    """Where the aim was read: the title, the stated aim, or another place; required if the aim is coded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims(Record):
    """What a work sets out to examine, which says nothing about what it found."""

    outcome: Aim = Aim()
    """Whether the work sets out to examine a change for anyone."""
    process: Aim = Aim()
    """Whether the work sets out to examine how the practice is done or experienced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants(Record):
    """A number of people who took part in a study."""

    n: int
    """How many took part."""
    unit: str
    """Who they were, in a few words: young men, patients and family members."""
    read_in: Annotated[str, Coded("read_in")]
    """Where the number was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedIn(Record):
    """One place that reports a finding."""

    source: Annotated[str, Coded("sources")]
    """The text that reports the finding, for example abstract, full_text, landing_page or the id of the review."""
    section: str | None = None
    """Section of that source, as text: "3.1.2"."""
    claim: str | None = None
    """Id of the claim in review.yaml that states the finding."""
    locator: str | None = None
    """Page or table, if it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty(Record):
    """A recorded human judgement of confidence in a finding (GRADE-CERQual)."""

    level: Annotated[str, Coded("certainty_levels")]
    """Overall confidence."""
    methodological_limitations: str
    """Judgement on methodological limitations, in the assessor's own words."""
    coherence: str
    """Judgement on coherence, in the assessor's own words."""
    adequacy: str
    """Judgement on the adequacy of the data, in the assessor's own words."""
    relevance: str
    """Judgement on relevance, in the assessor's own words."""
    assessor: str
    """Name of the person who judged."""
    date: str
    """Date of the judgement, as an ISO date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Record):
    """One statement by one work about one outcome of one stakeholder group."""

    id: str
    """The id of the study, a full stop and a number: kay-2019.1."""
    outcome: Annotated[str, Coded("outcomes")]
    """Outcome in the taxonomy; the first part of its id is the stakeholder group."""
    level: Annotated[str, Coded("levels")]
    """experience or output, which count as process; outcome or impact, which count as outcome."""
    direction: Annotated[str, Coded("directions")]
    """Direction of the effect: benefit, mixed, no_change, harm or not_stated."""
    asserts: Annotated[str, Coded("asserts")] = NOT_CODED
    """How strongly the source says it: states, suggests, hints or not_stated."""
    beneficiary: Annotated[str, Coded("beneficiaries")] = NOT_CODED
    """For outcome findings about people and the community: whether those who took part gain or lose, or others."""
    whose: Annotated[str, Coded("whose")] = NOT_CODED
    """For the group people: a person who uses services or takes part, a carer, or both."""
    person_role: Annotated[str, Coded("person_roles")] = NOT_CODED
    """For the group people: what the people are in the study, for example patients, students or co-researchers."""
    staff_role: Annotated[str, Coded("staff_roles")] = NOT_CODED
    """For the group staff: whether the finding concerns people who work in services or researchers."""
    measurement: Annotated[str, Coded("measurements")] = NOT_CODED
    """How the finding was measured."""
    instruments: tuple[str, ...] = ()
    """Names of the published scales that were used."""
    evidence_role: Annotated[str, Coded("evidence_roles")]
    """original if the work itself found it; reported_by_review if a review reports the finding of another work."""
    follow_up: Annotated[str, Coded("follow_up")] = NOT_CODED
    """How long after taking part the finding was measured."""
    summary: str
    """The finding in your own words, without a sentence of the source."""
    figures: tuple[Quantity, ...] = ()
    """Numbers that belong to the finding."""
    reported_in: tuple[ReportedIn, ...]
    """Every place that reports the finding."""
    certainty: Certainty | None = None
    """A recorded human judgement of confidence; without it the certainty is not assessed."""
    locator: str | None = None
    """Page or table of the study that gives the finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum(Record):
    """An error of a source or a point that it leaves open, with the correction and how sure it is."""

    id: str | None = None
    """Short id, needed if other entries refer to the erratum."""
    about: str
    """What is wrong: the field of the citation, or the error and its place in your own words."""
    correction: str
    """What is right instead, or that nothing could be found."""
    basis: str
    """What the correction is based on."""
    confidence: Annotated[str, Coded("confidence")]
    """How sure the correction is: high, medium or low."""
    verified_at_original: bool
    """true only if somebody read the original work for this point."""
    section: str | None = None
    """Section of the review that contains the error."""
    claims: tuple[str, ...] = ()
    """Ids of the claims in review.yaml that the erratum concerns."""
    studies: tuple[str, ...] = ()
    """Ids of the studies that the erratum concerns."""
    denies: tuple[str, ...] = ()
    """Ids of the claims that these studies, or the study of the entry, cannot support if the erratum is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(Record):
    """How an entry came into the base."""

    entered_from: Annotated[str, Coded("sources")]
    """Where the entry comes from: a review, a documented search, or somebody who added it by hand."""
    as_of: str
    """Date of the coding, as an ISO date."""
    last_checked: str | None = None
    """Date of the latest check against the source, as an ISO date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal(Record):
    """A recorded critical appraisal: an answer to each item, and no total."""

    tool: str
    """Tool and version, for example MMAT 2018."""
    items: dict[str, str]
    """Answer to each item of the tool."""
    serious_concern: Annotated[str, Coded("presence")]
    """Whether the assessor recorded a serious concern."""
    assessor: str
    """Name of the person who appraised the study."""
    date: str
    """Date of the appraisal, as an ISO date."""
    rationale: str
    """Reason for the judgement, in the assessor's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study(Record):
    """One cited work with its codes and findings."""

    id: str
    """Family name of the first author and the year: kay-2019. For an organisation who-2022, without a date who-nd."""
    reference: int | None = None
    """Number of the work in the review that the base starts from."""
    citation: Citation
    """Correct bibliographic facts; errors of a source belong in errata."""
    role: Annotated[str, Coded("roles")]
    """evidence for an empirical work (a primary study or a review); context for any other work."""
    role_reason: str | None = None
    """Reason for that role, in your own words."""
    design: Annotated[str, Coded("designs")]
    """Study design."""
    practice: tuple[Annotated[str, Coded("practices")], ...] = ()
    """What the work itself calls the practice, as one or more of the practices in the codebook."""
    setting: tuple[Annotated[str, Coded("settings")], ...] = ()
    """Where the practice took place, for example in services, research or education."""
    sector: tuple[Annotated[str, Coded("sectors")], ...] = ()
    """Sectors that the work is about."""
    geography: Geography = field(default_factory=Geography)
    """Places of the data and of the authors."""
    search: Search | None = None
    """For reviews: the period of the search and the included works."""
    coded_from: Annotated[str, Coded("coded_from")]
    """What the coder read to code this entry: full_text, abstract or citation."""
    coding_note: str | None = None
    """What exactly the coder read, and what the coder could not read."""
    aim: str | None = None
    """The stated aim of the work, in your own words."""
    aims: Aims = Aims()
    """Whether the work sets out to examine outcomes, and whether it sets out to examine process."""
    participants: tuple[Participants, ...] | Literal["not_stated", "not_coded"] = NOT_CODED
    """How many people took part; not_stated if what was read does not say so."""
    reports: Reports = field(default_factory=Reports)
    """Whether the work reports outcomes, and whether it reports process."""
    definition: Annotated[str, Coded("definitions")] = NOT_CODED
    """Whether the work gives or cites a definition of the practice: given, cited, none or not_coded."""
    principles_mentioned: dict[Annotated[str, Coded("principles")], Annotated[str, Coded("mentions")]] = field(
        default_factory=dict
    )
    """For each principle mentioned, not_mentioned or not_coded; to mention a principle is not to act on it."""
    populations: dict[Annotated[str, Coded("groups")], Annotated[str, Coded("population_codes")]] = field(
        default_factory=dict
    )
    """Groups of people, each with its code; a group that the entry does not name is not_coded."""
    characteristics: dict[Annotated[str, Coded("characteristics")], Annotated[str, Coded("characteristic_codes")]] = (
        field(default_factory=dict)
    )
    """Whether the work gives each characteristic of the people who took part; one that is not named is not_coded."""
    findings: tuple[Finding, ...] = ()
    """Every finding, including null, mixed and negative ones."""
    status: Annotated[str, Coded("statuses")] = "active"
    """active, withdrawn or retracted."""
    provenance: Provenance
    """How the entry came into the base."""
    errata: tuple[Erratum, ...] = ()
    """What the review that the base starts from gets wrong about this work."""
    study_family: str | None = None
    """A name that entries share if they report the same study or come from the same team."""
    cited_via: str | None = None
    """Id of another work, if the review cites this work only through it."""
    phase: tuple[Annotated[str, Coded("phases")], ...] = ()
    """Phases of the practice: commissioning, design, delivery, assessment."""
    rung_claimed: Annotated[str, Coded("rungs")] = NOT_CODED
    """Rung of the ladder of participation that the work claims for itself."""
    rung_assessed: Annotated[str, Coded("rungs")] = NOT_CODED
    """Rung of the ladder that coders assign from what the work describes."""
    involvement_in_outcomes: Annotated[str, Coded("involvement")] = NOT_CODED
    """Whether people with lived experience helped choose what to measure."""
    cost_measure: Annotated[str, Coded("cost_measures")] = NOT_CODED
    """Whether cost was measured, and how fully."""
    looked_for_harm: Annotated[str, Coded("looked_for_harm")] = NOT_CODED
    """Whether the work looked for harm."""
    appraisal: Appraisal | None = None
    """A recorded critical appraisal; without it the study is not appraised."""
    coders: tuple[str, ...] = ()
    """Names of the people who coded the entry; empty if it was coded once."""

    @property
    def groups_coded(self) -> bool:
        """Whether any group of people has a code other than ``not_coded``."""
        return any(code != NOT_CODED for code in self.populations.values())

    @property
    def year(self) -> int | None:
        """Year of issue, or ``None`` if the work has no date."""
        return self.citation.issued


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiesFile(Record):
    """The contents of studies.yaml."""

    studies: tuple[Study, ...]
    """One entry for each work."""


def has_beneficiary(outcome: str, codebook: Codebook) -> bool:
    """Return whether findings on an outcome say who benefited: those about people and about the community do."""
    return stakeholder(outcome) in codebook.of_kind("stakeholders", "people", "community")


def stakeholder(outcome: str) -> str:
    """Return the stakeholder group of an outcome id, its first part: ``people`` for ``people.health.wellbeing``."""
    return outcome.partition(".")[0]


def domain(outcome: str) -> str:
    """Return the domain of an outcome id, its first two parts: ``people.health`` for ``people.health.wellbeing``."""
    return ".".join(outcome.split(".")[:2])


def is_eligible(study: Study, codebook: Codebook) -> bool:
    """Return whether a work counts as evidence: its role is counted, and it is not withdrawn or retracted."""
    return study.status == "active" and study.role in codebook.of_kind("roles", "counted")


def read_in_full(study: Study, codebook: Codebook) -> bool:
    """Return whether the full text of a work was read, so that what it lacks is known."""
    return study.coded_from in codebook.of_kind("coded_from", "full")


def read_in_part(study: Study, codebook: Codebook) -> bool:
    """Return whether a work is known not to have been read in full; false if the codebook does not tell."""
    return bool(codebook.of_kind("coded_from", "full")) and not read_in_full(study, codebook)


def eligible(studies: Iterable[Study], codebook: Codebook) -> tuple[Study, ...]:
    """Return the studies that count as evidence, in their order."""
    counted = codebook.of_kind("roles", "counted")
    return tuple(study for study in studies if study.role in counted and study.status == "active")


def outcome_studies(studies: Iterable[Study], codebook: Codebook) -> tuple[Study, ...]:
    """Return the eligible studies with at least one finding at level outcome or impact, in their order."""
    levels = codebook.of_kind("levels", "outcome")
    return tuple(s for s in eligible(studies, codebook) if any(finding.level in levels for finding in s.findings))
