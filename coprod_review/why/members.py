"""What a figure counts, one member each, with the codes and findings that put it there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from coprod_review.gaps.analyses.claims import WORDS, errata_of, status_of
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.facets import matching_findings
from coprod_review.model.quantity import Quantity
from coprod_review.model.study import Finding, Study, domain
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import listed, plural, with_article

NUMERATOR, DENOMINATOR, UNKNOWN = "counted", "not counted", "not known"
"""Places of a study in a share."""

BOTH, FIRST, SECOND = "both sides", "first side alone", "second side alone"
"""Places of a study in a ratio of two sides."""


@dataclass(frozen=True, slots=True)
class Member:
    """One thing that a figure counts or leaves out, and why it stands where it stands."""

    id: str
    place: str
    words: str
    """What it is, in one line."""
    coded: str = ""
    """How it was coded."""
    codes: tuple[tuple[str, str], ...] = ()
    """Fields that put it there, each with its value and reason."""
    findings: tuple[Finding, ...] = ()
    without: float | None = None
    """The figure without it; ``None`` where it has none."""


def members_of(figure: Figure, base: EvidenceBase) -> tuple[Member, ...]:
    """Everything in a figure: what is counted first, then the rest of the denominator, then what is not known."""
    describe = _DESCRIBED.get(figure.unit, _as_it_is)
    return tuple(describe(i, place, figure, base) for i, place in _places(figure).items())


def _places(figure: Figure) -> dict[str, str]:
    """Where each thing stands in a figure."""
    counted, among = frozenset(figure.numerator_ids), frozenset(figure.denominator_ids)
    known = {i: _place(figure.kind, i in counted, i in among) for i in (*figure.numerator_ids, *figure.denominator_ids)}
    return {**known, **dict.fromkeys(figure.unknown_ids, UNKNOWN)}


def _place(kind: str, counted: bool, among: bool) -> str:
    """Where something stands in a figure of a kind; a ratio has two sides."""
    if kind == "ratio":
        return BOTH if counted and among else FIRST if counted else SECOND
    return NUMERATOR if counted or kind == "median" else DENOMINATOR


def _study(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    study = base.find(identity)
    if study is None:
        return _as_it_is(identity, place, figure, base)
    book = base.framework.codebook
    once = f"by {plural(len(study.coders), 'person', 'people')}" if study.coders else "once"
    return Member(
        identity,
        place,
        f"{study.citation.title} ({study.year or 'no date'}"
        + (f", reference {study.reference})" if study.reference else ")")
        + (_queries(study, base) if place in (NUMERATOR, BOTH, FIRST) else ""),
        f"coded {once} from {with_article(book.label('coded_from', study.coded_from).lower())}",
        tuple((path, _value(study, path)) for path in figure.criteria.codes),
        matching_findings(study, figure.criteria.findings),
        _without(figure, place),
    )


def _queries(study: Study, base: EvidenceBase) -> str:
    """Errata of the review and of the entry that touch a study, which a reader of the figure must know of."""
    errata = base.framework.review.errata if base.framework.review else ()
    held = [e.id for e in errata if study.id in e.studies and e.id]
    own = f"{len(study.errata)} of its own" if study.errata else ""
    told = listed([*held, *([own] if own else [])])
    return f"; errata {told}: coprod-review show {study.id}" if told else ""


def _value(study: Study, path: str) -> str:
    """The value of a field as it is written, with its reason where the entry gives one."""
    value: Any = study
    for step in path.split("."):
        value = value.get(step, "not_coded") if isinstance(value, Mapping) else getattr(value, step, None)
    if isinstance(value, tuple):
        return listed([str(v) for v in value]) or "not_coded"
    if isinstance(value, Mapping):
        return listed([f"{k} {v}" for k, v in value.items()]) or "not_coded"
    reason = f" ({study.focus_reason})" if path == "focus" and study.focus_reason else ""
    return f"{'not recorded' if value is None else value if isinstance(value, str | int) else 'recorded'}{reason}"


def _without(figure: Figure, place: str) -> float | None:
    """A share or ratio without one study that stands at a place."""
    if figure.value is None or place == UNKNOWN or figure.kind not in ("share", "ratio"):
        return None
    above, below = figure.numerator or 0, figure.denominator or 0
    above -= place in (NUMERATOR, BOTH, FIRST)
    below -= place in (NUMERATOR, DENOMINATOR, BOTH, SECOND)
    return above / below if below else None


def _as_it_is(identity: str, place: str, *_: object) -> Member:
    return Member(identity, place, identity)


def _claim(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    name, _, number = identity.partition("#")
    claim = next(c for c in base.framework.review.claims if c.id == name) if base.framework.review else None
    if claim is None:
        return _as_it_is(identity, place, figure, base)
    seen = [(f"corroboration.{study}", code) for study, code in claim.corroboration.items()]
    via = [(f"cited_via.{s.id}", s.cited_via) for i in claim.cites if (s := base.find(i)) and s.cited_via]
    corrected = errata_of(claim, base.studies, base.framework) if figure.id == "claims.corrected" else ()
    errata = [(f"erratum.{holder}", erratum.about.rstrip(".")) for holder, erratum in corrected]
    given = _quantity(claim.figures[int(number) - 1]) if number else []
    label = claim.figures[int(number) - 1].label if number else claim.claim
    words = f"section {claim.section}: {label}"
    return Member(identity, place, words, f"status {WORDS[status_of(claim)]}", (*given, *seen, *via, *errata))


def _quantity(quantity: Quantity) -> list[tuple[str, str]]:
    """A published number, and whether its source gives the denominator."""
    given = {"n": quantity.n, "N": quantity.N, "percent": quantity.percent, "denominator": quantity.denominator}
    return [(name, f"{value}") for name, value in given.items() if value is not None]


def _finding(identity: str, place: str, _: Figure, base: EvidenceBase) -> Member:
    study = base.find(identity.rpartition(".")[0])
    found = tuple(f for f in study.findings if f.id == identity) if study else ()
    return Member(identity, place, study.citation.title if study else identity, findings=found)


def _statement(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    said = next((s for s in base.framework.statements if s.id == identity), None)
    if said is None:
        return _as_it_is(identity, place, figure, base)
    return Member(
        identity,
        place,
        f"section {said.section}, testimony: {said.statement}",
        codes=(("outcomes", listed(said.outcomes)),),
    )


def _outcome(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    """An outcome or domain, with the statements and the eligible studies on it."""
    vocabulary = "domains" if figure.unit == "domain" else "outcomes"

    def there(outcome: str) -> bool:
        return identity in (outcome, domain(outcome))

    said = [s.id for s in base.framework.statements if any(map(there, s.outcomes))]
    studies = [s.id for s in base.studies if s.is_eligible and any(there(f.outcome) for f in s.findings)]
    codes = (("studies", listed(studies) or "none"), ("statements", listed(said) or "none"))
    return Member(identity, place, base.framework.codebook.label(vocabulary, identity), codes=codes)


def _recommendation(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    found = next((r for r in base.framework.recommendations if r.id == identity), None)
    if found is None:
        return _as_it_is(identity, place, figure, base)
    why = ("measured_by", listed(found.measured_by))
    if not found.measured_by:
        why = ("not_measurable_because", found.not_measurable_because or "not stated")
    return Member(identity, place, found.statement, codes=(why,))


_DESCRIBED: Mapping[str, Callable[[str, str, Figure, EvidenceBase], Member]] = {
    "study": _study,
    "inclusion": _study,
    "claim": _claim,
    "published share": _claim,
    "finding": _finding,
    "statement": _statement,
    "outcome": _outcome,
    "domain": _outcome,
    "recommendation": _recommendation,
}
