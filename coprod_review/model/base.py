"""The description of a base, and the framework that its studies are read against."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.codebook import Codebook
from coprod_review.model.quantity import Quantity
from coprod_review.model.record import Coded, Record, Year
from coprod_review.model.review import Claim, Example, Recommendation, Review, Testimony
from coprod_review.model.study import Finding

NOT_STATED = "not stated"
"""The value of fields that a base without base.yaml does not state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Record):
    """What a study must be about to count as direct evidence."""

    sector: Annotated[str, Coded("sectors")] | None = None
    """Sector that a study must be about to count as direct evidence; without it nothing is said of direct evidence."""
    published_from: Year | None = None
    """First year of publication that the base is meant to cover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewNames(Record):
    """What reports call the review that the base starts from."""

    name: str | None = None
    """Full name of the body that made the review, with its article, for example: the Institute of Examples (IOE)."""
    acronym: str | None = None
    """Acronym of that body, which plain summaries explain, for example IOE."""
    short: str | None = None
    """The review in running text, without an article, for example: IOE review. If it is left out, the review has the
    first part of its id as its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWords(Record):
    """The subject in plain language, for the plain summary."""

    practice: str | None = None
    """The practice in everyday words, for example: working together."""
    definition: str | None = None
    """What the practice means, in a few short sentences. The first one completes a sentence that begins with the
    practice and the word means."""
    meaning: str | None = None
    """What the practice is, in one short sentence for the list of words."""
    field: str | None = None
    """What the field is, in one short sentence for the list of words."""
    review: str | None = None
    """What the body is that made the review, in one or two short sentences for the list of words."""
    recommendations: tuple[str, ...] = ()
    """What the review recommends, each point as a short sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk(Record):
    """What reports call another framework, to whose terms the outcomes of the codebook belong."""

    name: str = "areas of another framework"
    """What the terms of the framework are called, with its name, for example: goals of the Example Act 2020."""
    title: str | None = None
    """The same for the title of a table; if it is left out, the title has the name."""
    term: str = "area"
    """One of the terms, for example goal."""
    terms: str = "areas"
    """Several of the terms, for example goals."""
    law: str | None = None
    """Where the framework applies, as a sentence, for example: The Act is English law."""
    nations: tuple[Annotated[str, Coded("places")], ...] = ()
    """Places where the framework applies; reports count the terms with a study that has data from one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalks(Record):
    """What reports call other frameworks, each by its vocabulary in the codebook."""

    care_act: Crosswalk = Crosswalk()
    """The framework whose terms are in the vocabulary care_act."""
    ascof: Crosswalk = Crosswalk()
    """The framework whose terms are in the vocabulary ascof."""
    ascot: Crosswalk = Crosswalk()
    """The framework whose terms are in the vocabulary ascot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Record):
    """The words of the subject, with which reports and briefings fill questions, titles and sentences.

    Reports use neutral words in place of a field that a base does not have.
    """

    practice: str = "the practice"
    """The practice, intervention or topic of the studies, in running text and as a singular noun: school feeding."""
    field: str = "this field"
    """The field of practice, in running text: primary schools."""
    process: str = "how it is done"
    """The process of the practice, as a clause that follows what it changes in a question: how meals are served."""
    definition: str | None = None
    """What the practice means, as a sentence with which briefings open."""
    other_words: tuple[str, ...] = ()
    """Other words that works use for the practice."""
    review: ReviewNames = ReviewNames()
    """Names of the review that the base starts from, and of the body that made it."""
    crosswalks: Crosswalks = Crosswalks()
    """What reports call other frameworks, by their vocabulary in the codebook."""
    plain: PlainWords = PlainWords()
    """The subject in plain language."""

    def crosswalk(self, vocabulary: str) -> Crosswalk:
        """Return what reports call another framework, one of ``CROSSWALKS``."""
        crosswalk: Crosswalk = getattr(self.crosswalks, vocabulary)
        return crosswalk

    def fill(self, text: str) -> str:
        """Return a text with the words of the subject for ``{practice}``, ``{field}``, ``{process}`` and ``{areas}``.

        ``{areas}`` are the terms of the vocabulary ``care_act``.
        """
        areas = self.crosswalks.care_act.name
        return text.format(practice=self.practice, field=self.field, process=self.process, areas=areas)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability(Record):
    """How well two readings of the same studies agreed on one field."""

    field: str
    """Path of the field: aims.outcome, setting, or findings.direction."""
    schema: str
    """Version of the file format whose rules the readers applied."""
    date: str
    """Date of the comparison, as an ISO date."""
    studies: int
    """Number of studies that both readers coded."""
    unit: str
    """What was compared: study, finding, or study and term."""
    units: int
    """Number of units that both readers coded."""
    agreements: int
    """Number of units to which both readers gave the same code."""
    kappa: float | None
    """Cohen's kappa; null if it cannot be computed."""
    low: float | None = None
    """Lower limit of the 95% confidence interval of kappa."""
    high: float | None = None
    """Upper limit of the 95% confidence interval of kappa."""
    stage: Literal["before_correction", "changed_rule", "after_correction"]
    """When the codes were compared: before anybody corrected them, again under a rule that was changed because of a
    comparison and on other findings, or after they were corrected."""
    reading: str
    """Kind of reading, in a few words: second automated reading of the same abstracts."""
    note: str | None = None
    """Anything a reader must know before using the numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About(Record):
    """What the base is, and how it was made."""

    name: str
    """Short name of the base."""
    title: str
    """Title of the base, for readers."""
    version: str
    """Version of the base, as text."""
    as_of: str
    """Date of this version of the base, as an ISO date; reports measure every age from it."""
    licence: str
    """Licence of the data."""
    schema: str
    """Version of the file format, for example coprod-review/base/2."""
    collection: Literal["curated", "systematic", "sample"] | None = None
    """How the works came together: chosen by somebody, found by a systematic search, or drawn as a sample."""
    eligibility: str
    """Which works the base contains, and which of them count as evidence."""
    search: str
    """How the works were searched for; none documented if no search is documented."""
    coding: str
    """How the works were coded, in one line that every report shows."""
    reliability: tuple[Reliability, ...] = ()
    """How well two readings agreed, field by field; empty if this was not tested."""
    caution: str
    """What the figures of this base cannot show, in one line that every report shows."""
    sources: tuple[Annotated[str, Coded("sources")], ...]
    """Where the entries come from."""
    selection: str | None = None
    """How the choice of works may bias the figures, in a sentence that full reports show."""
    scope: Scope = Scope()
    """What counts as direct evidence."""
    subject: Subject = Subject()
    """The words of the subject, for reports and briefings."""
    contact: str | None = None
    """How to reach the curators; left out if there is no contact."""
    publisher: str | None = None
    """Publisher of the base; left out if there is none."""


@dataclass(frozen=True, kw_only=True)
class Framework:
    """Everything in a base except its studies: description, codebook, benchmarks and review."""

    about: About
    codebook: Codebook
    benchmarks: tuple[Benchmark, ...] = ()
    review: Review | None = None

    @property
    def review_name(self) -> str:
        """Name of the review in running text, such as ``IOE review``; empty where the base has no review."""
        if self.review is None:
            return ""
        return self.about.subject.review.short or f"{self.review.id.partition('-')[0].upper()} review"

    @property
    def sector_label(self) -> str:
        """Label of the sector in scope, for use in a sentence; empty where the base states none."""
        sector = self.about.scope.sector
        return self.codebook.label("sectors", sector).lower() if sector else ""

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

    def is_attributed(self, finding: Finding) -> bool:
        """Return whether a finding is known only from the review of the base, and from nothing that was read."""
        sources = {place.source for place in finding.reported_in}
        return self.review is not None and sources == {self.review.id}
