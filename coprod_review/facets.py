"""The ways in which a study can be placed: by group, outcome, design, sector and so on.

A facet of studies reads the study; a facet of findings reads one finding, so
that two of them are crossed within the same finding.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from coprod_review.errors import UnknownName
from coprod_review.models import NOT_CODED, Codebook, Finding, Study, domain, stakeholder
from coprod_review.suggestions import did_you_mean


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to place a study: its vocabulary, and how its terms are read."""

    label: str
    vocabulary: str | None
    """Vocabulary whose terms are the levels, used or not; ``None`` where levels come from the studies."""
    of_study: Callable[[Study], Iterable[str]] | None = None
    of_finding: Callable[[Finding], Iterable[str]] | None = None

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
    "role": Facet("Role", "roles", of_study=lambda s: (s.role,)),
    "design": Facet("Study design", "designs", of_study=lambda s: (s.design,)),
    "practice": Facet("Practice", "practices", of_study=lambda s: s.practice),
    "sector": Facet("Sector", "sectors", of_study=lambda s: s.sector),
    "place": Facet("Place of the data", "places", of_study=lambda s: s.geography.data),
    "coded-from": Facet("Coded from", "coded_from", of_study=lambda s: (s.coded_from,)),
    "focus": Facet("Declared focus", "focus", of_study=lambda s: (s.focus,)),
    "definition": Facet("Definition", "definitions", of_study=lambda s: (s.definition,)),
    "principle": Facet(
        "Principle mentioned",
        "principles",
        of_study=lambda s: (p for p, code in s.principles_mentioned.items() if code == "mentioned"),
    ),
    "group": Facet("Group in focus", "groups", of_study=_in_focus),
    "group-included": Facet("Group in focus or included", "groups", of_study=_included),
    "phase": Facet("Phase", "phases", of_study=lambda s: s.phase),
    "status": Facet("Status", "statuses", of_study=lambda s: (s.status,)),
    "year": Facet("Year", None, of_study=lambda s: (str(s.year or "no date"),)),
}
"""Every facet by the name that commands take."""


def facet(name: str) -> Facet:
    """One facet. Raises ``UnknownName`` with the nearest name."""
    if name in FACETS:
        return FACETS[name]
    near = did_you_mean(name, FACETS)
    raise UnknownName(f"There is no facet `{name}`: {near + ' ' if near else ''}Facets: {', '.join(FACETS)}.")


def label(found: Facet, term: str, codebook: Codebook) -> str:
    """The reader's word for one level of a facet."""
    return codebook.label(found.vocabulary, term) if found.vocabulary else term


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on studies: a facet and the terms that do, or do not, pass."""

    facet: str
    terms: tuple[str, ...]
    negated: bool

    def __str__(self) -> str:
        return f"{self.facet}{'!=' if self.negated else '='}{','.join(self.terms)}"

    def passes(self, study: Study) -> bool:
        """Whether a study has one of the terms (or none of them, where negated)."""
        found = not set(self.terms).isdisjoint(FACETS[self.facet].terms(study))
        return found != self.negated


def parse_filter(text: str, codebook: Codebook) -> Filter:
    """Read ``facet=term``, ``facet=term,term`` or ``facet!=term``.

    Raises ``UnknownName`` for a facet or term that does not exist.
    """
    name, sign, rest = text.partition("=")
    if not sign or not rest:
        raise UnknownName(f"`{text}` is not a filter: write facet=term, for example sector=social-care.")
    negated = name.endswith("!")
    found = facet(name.rstrip("!").strip())
    terms = tuple(term.strip() for term in rest.split(","))
    valid = [t.id for t in codebook.terms(found.vocabulary)] if found.vocabulary else None
    for term in terms:
        if valid is not None and term not in valid:
            raise UnknownName(
                f"`{term}` is no term of {name.rstrip('!')}: {did_you_mean(term, valid)} "
                f"See: coprod-review codebook {found.vocabulary}".replace(":  ", ": ")
            )
    return Filter(name.rstrip("!").strip(), terms, negated)


def seen_in(studies: Iterable[Study], source: str) -> tuple[Study, ...]:
    """The studies with only those findings that were seen in one source."""
    return tuple(
        replace(study, findings=tuple(f for f in study.findings if any(r.source == source for r in f.reported_in)))
        for study in studies
    )
