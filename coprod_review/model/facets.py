"""The facets by which studies can be filtered and tabulated: group, outcome, design, sector and so on.

A facet of studies reads the study. A facet of findings reads one finding at a time, so that a table of two such facets
counts a study only where the same finding has both terms.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from coprod_review.errors import UnknownName
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding, Study, domain, stakeholder
from coprod_review.text.grammar import listed
from coprod_review.text.suggestions import nearest, not_found_message

_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_FILTER = re.compile(r"\s*([^!<>=\s]+)\s*(!=|>=|<=|=|>|<)\s*(.*\S)\s*", re.DOTALL)
"""Facet, operator and terms of a filter."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One property of studies or findings: its vocabulary, and how its terms are read."""

    label: str
    vocabulary: str | None
    """Vocabulary whose terms are the levels, used or not; ``None`` where the levels are the values in the studies."""
    of_study: Callable[[Study], Iterable[str]] | None = None
    of_finding: Callable[[Finding], Iterable[str]] | None = None
    of_codes: Callable[[Study], Mapping[str, str]] | None = None
    """For a facet of a study with codes by term: the terms whose codes are of some ``kinds`` are read."""
    kinds: tuple[str, ...] = ()
    """Vocabulary of the codes, and the kinds that count; or, with ``of_finding``, stakeholders and their kinds."""
    field: str = ""
    """Path of the study field that is read; empty for a facet of findings."""
    is_numeric: bool = False
    """Whether its terms are numbers, which can be compared."""

    def terms(self, study: Study, codebook: Codebook, finding: Finding | None = None) -> tuple[str, ...]:
        """Return the terms of a study; for a facet of findings, those of the given finding, or of all without one."""
        if self.of_study is not None:
            return tuple(self.of_study(study))
        counted = codebook.of_kind(*self.kinds) if self.kinds else frozenset[str]()
        if self.of_codes is not None:
            return tuple(term for term, code in self.of_codes(study).items() if code in counted)
        assert self.of_finding is not None
        findings = (finding,) if finding is not None else study.findings
        of_groups = (f for f in findings if not self.kinds or stakeholder(f.outcome) in counted)
        return tuple(dict.fromkeys(term for f in of_groups for term in self.of_finding(f)))

    def levels_of(self, study: Study, codebook: Codebook, finding: Finding | None = None) -> tuple[str, ...]:
        """Return the terms of a study or finding with the wider terms that they are part of, each once."""
        terms = self.terms(study, codebook, finding)
        return codebook.with_wider(self.vocabulary, terms) if self.vocabulary else terms

    def levels(self, studies: Iterable[Study], codebook: Codebook) -> tuple[str, ...]:
        """Return every level in order: terms of the codebook (``not_coded`` only if used), then other values sorted."""
        used = {term for study in studies for term in self.terms(study, codebook)}
        terms = codebook.terms(self.vocabulary) if self.vocabulary else ()
        known = tuple(term.id for term in terms if term.id != NOT_CODED or NOT_CODED in used)
        return (*known, *sorted(used - set(known)))


def _populations(study: Study) -> Mapping[str, str]:
    return study.populations


_FOCUS = ("population_codes", "focus")
_INCLUDED = (*_FOCUS, "included", "included_with_number")
_PEOPLE, _STAFF = ("stakeholders", "people"), ("stakeholders", "staff")


def _citation_of(study: Study) -> Iterable[str]:
    return () if study.reference is None else ("second-hand",) if study.cited_via else ("direct",)


FACETS: Mapping[str, Facet] = {
    "stakeholder": Facet("Stakeholder group", "stakeholders", of_finding=lambda f: (stakeholder(f.outcome),)),
    "domain": Facet("Outcome domain", "domains", of_finding=lambda f: (domain(f.outcome),)),
    "outcome": Facet("Outcome", "outcomes", of_finding=lambda f: (f.outcome,)),
    "level": Facet("Result level", "levels", of_finding=lambda f: (f.level,)),
    "direction": Facet("Direction", "directions", of_finding=lambda f: (f.direction,)),
    "beneficiary": Facet("Beneficiary", "beneficiaries", of_finding=lambda f: (f.beneficiary,)),
    "asserts": Facet("Strength of the statement", "asserts", of_finding=lambda f: (f.asserts,)),
    "person-role": Facet("What the people are", "person_roles", of_finding=lambda f: (f.person_role,), kinds=_PEOPLE),
    "staff-role": Facet("What the staff are", "staff_roles", of_finding=lambda f: (f.staff_role,), kinds=_STAFF),
    "whose": Facet("Whose outcome", "whose", of_finding=lambda f: (f.whose,)),
    "measurement": Facet("Measurement", "measurements", of_finding=lambda f: (f.measurement,)),
    "evidence-role": Facet("Evidence role", "evidence_roles", of_finding=lambda f: (f.evidence_role,)),
    "source": Facet("Reported in", "sources", of_finding=lambda f: (place.source for place in f.reported_in)),
    "section": Facet("Section", None, of_finding=lambda f: (place.section for place in f.reported_in if place.section)),
    "role": Facet("Role", "roles", of_study=lambda s: (s.role,), field="role"),
    "design": Facet("Study design", "designs", of_study=lambda s: (s.design,), field="design"),
    "practice": Facet("Practice", "practices", of_study=lambda s: s.practice, field="practice"),
    "setting": Facet("Setting", "settings", of_study=lambda s: s.setting, field="setting"),
    "sector": Facet("Sector", "sectors", of_study=lambda s: s.sector, field="sector"),
    "place": Facet("Place of the data", "places", of_study=lambda s: s.geography.data, field="geography.data"),
    "coded-from": Facet("Coded from", "coded_from", of_study=lambda s: (s.coded_from,), field="coded_from"),
    "aim-outcome": Facet("Outcome aim", "aims", of_study=lambda s: (s.aims.outcome.code,), field="aims.outcome"),
    "aim-process": Facet("Process aim", "aims", of_study=lambda s: (s.aims.process.code,), field="aims.process"),
    "definition": Facet("Definition", "definitions", of_study=lambda s: (s.definition,), field="definition"),
    "principle": Facet(
        "Principle mentioned",
        "principles",
        of_codes=lambda s: s.principles_mentioned,
        kinds=("mentions", "present"),
        field="principles_mentioned",
    ),
    "group": Facet("Group in focus", "groups", of_codes=_populations, kinds=_FOCUS, field="populations"),
    "group-included": Facet(
        "Group in focus or included", "groups", of_codes=_populations, kinds=_INCLUDED, field="populations"
    ),
    "phase": Facet("Phase", "phases", of_study=lambda s: s.phase, field="phase"),
    "citation": Facet("How the review cites it", None, of_study=_citation_of, field="cited_via"),
    "status": Facet("Status", "statuses", of_study=lambda s: (s.status,), field="status"),
    "year": Facet(
        "Year", None, of_study=lambda s: (str(s.year or "no date"),), field="citation.issued", is_numeric=True
    ),
    "instrument": Facet("Instrument", None, of_finding=lambda f: f.instruments),
    "follow-up": Facet("Follow-up", "follow_up", of_finding=lambda f: (f.follow_up,)),
    "author-place": Facet(
        "Place of the authors", "places", of_study=lambda s: s.geography.authors, field="geography.authors"
    ),
    "cost": Facet("Cost measured", "cost_measures", of_study=lambda s: (s.cost_measure,), field="cost_measure"),
    "harm": Facet(
        "Looked for harm", "looked_for_harm", of_study=lambda s: (s.looked_for_harm,), field="looked_for_harm"
    ),
    "involvement": Facet(
        "Involved in choosing outcomes",
        "involvement",
        of_study=lambda s: (s.involvement_in_outcomes,),
        field="involvement_in_outcomes",
    ),
    "rung-claimed": Facet("Rung claimed", "rungs", of_study=lambda s: (s.rung_claimed,), field="rung_claimed"),
    "rung-assessed": Facet("Rung assessed", "rungs", of_study=lambda s: (s.rung_assessed,), field="rung_assessed"),
}
"""Every facet, by the name that commands take."""


def find_facet(name: str) -> Facet:
    """Return one facet. Raises ``UnknownName`` with the nearest name."""
    if name in FACETS:
        return FACETS[name]
    every = f"The facets are: {', '.join(FACETS)}."
    raise UnknownName(not_found_message(f"There is no facet `{name}`", name, FACETS, every))


def level_label(facet: Facet, term: str, codebook: Codebook) -> str:
    """Return the label of one level of a facet, which counts every part of a wider term."""
    return codebook.label_with_parts(facet.vocabulary, term) if facet.vocabulary else term


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on studies: a facet, an operator, and terms to match or a number to compare with."""

    facet: str
    operator: str
    terms: tuple[str, ...]
    parts: frozenset[str] = frozenset()
    """Terms that are part of these terms, such as the nations of a country; they match too."""

    def __str__(self) -> str:
        return f"{self.facet}{self.operator}{','.join(self.terms)}"

    def passes(self, study: Study, codebook: Codebook) -> bool:
        """Return whether a study has one of the terms (with ``!=``, none of them), or a number that compares so."""
        terms = FACETS[self.facet].terms(study, codebook)
        if self.operator in _COMPARISONS:
            compare, limit = _COMPARISONS[self.operator], int(self.terms[0])
            return any(compare(int(term), limit) for term in terms if term.isdecimal())
        return self.parts.union(self.terms).isdisjoint(terms) == (self.operator == "!=")


def parse_filter(text: str, codebook: Codebook) -> Filter:
    """Parse ``facet=term``, ``facet=term,term``, ``facet!=term`` or, where terms are numbers, ``facet>=number``.

    Raises ``UnknownName`` for a facet or term that does not exist.
    """
    match = _FILTER.fullmatch(text)
    if match is not None and match[2] == "=" and match[3][:1] in "<>":
        raise UnknownName(f"`{text}` is not a filter: write {match[1]}{match[3][0]}={match[3][1:]}.")
    if match is None:
        raise UnknownName(
            f"`{text}` is not a filter: write facet=term, for example sector=social-care. Put a filter with > or < in "
            "quotation marks, because the shell gives these characters another meaning."
        )
    name, comparison, rest = match.groups()
    facet = find_facet(name)
    terms = tuple(term.strip() for term in rest.split(","))
    if comparison in _COMPARISONS and not (facet.is_numeric and len(terms) == 1 and _is_number(terms[0])):
        numbers = ", ".join(key for key, value in FACETS.items() if value.is_numeric)
        raise UnknownName(
            f"`{text}` is not a comparison: {comparison} takes one whole number and works with {numbers} only."
        )
    check_terms(name, terms, codebook)
    parts = codebook.parts(facet.vocabulary, terms) if facet.vocabulary else frozenset()
    return Filter(name, comparison, terms, parts)


def check_terms(name: str, terms: tuple[str, ...], codebook: Codebook) -> None:
    """Raise ``UnknownName`` for a term that the facet cannot have."""
    facet = find_facet(name)
    if facet.vocabulary is None:
        wrong = [term for term in terms if not _is_number(term) and term != "no date"] if facet.is_numeric else []
        if wrong:
            raise UnknownName(
                f"`{wrong[0]}` is not one of the terms for {name}: write a whole number, for example {name}=2020."
            )
        return
    valid = codebook.terms(facet.vocabulary)
    for term in terms:
        if not any(term == known.id for known in valid):
            raise _unknown_term(name, term, facet.vocabulary, codebook)


def _unknown_term(name: str, term: str, vocabulary: str, codebook: Codebook) -> UnknownName:
    """Return the error for a term that a facet does not have, with the term that was probably meant."""
    valid = codebook.terms(vocabulary)
    by_word = {word.casefold(): known.id for known in valid for word in (*known.synonyms, known.label)}
    ids = [known.id for known in valid]
    parts = {identity: codebook.parts(vocabulary, (identity,)) for identity in ids}
    similar = nearest(term, ids) or by_word.get(nearest(term.casefold(), by_word) or "")
    meant = f": did you mean `{similar}`? " if similar else ". "
    together = "".join(
        f"To find {listed(labels)} together, use `{known.id}`. "
        for known in valid
        if (labels := [codebook.label(vocabulary, part.id) for part in valid if part.id in parts[known.id]])
    )
    return UnknownName(
        f"`{term}` is not one of the terms for {name}{meant}{together}"
        f"To list all terms, type: coprod-review codebook {vocabulary}"
    )


def _is_number(term: str) -> bool:
    return term.isdecimal() and len(term) < 10


def matching_findings(
    study: Study, any_of: Iterable[Mapping[str, tuple[str, ...]]], codebook: Codebook
) -> tuple[Finding, ...]:
    """Return the findings of a study that pass all facets of at least one of the given conditions."""
    alternatives = tuple(any_of)

    def passes(finding: Finding) -> bool:
        return any(
            all(
                not set(terms).isdisjoint(FACETS[name].terms(study, codebook, finding))
                for name, terms in conditions.items()
            )
            for conditions in alternatives
        )

    return tuple(finding for finding in study.findings if passes(finding))


def restrict_to_source(studies: Iterable[Study], source: str) -> tuple[Study, ...]:
    """Return the studies, each with only those findings that one source reports."""
    return tuple(
        replace(study, findings=tuple(f for f in study.findings if any(r.source == source for r in f.reported_in)))
        for study in studies
    )
