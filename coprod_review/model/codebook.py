"""The vocabularies of a base, and the rules that say what counts as a gap."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from coprod_review.model.record import Record

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
"""The gap types that the program knows, each with the thresholds that its rule needs."""

CROSSWALKS = ("care_act", "ascof", "ascot")
"""Vocabularies of other frameworks; an outcome names the terms that it belongs to in its field of the same name."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "stakeholders": ("people", "staff", "organisation", "community"),
    "levels": ("outcome", "experience", "output", "process"),
    "directions": ("for", "mixed", "no_change", "against", "not_stated"),
    "evidence_roles": ("original", "relayed"),
    "whose": ("carer", "both"),
    "measurements": ("scale", "records", "own", "not_reported"),
    "follow_up": ("short", "lasting", "long_lasting", "not_reported"),
    "roles": ("counted", "not_counted"),
    "designs": ("primary", "review", "other"),
    "coded_from": ("full", "part", "record"),
    "sources": ("full", "abstract"),
    "definitions": ("present", "absent"),
    "mentions": ("present", "absent"),
    "groups": ("general", "carers"),
    "population_codes": (
        "focus", "included_with_number", "included", "excluded", "none", "not_reported", "not_applicable",
    ),
    "characteristic_codes": ("present", "absent", "not_applicable"),
    "rungs": ("shared", "top"),
    "involvement": ("present", "absent", "not_reported"),
    "cost_measures": ("evaluation", "measured", "absent"),
    "looked_for_harm": ("present", "absent"),
    "places": ("several",),
    "benchmark_uses": ("divisor",),
}  # fmt: skip
"""The kinds that the program tells apart, by vocabulary. No figure compares the id of a term of these vocabularies.

Method: docs/methods/coding.md#kinds.
"""

_ANSWERS: Mapping[str | None, bool] = {"present": True, "absent": False}
_MAX_LISTED_LENGTH = 320
"""Characters of a list of terms in a message; a longer list is replaced by the command that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Record):
    """One term that a study entry may use."""

    id: str
    """The term as it is typed in an entry."""
    label: str
    """The term as reports print it."""
    definition: str
    """What the term means, in one or two sentences that a newcomer can apply."""
    include: str | None = None
    """What the term also covers, where that could be doubted."""
    exclude: str | None = None
    """What the term does not cover, and the term to use instead."""
    example: str | None = None
    """A case to which the term applies."""
    source: str
    """Where the term comes from."""
    synonyms: tuple[str, ...] = ()
    """Other words for the same thing. For each of them, validate suggests the term."""
    superseded_by: str | None = None
    """Id of the term that replaces this one."""
    kind: str | None = None
    """What the term is to the program, such as primary for a design; docs/methods/coding.md lists the kinds."""
    in_scope: bool | None = None
    """For sectors and places: whether it is inside the scope of the base."""
    named_by: str | None = None
    """For outcomes: who named the outcome (review or participants), or reserved if nobody has named it yet."""
    care_act: tuple[str, ...] = ()
    """For outcomes: the terms of the vocabulary care_act, such as the areas of a law, to which the outcome belongs."""
    care_act_part: bool = False
    """For outcomes: whether only a part of the outcome belongs to those areas."""
    ascof: tuple[str, ...] = ()
    """For outcomes: the terms of the vocabulary ascof, such as objectives, to which the outcome belongs."""
    ascot: tuple[str, ...] = ()
    """For outcomes: the terms of the vocabulary ascot, such as domains, to which the outcome belongs."""
    part_of: str | None = None
    """For places: id of the wider place; filters and counts for the wider place include this one."""
    broad: bool = False
    """For outcomes: whether the broad definition counts findings on it as outcomes even at level experience."""

    def links(self, crosswalk: str) -> tuple[str, ...]:
        """Return the terms of another framework, one of ``CROSSWALKS``, that this term belongs to."""
        terms: tuple[str, ...] = getattr(self, crosswalk)
        return terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary(Record):
    """One list of terms."""

    label: str
    """Name of the list."""
    description: str
    """What the terms of the list describe."""
    terms: tuple[Term, ...]
    """Terms of the list, in the order in which reports show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRule(Record):
    """One type of gap: its name, and the rule that says when there is such a gap."""

    id: str
    """Code of the gap type."""
    label: str
    """The type of gap as reports print it."""
    rule: str
    """When there is a gap of this type, in words; {name} is replaced by the threshold of that name."""
    source: str
    """Where the rule comes from."""
    robinson: str
    """Reason for the gap in the framework of Robinson and others, or none."""
    thresholds: dict[str, int] = field(default_factory=dict)
    """Numbers in the rule, by name."""

    @property
    def text(self) -> str:
        """The rule in words, with its thresholds filled in."""
        return self.rule.format(**self.thresholds)


@dataclass(frozen=True, kw_only=True)
class Codebook(Record):
    """Every vocabulary, and the rules that say what counts as a gap."""

    vocabularies: dict[str, Vocabulary]
    """Vocabularies by name."""
    gap_rules: tuple[GapRule, ...]
    """Rules for the types of gap. Reports list gaps in this order, so the most important type comes first."""

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Term]]:
        return {name: {term.id: term for term in v.terms} for name, v in self.vocabularies.items()}

    @cached_property
    def broad_outcomes(self) -> frozenset[str]:
        """Ids of the outcomes that the broad definition counts even at level ``experience``."""
        return frozenset(term.id for term in self.terms("outcomes") if term.broad)

    @cached_property
    def nations(self) -> frozenset[str]:
        """Ids of the places that are in scope, with their parts: the nations of the base."""
        in_scope = frozenset(term.id for term in self.terms("places") if term.in_scope)
        return in_scope | self.parts("places", in_scope)

    @cached_property
    def _of_kinds(self) -> dict[tuple[str, tuple[str, ...]], frozenset[str]]:
        """Answers of ``of_kind``, which figures ask for every study."""
        return {}

    def terms(self, vocabulary: str) -> tuple[Term, ...]:
        """Return the terms of one vocabulary in order, without superseded ones; empty for an unknown vocabulary."""
        known = self.vocabularies.get(vocabulary)
        return tuple(term for term in known.terms if not term.superseded_by) if known else ()

    def allowed(self, vocabulary: str) -> str:
        """Return what may be written, for a message: all terms, or the command that lists them if they are many."""
        terms = ", ".join(term.id for term in self.terms(vocabulary))
        return f"one of: {terms}" if len(terms) <= _MAX_LISTED_LENGTH else term_of_list(vocabulary)

    def find(self, vocabulary: str, term: str) -> Term | None:
        """Return one term, or ``None`` where the vocabulary does not have it."""
        return self._by_id.get(vocabulary, {}).get(term)

    def label(self, vocabulary: str, term: str) -> str:
        """Return the label of a term id; the id itself where the codebook does not have it."""
        known = self.find(vocabulary, term)
        return known.label if known else term

    def group_label(self, outcome: str) -> str:
        """Return the label of the stakeholder group of an outcome or domain, by its id."""
        return self.label("stakeholders", outcome.partition(".")[0])

    def parts(self, vocabulary: str, terms: Iterable[str]) -> frozenset[str]:
        """Return the ids of all terms that are part of one of the given terms, directly or through others."""
        wanted, parts = set(terms), set[str]()
        while wanted:
            wanted = {t.id for t in self.terms(vocabulary) if t.part_of in wanted} - parts
            parts |= wanted
        return frozenset(parts)

    def with_wider(self, vocabulary: str, terms: Iterable[str]) -> tuple[str, ...]:
        """Return terms, and behind each the wider terms that it is part of, without repetitions."""
        found: dict[str, None] = {}
        for term in terms:
            wider: str | None = term
            while wider is not None and wider not in found:
                found[wider] = None
                known = self.find(vocabulary, wider)
                wider = known.part_of if known else None
        return tuple(found)

    def label_with_parts(self, vocabulary: str, term: str) -> str:
        """Return the label of a term for a count in which its parts are included."""
        return f"{self.label(vocabulary, term)}{' (all parts)' if self.parts(vocabulary, (term,)) else ''}"

    def kind(self, vocabulary: str, term: str) -> str | None:
        """Return the wider class of a term, or ``None``."""
        known = self.find(vocabulary, term)
        return known.kind if known else None

    def of_kind(self, vocabulary: str, *kinds: str) -> frozenset[str]:
        """Return the ids of the terms of some kinds, such as the primary designs."""
        known = self._of_kinds.get((vocabulary, kinds))
        if known is None:
            terms = self.vocabularies[vocabulary].terms if vocabulary in self.vocabularies else ()
            known = self._of_kinds[vocabulary, kinds] = frozenset(term.id for term in terms if term.kind in kinds)
        return known

    def ids_of_kind(self, vocabulary: str, *kinds: str) -> tuple[str, ...]:
        """Return the ids of the terms of some kinds in the order of the codebook."""
        return tuple(term.id for term in self.terms(vocabulary) if term.kind in kinds)

    def answer(self, vocabulary: str, code: str) -> bool | None:
        """Return what a code answers: true if its kind is present, false if it is absent, else ``None``: not known."""
        return _ANSWERS.get(self.kind(vocabulary, code))

    def has_kind(self, vocabulary: str, term: str, *kinds: str) -> bool:
        """Return whether a term is of one of some kinds."""
        return self.kind(vocabulary, term) in kinds

    def levels_of(self, side: str) -> tuple[str, ...]:
        """Return the ids of the levels that count on one side, outcome or process, in their order."""
        return tuple(term.id for term in self.terms("levels") if self.side(term.id) == side)

    def side(self, level: str) -> Literal["outcome", "process"] | None:
        """Return on which side a finding of a level counts; ``None`` where the level has no kind."""
        kind = self.kind("levels", level)
        return None if kind is None else "outcome" if kind == "outcome" else "process"

    def rule(self, gap: str) -> GapRule | None:
        """Return the rule of one gap type, or ``None`` where this codebook does not have it."""
        return next((rule for rule in self.gap_rules if rule.id == gap), None)


_TERM_ID = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")


def is_term_id(word: str) -> bool:
    """Whether a word can be the id of a term, or one part of the id of a domain or an outcome.

    Filters, figure ids and shells give other characters a meaning of their own.
    """
    return _TERM_ID.fullmatch(word) is not None


def as_term_id(words: str) -> str:
    """Return words as an id: without accents, in lower case, and with hyphens between words.

    The result is not a valid id where the words have letters outside a to z that are more than accents.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    separated = "".join(c if c.isalnum() or c == "_" else "" if c in "'’" else " " for c in plain)
    return "-".join(separated.lower().split())


def term_of_list(vocabulary: str) -> str:
    """Return what may be written where a vocabulary has too many terms to list them, for a message."""
    return f"a term that `coprod-review codebook {vocabulary}` lists"
