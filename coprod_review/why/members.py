"""The members of a figure: each item that it counts or leaves out, with the codes and findings that decide it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from coprod_review.gaps.analyses.claims import STATUS_WORDS, errata_of, status_of
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.facets import matching_findings
from coprod_review.model.quantity import Quantity
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding, Study, domain
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import listed, plural, with_article

NUMERATOR, DENOMINATOR, UNKNOWN = "counted", "not counted", "not known"
"""Places of a member in a share."""

BOTH, FIRST, SECOND = "both sides", "first side alone", "second side alone"
"""Places of a member in a ratio of two sides."""


@dataclass(frozen=True, slots=True)
class Member:
    """An item that a figure counts or leaves out, and the reason."""

    id: str
    place: str
    """Where the item belongs in the figure, such as ``NUMERATOR``."""
    description: str
    """What the item is, in one line."""
    coding: str = ""
    """How it was coded: by how many people, and from what."""
    codes: tuple[tuple[str, str], ...] = ()
    """Fields that decide its place, each with its value and the reason that the entry gives."""
    findings: tuple[Finding, ...] = ()
    """Findings that decide its place."""
    value_without: float | None = None
    """The figure without this item; ``None`` where that is not computed."""


def members_of(figure: Figure, base: EvidenceBase) -> tuple[Member, ...]:
    """Return the members of a figure: first what is counted, then the rest of the denominator, then the unknown."""
    describe = _DESCRIBE.get(figure.unit, _describe_by_id)
    return tuple(describe(i, place, figure, base) for i, place in _places(figure).items())


def _places(figure: Figure) -> dict[str, str]:
    """Return the place of each item, by its id."""
    numerator, denominator = frozenset(figure.numerator_ids), frozenset(figure.denominator_ids)
    known = (*figure.numerator_ids, *figure.denominator_ids)
    places = {i: _place(figure.kind, i in numerator, i in denominator) for i in known}
    return {**places, **dict.fromkeys(figure.unknown_ids, UNKNOWN)}


def _place(kind: str, in_numerator: bool, in_denominator: bool) -> str:
    """Return the place of one item whose answer is known; numerator and denominator of a ratio are its two sides."""
    if kind == "ratio":
        return BOTH if in_numerator and in_denominator else FIRST if in_numerator else SECOND
    return NUMERATOR if in_numerator or kind == "median" else DENOMINATOR


def _describe_by_id(identity: str, place: str, *_: object) -> Member:
    return Member(identity, place, identity)


def _describe_study(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    study = base.find(identity)
    if study is None:
        return _describe_by_id(identity, place)
    book = base.framework.codebook
    coders = f"by {plural(len(study.coders), 'person', 'people')}" if study.coders else "once"
    reference = f", reference {study.reference}" if study.reference else ""
    errata = _errata_note(study, base) if place in (NUMERATOR, BOTH, FIRST) else ""
    return Member(
        identity,
        place,
        f"{study.citation.title} ({study.year or 'no date'}{reference}){errata}",
        f"coded {coders} from {with_article(book.label('coded_from', study.coded_from).lower())}",
        tuple((path, _field_value(study, path)) for path in figure.criteria.codes),
        matching_findings(study, figure.criteria.findings),
        _value_without(figure, place),
    )


def _errata_note(study: Study, base: EvidenceBase) -> str:
    """Return a note of the errata that concern a study, in the review and in its own entry."""
    errata = base.framework.review.errata if base.framework.review else ()
    parts = [e.id for e in errata if study.id in e.studies and e.id]
    if study.errata:
        parts.append(f"{len(study.errata)} of its own")
    return f"; errata {listed(parts)}: coprod-review show {study.id}" if parts else ""


def _field_value(study: Study, path: str) -> str:
    """Return the value of a study field as text, with its reason where the entry gives one."""
    value: Any = study
    for key in path.split("."):
        value = value.get(key, NOT_CODED) if isinstance(value, Mapping) else getattr(value, key, None)
    if isinstance(value, tuple):
        return listed([str(v) for v in value]) or NOT_CODED
    if isinstance(value, Mapping):
        return listed([f"{k} {v}" for k, v in value.items()]) or NOT_CODED
    reason = f" ({study.focus_reason})" if path == "focus" and study.focus_reason else ""
    return f"{'not recorded' if value is None else value if isinstance(value, str | int) else 'recorded'}{reason}"


def _value_without(figure: Figure, place: str) -> float | None:
    """Return a share or ratio without one study at a place; ``None`` for other figures and unknown studies."""
    if figure.value is None or place == UNKNOWN or figure.kind not in ("share", "ratio"):
        return None
    numerator, denominator = figure.numerator or 0, figure.denominator or 0
    numerator -= place in (NUMERATOR, BOTH, FIRST)
    denominator -= place in (NUMERATOR, DENOMINATOR, BOTH, SECOND)
    return numerator / denominator if denominator else None


def _describe_claim(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    """Describe a claim (``c15``), or a number in a claim (``c15#1`` is its first)."""
    name, _, number = identity.partition("#")
    claim = next(c for c in base.framework.review.claims if c.id == name) if base.framework.review else None
    if claim is None:
        return _describe_by_id(identity, place)
    quantity = claim.figures[int(number) - 1] if number else None
    corroboration = [(f"corroboration.{study}", code) for study, code in claim.corroboration.items()]
    via = [(f"cited_via.{s.id}", s.cited_via) for i in claim.cites if (s := base.find(i)) and s.cited_via]
    corrections = errata_of(claim, base.studies, base.framework) if figure.id == "claims.corrected" else ()
    errata = [(f"erratum.{where}", erratum.about.rstrip(".")) for where, erratum in corrections]
    codes = (*(_quantity_fields(quantity) if quantity else ()), *corroboration, *via, *errata)
    description = f"section {claim.section}: {quantity.label if quantity else claim.claim}"
    return Member(identity, place, description, f"status {STATUS_WORDS[status_of(claim)]}", codes)


def _quantity_fields(quantity: Quantity) -> list[tuple[str, str]]:
    """Return the fields of a published number that are recorded."""
    fields = {"n": quantity.n, "N": quantity.N, "percent": quantity.percent, "denominator": quantity.denominator}
    return [(name, f"{value}") for name, value in fields.items() if value is not None]


def _describe_finding(identity: str, place: str, _: Figure, base: EvidenceBase) -> Member:
    study = base.find(identity.rpartition(".")[0])
    findings = tuple(f for f in study.findings if f.id == identity) if study else ()
    return Member(identity, place, study.citation.title if study else identity, findings=findings)


def _describe_statement(identity: str, place: str, _: Figure, base: EvidenceBase) -> Member:
    statement = next((s for s in base.framework.statements if s.id == identity), None)
    if statement is None:
        return _describe_by_id(identity, place)
    return Member(
        identity,
        place,
        f"section {statement.section}, testimony: {statement.statement}",
        codes=(("outcomes", listed(statement.outcomes)),),
    )


def _describe_outcome(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    """Describe an outcome or domain by the statements and the eligible studies about it."""
    vocabulary = "domains" if figure.unit == "domain" else "outcomes"

    def matches(outcome: str) -> bool:
        return identity in (outcome, domain(outcome))

    statements = [s.id for s in base.framework.statements if any(map(matches, s.outcomes))]
    studies = [s.id for s in base.studies if s.is_eligible and any(matches(f.outcome) for f in s.findings)]
    codes = (("studies", listed(studies) or "none"), ("statements", listed(statements) or "none"))
    return Member(identity, place, base.framework.codebook.label(vocabulary, identity), codes=codes)


def _describe_recommendation(identity: str, place: str, _: Figure, base: EvidenceBase) -> Member:
    recommendation = next((r for r in base.framework.recommendations if r.id == identity), None)
    if recommendation is None:
        return _describe_by_id(identity, place)
    code = ("measured_by", listed(recommendation.measured_by))
    if not recommendation.measured_by:
        code = ("not_measurable_because", recommendation.not_measurable_because or "not stated")
    return Member(identity, place, recommendation.statement, codes=(code,))


_DESCRIBE: Mapping[str, Callable[[str, str, Figure, EvidenceBase], Member]] = {
    "study": _describe_study,
    "inclusion": _describe_study,
    "claim": _describe_claim,
    "published share": _describe_claim,
    "finding": _describe_finding,
    "statement": _describe_statement,
    "outcome": _describe_outcome,
    "domain": _describe_outcome,
    "recommendation": _describe_recommendation,
}
"""How to describe an item, by the unit of the figure."""
