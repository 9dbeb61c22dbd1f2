"""Find the members of a figure: each item that it counts or leaves out, with the codes and findings that decide it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from coprod_review.gaps.analyses.claims import errata_of
from coprod_review.gaps.attribution import read_studies
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.facets import matching_findings
from coprod_review.model.quantity import Quantity
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Aim, Study, domain, eligible
from coprod_review.phrasing.texts import clause
from coprod_review.results.figure import Figure
from coprod_review.results.member import COUNTED, Member, Place, PublishedNumber
from coprod_review.text.grammar import listed


def members_of(figure: Figure, base: EvidenceBase) -> tuple[Member, ...]:
    """Return the members of a figure: first what is counted, then the rest of the denominator, then the unknown.

    What the review of the base alone adds comes last.
    """
    member = _MEMBERS.get(figure.unit, _unknown_member)
    read = (member(i, place, figure, base) for i, place in _places(figure).items())
    attributed = (member(i, place, figure, base) for i, place in _attributed_places(figure).items())
    return (
        *(_with_findings(one, base, attributed=False) for one in read),
        *(replace(_with_findings(one, base, attributed=True), value_without=None) for one in attributed),
    )


def _with_findings(member: Member, base: EvidenceBase, *, attributed: bool) -> Member:
    """Return a member with those of its findings that were read, or those of the review alone."""
    findings = tuple(f for f in member.findings if base.framework.is_attributed(f) == attributed)
    return replace(member, findings=findings, attributed=attributed)


def _places(figure: Figure) -> dict[str, Place]:
    """Return the place of each item, by its id."""
    numerator, denominator = frozenset(figure.numerator_ids), frozenset(figure.denominator_ids)
    known = (*figure.numerator_ids, *figure.denominator_ids)
    places: dict[str, Place] = {i: _place(figure.kind, i in numerator, i in denominator) for i in known}
    return {**places, **dict.fromkeys(figure.unknown_ids, "not known")}


def _attributed_places(figure: Figure) -> dict[str, Place]:
    """Return the place of each item that has another place according to the review alone, by its id."""
    added = figure.attributed
    if added is None:
        return {}
    numerator = {*figure.numerator_ids, *added.numerator_ids} - {*added.removed_ids}
    denominator = {*figure.denominator_ids, *added.denominator_ids}
    known = (*added.numerator_ids, *added.denominator_ids, *added.removed_ids)
    places: dict[str, Place] = {i: _place(figure.kind, i in numerator, i in denominator) for i in known}
    return {**places, **dict.fromkeys(added.unknown_ids, "not known")}


def _place(kind: str, in_numerator: bool, in_denominator: bool) -> Place:
    """Return the place of one item whose answer is known; numerator and denominator of a ratio are its two sides."""
    if kind == "ratio":
        return "both sides" if in_numerator and in_denominator else _side(in_numerator)
    return "counted" if in_numerator or kind == "median" else "not counted"


def _side(first: bool) -> Place:
    return "first side alone" if first else "second side alone"


def _unknown_member(identity: str, place: Place, *_: object) -> Member:
    return Member(identity, place)


def _study_member(identity: str, place: Place, figure: Figure, base: EvidenceBase) -> Member:
    study = base.find(identity)
    if study is None:
        return _unknown_member(identity, place)
    entries = eligible(base.studies, base.framework.codebook)
    others = [s for s in entries if s is not study and _same_family(s, study)]
    codes = [(path, _field_value(study, path)) for path in figure.criteria.codes]
    codes += [(f"{other.id}.{path}", _field_value(other, path)) for other in others for path in figure.criteria.codes]
    read, codebook = figure.criteria.findings, base.framework.codebook
    findings = [f for entry in (study, *others) for f in matching_findings(entry, read, codebook)]
    return Member(identity, place, study, tuple(codes), tuple(findings), _value_without(figure, place))


def _same_family(one: Study, other: Study) -> bool:
    return one.study_family is not None and one.study_family == other.study_family


def _field_value(study: Study, path: str) -> str:
    """Return the value of a study field as text, with its reason where the entry gives one."""
    value: Any = study
    for key in path.split("."):
        value = value.get(key, NOT_CODED) if isinstance(value, Mapping) else getattr(value, key, None)
    if isinstance(value, tuple):
        return listed([str(v) for v in value]) or NOT_CODED
    if isinstance(value, Mapping):
        return listed([f"{k} {v}" for k, v in value.items()]) or NOT_CODED
    if isinstance(value, Aim):
        return f"{value.code} ({value.reason})" if value.reason else value.code
    return "not recorded" if value is None else f"{value}" if isinstance(value, str | int) else "recorded"


def _value_without(figure: Figure, place: Place) -> float | None:
    """Return a share or ratio without one study at a place; ``None`` for other figures and unknown studies."""
    if figure.value is None or place == "not known" or figure.kind not in ("share", "ratio"):
        return None
    numerator, denominator = figure.numerator or 0, figure.denominator or 0
    numerator -= place in COUNTED
    denominator -= place != "first side alone"
    return numerator / denominator if denominator else None


def _claim_member(identity: str, place: Place, figure: Figure, base: EvidenceBase) -> Member:
    """Return a claim (``c15``), or a number in a claim (``c15#1`` is its first)."""
    name, _, number = identity.partition("#")
    claim = next(c for c in base.framework.review.claims if c.id == name) if base.framework.review else None
    if claim is None:
        return _unknown_member(identity, place)
    quantity = claim.figures[int(number) - 1] if number else None
    corroboration = [(f"corroboration.{study}", code) for study, code in claim.corroboration.items()]
    via = [(f"cited_via.{s.id}", s.cited_via) for i in claim.cites if (s := base.find(i)) and s.cited_via]
    corrections = errata_of(claim, base.studies, base.framework) if figure.id == "claims.corrected" else ()
    errata = [(f"erratum.{where}", clause(erratum.about)) for where, erratum in corrections]
    codes = (*(_quantity_fields(quantity) if quantity else ()), *corroboration, *via, *errata)
    return Member(identity, place, PublishedNumber(claim, quantity) if quantity else claim, codes)


def _quantity_fields(quantity: Quantity) -> list[tuple[str, str]]:
    """Return the fields of a published number that are recorded."""
    fields = {"n": quantity.n, "N": quantity.N, "percent": quantity.percent, "denominator": quantity.denominator}
    return [(name, f"{value}") for name, value in fields.items() if value is not None]


def _finding_member(identity: str, place: Place, _: Figure, base: EvidenceBase) -> Member:
    study = base.find(identity.rpartition(".")[0])
    findings = tuple(f for f in study.findings if f.id == identity) if study else ()
    return Member(identity, place, study, findings=findings)


def _statement_member(identity: str, place: Place, _: Figure, base: EvidenceBase) -> Member:
    statement = next((s for s in base.framework.statements if s.id == identity), None)
    codes = (("outcomes", listed(statement.outcomes)),) if statement else ()
    return Member(identity, place, statement, codes)


def _outcome_member(identity: str, place: Place, figure: Figure, base: EvidenceBase) -> Member:
    """Return an outcome or domain with the statements and the eligible studies about it."""
    term = base.framework.codebook.find("domains" if figure.unit == "domain" else "outcomes", identity)

    def matches(outcome: str) -> bool:
        return identity in (outcome, domain(outcome))

    statements = [s.id for s in base.framework.statements if any(map(matches, s.outcomes))]
    every, read = (
        [s.id for s in eligible(studies, base.framework.codebook) if any(matches(f.outcome) for f in s.findings)]
        for studies in (base.studies, read_studies(base.studies, base.framework))
    )
    attributed = [identity for identity in every if identity not in read]
    codes = [("studies", _list(read)), ("statements", _list(statements))]
    codes += [("studies only according to the review", _list(attributed))] if attributed else []
    return Member(identity, place, term, tuple(codes))


def _list(ids: list[str]) -> str:
    return listed(ids) or "none"


def _recommendation_member(identity: str, place: Place, _: Figure, base: EvidenceBase) -> Member:
    recommendation = next((r for r in base.framework.recommendations if r.id == identity), None)
    if recommendation is None:
        return _unknown_member(identity, place)
    code = ("measured_by", listed(recommendation.measured_by))
    if not recommendation.measured_by:
        code = ("not_measurable_because", recommendation.not_measurable_because or "not stated")
    return Member(identity, place, recommendation, (code,))


_MEMBERS: Mapping[str, Callable[[str, Place, Figure, EvidenceBase], Member]] = {
    "study": _study_member,
    "inclusion": _study_member,
    "claim": _claim_member,
    "published share": _claim_member,
    "finding": _finding_member,
    "statement": _statement_member,
    "outcome": _outcome_member,
    "domain": _outcome_member,
    "recommendation": _recommendation_member,
}
"""How to find what an item is, by the unit of the figure."""
