"""The ways in which a study can be placed: by group, outcome, design, sector and so on.

A facet of studies reads the study; a facet of findings reads one finding, so
that two of them are crossed within the same finding.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from coprod_review.errors import UnknownName
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding, Study, domain, stakeholder
from coprod_review.text.suggestions import not_found_message


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to place a study: its vocabulary, and how its terms are read."""

    label: str
    vocabulary: str | None
    """Vocabulary whose terms are the levels, used or not; ``None`` where levels come from the studies."""
    of_study: Callable[[Study], Iterable[str]] | None = None
    of_finding: Callable[[Finding], Iterable[str]] | None = None
    field: str = ""
    """Path of the field of a study that is read; empty for a facet of findings."""
    is_numeric: bool = False
    """Whether its terms are numbers, which can be compared."""

    def terms(self, study: Study, finding: Finding | None = None) -> tuple[str, ...]:
        """Terms of a study, or of one of its findings; for a facet of findings without a finding, of all."""
        if self.of_study is not None:
            return tuple(self.of_study(study))
        assert self.of_finding is not None
        findings = (finding,) if finding is not None else study.findings
        return tuple(dict.fromkeys(term for f in findings for term in self.of_finding(f)))

    def levels(self, studies: Iterable[Study], codebook: Codebook) -> tuple[str, ...]:
        """Every level in order: all terms of the codebook, ``not_coded`` only if used, then any other that is used."""
        used = {term for study in studies for term in self.terms(study)}
        terms = codebook.terms(self.vocabulary) if self.vocabulary else ()
        known = tuple(term.id for term in terms if term.id != NOT_CODED or NOT_CODED in used)
        return (*known, *sorted(used - set(known)))


def _in_focus(study: Study) -> Iterable[str]:
    return (group for group, code in study.populations.items() if code == "focus")


def _included(study: Study) -> Iterable[str]:
    return (g for g, code in study.populations.items() if code in ("focus", "included", "included_n"))


FACETS: Mapping[str, Facet] = {
    "stakeholder": Facet("Stakeholder group", "stakeholders", of_finding=lambda f: (stakeholder(f.outcome),)),
    "domain": Facet("Outcome domain", "domains", of_finding=lambda f: (domain(f.outcome),)),
    "outcome": Facet("Outcome", "outcomes", of_finding=lambda f: (f.outcome,)),
    "level": Facet("Result level", "levels", of_finding=lambda f: (f.level,)),
    "direction": Facet("Direction", "directions", of_finding=lambda f: (f.direction,)),
    "beneficiary": Facet("Beneficiary", "beneficiaries", of_finding=lambda f: (f.beneficiary,)),
    "whose": Facet("Whose outcome", "whose", of_finding=lambda f: (f.whose,)),
    "measurement": Facet("Measurement", "measurements", of_finding=lambda f: (f.measurement,)),
    "evidence-role": Facet("Evidence role", "evidence_roles", of_finding=lambda f: (f.evidence_role,)),
    "source": Facet("Seen in", "sources", of_finding=lambda f: (seen.source for seen in f.reported_in)),
    "role": Facet("Role", "roles", of_study=lambda s: (s.role,), field="role"),
    "design": Facet("Study design", "designs", of_study=lambda s: (s.design,), field="design"),
    "practice": Facet("Practice", "practices", of_study=lambda s: s.practice, field="practice"),
    "sector": Facet("Sector", "sectors", of_study=lambda s: s.sector, field="sector"),
    "place": Facet("Place of the data", "places", of_study=lambda s: s.geography.data, field="geography.data"),
    "coded-from": Facet("Coded from", "coded_from", of_study=lambda s: (s.coded_from,), field="coded_from"),
    "focus": Facet("Declared focus", "focus", of_study=lambda s: (s.focus,), field="focus"),
    "definition": Facet("Definition", "definitions", of_study=lambda s: (s.definition,), field="definition"),
    "principle": Facet(
        "Principle mentioned",
        "principles",
        of_study=lambda s: (p for p, code in s.principles_mentioned.items() if code == "mentioned"),
        field="principles_mentioned",
    ),
    "group": Facet("Group in focus", "groups", of_study=_in_focus, field="populations"),
    "group-included": Facet("Group in focus or included", "groups", of_study=_included, field="populations"),
    "phase": Facet("Phase", "phases", of_study=lambda s: s.phase, field="phase"),
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
"""Every facet by the name that commands take."""


def facet(name: str) -> Facet:
    """One facet. Raises ``UnknownName`` with the nearest name."""
    if name in FACETS:
        return FACETS[name]
    every = f"Facets: {', '.join(FACETS)}."
    raise UnknownName(not_found_message(f"There is no facet `{name}`", name, FACETS, every))


def level_label(found: Facet, term: str, codebook: Codebook) -> str:
    """The reader's word for one level of a facet."""
    return codebook.label(found.vocabulary, term) if found.vocabulary else term


_COMPARED: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_FILTER = re.compile(r"\s*([^!<>=\s]+)\s*(!=|>=|<=|=|>|<)\s*(.*\S)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on studies: a facet and the terms that do, or do not, pass, or a number to compare with."""

    facet: str
    sign: str
    terms: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.facet}{self.sign}{','.join(self.terms)}"

    def passes(self, study: Study) -> bool:
        """Whether a study has one of the terms (none of them with ``!=``), or a number on the right side."""
        found = FACETS[self.facet].terms(study)
        if self.sign in _COMPARED:
            compare, limit = _COMPARED[self.sign], int(self.terms[0])
            return any(compare(int(term), limit) for term in found if term.isdecimal())
        return set(self.terms).isdisjoint(found) == (self.sign == "!=")


def parse_filter(text: str, codebook: Codebook) -> Filter:
    """Read ``facet=term``, ``facet=term,term``, ``facet!=term`` or, where terms are numbers, ``facet>=number``.

    Raises ``UnknownName`` for a facet or term that does not exist.
    """
    read = _FILTER.fullmatch(text)
    if read is not None and read[2] == "=" and read[3][:1] in "<>":
        raise UnknownName(f"`{text}` is not a filter: write {read[1]}{read[3][0]}={read[3][1:]}.")
    if read is None:
        raise UnknownName(
            f"`{text}` is not a filter: write facet=term, for example sector=social-care; in quotation marks where it "
            "holds > or <, which the shell takes for itself."
        )
    name, sign, rest = read.groups()
    found = facet(name)
    terms = tuple(term.strip() for term in rest.split(","))
    if sign in _COMPARED and not (found.is_numeric and len(terms) == 1 and _is_number(terms[0])):
        numbers = ", ".join(key for key, value in FACETS.items() if value.is_numeric)
        raise UnknownName(f"`{text}` cannot be compared: {sign} takes one whole number and works for {numbers}.")
    check_terms(name, terms, codebook)
    return Filter(name, sign, terms)


def check_terms(name: str, terms: tuple[str, ...], codebook: Codebook) -> None:
    """Raise ``UnknownName`` for a term that the facet cannot have."""
    found = facet(name)
    if found.vocabulary is None:
        wrong = [term for term in terms if not _is_number(term) and term != "no date"] if found.is_numeric else []
        if wrong:
            raise UnknownName(f"`{wrong[0]}` is no term of {name}: write a whole number, for example {name}=2020.")
        return
    valid = [term.id for term in codebook.terms(found.vocabulary)]
    for term in terms:
        if term not in valid:
            more = f"See: coprod-review codebook {found.vocabulary}"
            raise UnknownName(not_found_message(f"`{term}` is no term of {name}", term, valid, more))


def _is_number(term: str) -> bool:
    return term.isdecimal() and len(term) < 10


def matching_findings(study: Study, any_of: Iterable[Mapping[str, tuple[str, ...]]]) -> tuple[Finding, ...]:
    """The findings of a study that pass all facets of at least one of the given conditions."""
    conditions = tuple(any_of)

    def fits(finding: Finding) -> bool:
        return any(
            all(not set(terms).isdisjoint(FACETS[n].terms(study, finding)) for n, terms in c.items())
            for c in conditions
        )

    return tuple(finding for finding in study.findings if fits(finding))


def reported_in_source(studies: Iterable[Study], source: str) -> tuple[Study, ...]:
    """The studies with only those findings that were seen in one source."""
    return tuple(
        replace(study, findings=tuple(f for f in study.findings if any(r.source == source for r in f.reported_in)))
        for study in studies
    )
