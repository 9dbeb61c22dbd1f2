"""What an evidence base may say: its studies, codebook, benchmarks and the review.

Plain frozen dataclasses. The string under a field is its description in the
JSON Schemas and in an editor's hover text. ``Coded(vocabulary)`` marks a field
whose values are terms of the codebook. Nothing here validates: ``validation``
checks shape and types, ``checks`` checks meaning.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

NOT_CODED = "not_coded"


VOCABULARY_MARK = "x-vocabulary"


@dataclass(frozen=True, slots=True)
class Coded:
    """Marks a field that takes its terms from one vocabulary of the codebook."""

    vocabulary: str

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """Carry the vocabulary's name into the JSON Schema, where its terms replace it."""
        return {**handler(schema), VOCABULARY_MARK: self.vocabulary}


class Record:
    """Base of every entry: fields not named in the class are refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, object]] = {
        "extra": "forbid",
        "use_attribute_docstrings": False,
    }


def _csl_name(attribute: str) -> str:
    """The CSL-JSON key of an attribute: ``container_title`` is ``container-title``."""
    capitals = {"doi", "url", "pmid", "pmcid", "isbn"}
    return attribute.upper() if attribute in capitals else attribute.replace("_", "-")


Year = int
PartialDate = int | str


# --- citation ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Record):
    """One author: a person (family, given) or a body (literal)."""

    family: str | None = None
    """Family name of a person, as published."""
    given: str | None = None
    """Given names or initials of a person."""
    literal: str | None = None
    """Name of a body that is the author; then no family or given name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Record):
    """The bibliographic record, with the fields of CSL-JSON."""

    __pydantic_config__: ClassVar[dict[str, object]] = {
        "extra": "forbid",
        "alias_generator": _csl_name,
    }

    type: Annotated[str, Coded("citation_types")]
    """CSL type of the work, for example article-journal, report or webpage."""
    title: str
    """Title as published, in sentence case, without a final full stop."""
    author: tuple[Name, ...] = ()
    """Authors in published order."""
    issued: Year | None = None
    """Year of the issue or report; null where the work bears no date."""
    container_title: str | None = None
    """Journal, series or site that holds the work."""
    collection_title: str | None = None
    """Series of a report."""
    volume: str | None = None
    """Volume, as text in quotation marks."""
    issue: str | None = None
    """Issue, as text in quotation marks."""
    number: str | None = None
    """Article or report number, as text in quotation marks."""
    page: str | None = None
    """Pages, as text: "36-46"."""
    publisher: str | None = None
    """Publisher of a report, page or book."""
    publisher_place: str | None = None
    """Place of publication."""
    doi: str | None = None
    """DOI without the https://doi.org/ prefix."""
    pmid: str | None = None
    """PubMed number, as text in quotation marks."""
    pmcid: str | None = None
    """PubMed Central number, PMC first."""
    isbn: str | None = None
    """ISBN of a report or book."""
    url: str | None = None
    """Address at the publisher; no mirror, blog or newspaper."""


# --- study ----------------------------------------------------------------------


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


def _fraction(n: int | float | None, total: int | None) -> tuple[int, int] | None:
    """A whole number of a larger or equal one that is not nothing, or ``None``."""
    return (n, total) if isinstance(n, int) and total and 0 <= n <= total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Record):
    """A number as a source gives it: n of N, or a percentage that says what is missing."""

    label: str
    """What the number counts, in own words."""
    n: int | float | None = None
    """Numerator, or the value itself where it is no share."""
    N: int | None = None
    """Denominator."""
    percent: int | float | None = None
    """Percentage as the source prints it."""
    unit: str | None = None
    """What is counted: studies, people, GBP, percent a year."""
    period: str | None = None
    """Period the number covers, as text."""
    denominator: Annotated[str, Coded("denominators")] | None = None
    """reported where n and N stand here; not_reported where the source hides one of them."""
    study: str | None = None
    """Id of the cited study that the number is attributed to."""
    beside: str | None = None
    """Id of a figure of this base that the number may be set beside, for comparison."""
    not_comparable_because: str | None = None
    """Why the number must not be compared with the figure that it stands beside."""
    note: str | None = None
    """Anything a reader must know before using the number."""

    @property
    def fraction(self) -> tuple[int, int] | None:
        """Numerator and denominator, where both are held and make a share."""
        return _fraction(self.n, self.N)


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
        """Whether the work counts as evidence: role ``evidence`` and not withdrawn or retracted."""
        return self.role == "evidence" and self.status == "active"

    @property
    def groups_coded(self) -> bool:
        """Whether any group of people is coded; a group that is written as not coded is not."""
        return any(code != NOT_CODED for code in self.populations.values())

    @property
    def year(self) -> int | None:
        """Year of issue, or ``None`` where the work bears no date."""
        return self.citation.issued


# --- codebook -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Record):
    """One word that a study entry may use."""

    id: str
    """The word as it is typed in an entry."""
    label: str
    """The word as a reader sees it."""
    definition: str
    """What it means, in one sentence."""
    source: str
    """Where the term comes from."""
    synonyms: tuple[str, ...] = ()
    """Other words for the same thing, suggested to whoever types them."""
    superseded_by: str | None = None
    """Id of the term that replaces this one."""
    kind: str | None = None
    """A wider class: primary or review for designs, outcome or process for levels."""
    in_scope: bool | None = None
    """For sectors and places: whether it is inside the scope of the base."""
    named_by: str | None = None
    """For outcomes: review, participants, or reserved where nobody named it yet."""
    care_act: tuple[str, ...] = ()
    """For outcomes: areas of wellbeing in section 1(2) of the Care Act 2014."""
    care_act_part: bool = False
    """For outcomes: whether only a part of the outcome falls under that area."""
    broad: bool = False
    """For outcomes: counts as an outcome under the broad definition even at level experience."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary(Record):
    """One list of terms."""

    label: str
    """Name of the list."""
    description: str
    """What the list is for."""
    terms: tuple[Term, ...]
    """Its terms, in the order in which they are shown."""


GAP_THRESHOLDS: Mapping[str, frozenset[str]] = {
    "testimony_only": frozenset({"min_statements"}),
    "none": frozenset(),
    "review_only": frozenset({"min_reviews"}),
    "thin": frozenset({"max_studies"}),
    "single_source": frozenset({"min_primary"}),
    "mixed": frozenset(),
    "indirect": frozenset({"min_studies"}),
    "synthesis": frozenset({"min_primary", "max_age_years"}),
    "quality": frozenset({"min_appraised"}),
    "unappraised": frozenset({"min_studies"}),
    "not_coded": frozenset(),
}
"""The gap types that can be named, each with the thresholds that its rule needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRule(Record):
    """One typed gap: when it fires and what it is called."""

    id: str
    """Code of the gap type."""
    label: str
    """The gap as a reader sees it."""
    rule: str
    """When it fires, in words; {name} stands for a threshold."""
    source: str
    """Where the rule comes from."""
    robinson: str
    """Robinson's reason for the gap, or none."""
    thresholds: dict[str, int] = field(default_factory=dict)
    """Numbers of the rule."""

    @property
    def text(self) -> str:
        """The rule in words with its thresholds filled in."""
        return self.rule.format(**self.thresholds)


_MANY = 320


@dataclass(frozen=True, kw_only=True)
class Codebook(Record):
    """Every vocabulary, and the rules by which a gap is named."""

    vocabularies: dict[str, Vocabulary]
    """Vocabularies by name."""
    gap_rules: tuple[GapRule, ...]
    """Rules in declared order, the most important first."""

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Term]]:
        return {name: {term.id: term for term in v.terms} for name, v in self.vocabularies.items()}

    @cached_property
    def broad_outcomes(self) -> frozenset[str]:
        """Outcomes that count as outcomes under the broad definition even at level experience."""
        return frozenset(term.id for term in self.terms("outcomes") if term.broad)

    @cached_property
    def nations(self) -> frozenset[str]:
        """The places that are in scope: the nations of the base."""
        return frozenset(term.id for term in self.terms("places") if term.in_scope)

    @cached_property
    def _by_kind(self) -> dict[tuple[str, str], frozenset[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for name, vocabulary in self.vocabularies.items():
            for term in vocabulary.terms:
                if term.kind:
                    found.setdefault((name, term.kind), set()).add(term.id)
        return {key: frozenset(terms) for key, terms in found.items()}

    def terms(self, vocabulary: str) -> tuple[Term, ...]:
        """The terms of one vocabulary in their order, superseded ones left out; empty if there is none."""
        held = self.vocabularies.get(vocabulary)
        return tuple(term for term in held.terms if not term.superseded_by) if held else ()

    def allowed(self, vocabulary: str) -> str:
        """What may be written, for a message: every term, or for very many where they are listed."""
        told = ", ".join(term.id for term in self.terms(vocabulary))
        listed = f"a term that coprod-review codebook {vocabulary} lists (codebook.yaml, {vocabulary})"
        return f"one of: {told}" if len(told) <= _MANY else listed

    def find(self, vocabulary: str, term: str) -> Term | None:
        """One term, or ``None``."""
        return self._by_id.get(vocabulary, {}).get(term)

    def label(self, vocabulary: str, term: str) -> str:
        """The reader's word for a term; the term itself where it is not in the codebook."""
        found = self.find(vocabulary, term)
        return found.label if found else term

    def kind(self, vocabulary: str, term: str) -> str | None:
        """The wider class of a term, or ``None``."""
        found = self.find(vocabulary, term)
        return found.kind if found else None

    def of_kind(self, vocabulary: str, kind: str) -> frozenset[str]:
        """The ids of the terms of a wider class, such as the primary designs."""
        return self._by_kind.get((vocabulary, kind), frozenset())

    def rule(self, gap: str) -> GapRule | None:
        """The rule of one gap type, or ``None`` where this codebook does not name it."""
        return next((rule for rule in self.gap_rules if rule.id == gap), None)


# --- benchmarks -----------------------------------------------------------------


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


# --- the review -----------------------------------------------------------------


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
        """Numerator and denominator, where both are held and make a share."""
        return _fraction(self.n, self.N)


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
class Stated(Record):
    """What the review states on one point, so that a recount of this base can stand beside it."""

    id: str
    """Q and a number for what the review quotes from others, R and a number for what this base can recount."""
    section: str
    """Section of the review, as text; several with commas."""
    statement: str
    """What the review states, in own words, its errors corrected or named."""
    numbers: dict[str, int | float] = field(default_factory=dict)
    """Numbers to compare, by what they count: stated by the review, or counted in its text."""
    claims: tuple[str, ...] = ()
    """Claims that carry it."""
    errata: tuple[str, ...] = ()
    """Errata of the review that bear on it."""
    outcomes: tuple[Annotated[str, Coded("outcomes")], ...] = ()
    """Outcomes it is about."""
    groups: tuple[Annotated[str, Coded("groups")], ...] = ()
    """Groups of people it is about."""


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
    """What it states, point by point, for a recount."""


# --- the base itself ------------------------------------------------------------


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiesFile(Record):
    """The shape of studies.yaml."""

    studies: tuple[Study, ...]
    """One entry per cited work."""


@dataclass(frozen=True, kw_only=True)
class Framework:
    """What studies are read against: the codebook, population shares and the review."""

    about: About
    codebook: Codebook
    benchmarks: tuple[Benchmark, ...] = ()
    review: Review | None = None

    @property
    def statements(self) -> "tuple[Testimony | Example, ...]":
        """What participants said, examples included; empty where the base holds no review."""
        return (*self.review.testimony, *self.review.examples) if self.review else ()

    @property
    def claimed(self) -> "Iterator[tuple[Claim, Quantity]]":
        """Every number of the review's claims, with its claim."""
        for claim in self.review.claims if self.review else ():
            for figure in claim.figures:
                yield claim, figure

    @property
    def recommendations(self) -> "tuple[Recommendation, ...]":
        """The recommendations of the review; empty where the base holds no review."""
        return self.review.recommendations if self.review else ()

    @cached_property
    def named_groups(self) -> frozenset[str]:
        """Groups of people that a recommendation names."""
        return frozenset(group for r in self.recommendations for group in r.groups)


def stakeholder(outcome: str) -> str:
    """The stakeholder group of an outcome id: its first part."""
    return outcome.partition(".")[0]


def domain(outcome: str) -> str:
    """The domain of an outcome id: its first two parts, as in ``people.health``."""
    return ".".join(outcome.split(".")[:2])


def eligible(studies: Iterable[Study]) -> tuple[Study, ...]:
    """The studies that count as evidence, in their order."""
    return tuple(study for study in studies if study.is_eligible)


def outcome_studies(studies: Iterable[Study], codebook: Codebook) -> tuple[Study, ...]:
    """The eligible studies with at least one finding at level outcome or impact, in their order."""
    levels = codebook.of_kind("levels", "outcome")
    return tuple(s for s in eligible(studies) if any(finding.level in levels for finding in s.findings))
