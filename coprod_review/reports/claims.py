"""The report of ``claims``: the claims of the review, what the cited works show of them, and corrections."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from coprod_review.errors import InvalidBase, UnknownName
from coprod_review.gaps.analyses.claims import count_claims, errata_of, is_share, lacks_denominator, status_of
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim
from coprod_review.model.study import Erratum
from coprod_review.phrasing.claims import STATUS_WORDS, claims_summary
from coprod_review.reports.base_summary import base_summary_lines
from coprod_review.reports.studies import erratum_line
from coprod_review.results.intervals import share_interval
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import listed, lower_first, plural
from coprod_review.text.suggestions import did_you_mean

_EXPLANATION = (
    "Claims are in our own words. Not seen means not seen in what was read, mostly abstracts: it does not mean wrong. "
    "Only original works can settle it."
)
_ERRATUM_FIELDS = ("about", "correction", "basis", "confidence", "verified_at_original")
_COLUMNS = ("id", "section", "stakeholder", "status", "claim", "cites", "corroboration", "figures", "errata", "note")


def claims_report(
    base: EvidenceBase, section: str | None = None, stakeholder: str | None = None, status: str | None = None
) -> Report:
    """Return the claims that pass the filters.

    Raises ``UnknownName`` for a section, group or status that no claim has, and ``InvalidBase`` without claims.
    """
    claims = require_claims(base)
    chosen = [c for c in claims if _passes(c, claims, base.framework, section, stakeholder, status)]
    typed = [f"{n}={v}" for n, v in (("section", section), ("stakeholder", stakeholder), ("status", status)) if v]
    filters = f"Only what passes: {'; '.join(typed)}; {len(chosen)} of {plural(len(claims), 'claim')}."
    return Report(
        title="What the review claims, and what was seen of it in the works it cites",
        lead=(
            *base_summary_lines(base),
            *((filters,) if typed else ()),
            claims_summary(count_claims(chosen)) if chosen else "No claim passes.",
            _EXPLANATION,
        ),
        sections=tuple(_claim_section(claim, base) for claim in chosen),
        payload=lambda: [_claim_payload(claim, base) for claim in chosen],
        spreadsheet=lambda: _spreadsheet(chosen, base),
    )


def require_claims(base: EvidenceBase) -> tuple[Claim, ...]:
    """Return the claims of the review. Raises ``InvalidBase`` where the base has none."""
    if base.framework.review is None or not base.framework.review.claims:
        raise InvalidBase(f"{base.name} holds no review.yaml with claims, so there is nothing to show.")
    return base.framework.review.claims


def _passes(
    claim: Claim,
    claims: Sequence[Claim],
    framework: Framework,
    section: str | None,
    stakeholder: str | None,
    status: str | None,
) -> bool:
    groups = [*(t.id for t in framework.codebook.terms("stakeholders")), "none"]
    typed = {"contradicted": "mis-cited"}.get(status or "", (status or "").replace("_", "-")) or None
    _check_known("section", section, list(dict.fromkeys(c.section for c in claims)))
    _check_known("stakeholder", stakeholder, groups)
    _check_known("status", typed, list(STATUS_WORDS.values()))
    return (
        (section is None or claim.section == section or claim.section.startswith(f"{section}."))
        and (stakeholder is None or claim.stakeholder == stakeholder)
        and (typed is None or STATUS_WORDS[status_of(claim)] == typed)
    )


def _check_known(name: str, typed: str | None, valid: Sequence[str]) -> None:
    """Raise ``UnknownName`` for a word that no claim has; a section also matches its subsections."""
    subsections = [v for v in valid if name == "section" and v.startswith(f"{typed}.")]
    if typed is not None and typed not in valid and not subsections:
        near = did_you_mean(typed, valid)
        raise UnknownName(f"No claim has the {name} `{typed}`: {f'{near} ' if near else ''}Known: {', '.join(valid)}.")


def _claim_section(claim: Claim, base: EvidenceBase) -> Section:
    book = base.framework.codebook
    group = "" if claim.stakeholder == "none" else f", {lower_first(book.label('stakeholders', claim.stakeholder))}"
    status = STATUS_WORDS[status_of(claim)].replace("not-", "not ")
    return Section(
        heading=f"{claim.id}: section {claim.section}{group}; {status}",
        paragraphs=(claim.claim,),
        points=(
            f"Cites: {listed([_cited_work(i, claim, base) for i in claim.cites])}.",
            *(f"Figure: {_quantity_in_words(q)}." for q in claim.figures),
            *((f"Note: {claim.note}",) if claim.note else ()),
            *(f"Erratum {i}: {erratum_line(e)}." for i, e in errata_of(claim, base.studies, base.framework)),
        ),
    )


def _cited_work(identity: str, claim: Claim, base: EvidenceBase) -> str:
    study = base.find(identity)
    corroboration = lower_first(
        base.framework.codebook.label("corroboration", claim.corroboration.get(identity, "not_judged"))
    )
    number = f" (reference {study.reference})" if study and study.reference else ""
    through = f" through {study.cited_via}" if study and study.cited_via else ""
    return f"{identity}{number}{through}: {corroboration}"


def _quantity_in_words(quantity: Quantity) -> str:
    """Return a number of the review, as a recomputed share where numerator and denominator are recorded."""
    if quantity.fraction:
        value = _recomputed_share(quantity, *quantity.fraction)
    elif is_share(quantity):
        given = quantity.percent if quantity.percent is not None else quantity.n
        missing = "denominator" if lacks_denominator(quantity) else "numerator"
        number = "no number" if given is None else f"{given}%" if quantity.percent is not None else str(given)
        value = f"{number}, and its {missing} is not given"
    else:
        value = f"{quantity.n if quantity.n is not None else quantity.percent} {quantity.unit or ''}".strip()
    note = f" {quantity.note.rstrip('.')}" if quantity.note else ""
    reason = f" Not compared: {quantity.not_comparable_because.rstrip('.')}" if quantity.not_comparable_because else ""
    return ".".join(part for part in (f"{quantity.label}: {value}", note, reason) if part)


def _recomputed_share(quantity: Quantity, n: int, total: int) -> str:
    interval = share_interval(n, total)
    low, high = 100 * interval.low, 100 * (interval.high or 0.0)
    stated = f", stated as {quantity.percent:g}%" if quantity.percent is not None else ""
    return f"{n} of {total}{stated}, is {100 * n / total:.1f}% ({low:.1f} to {high:.1f})"


def _claim_payload(claim: Claim, base: EvidenceBase) -> dict[str, Any]:
    studies = [base.find(i) for i in claim.cites]
    return {
        "id": claim.id,
        "section": claim.section,
        "stakeholder": claim.stakeholder,
        "claim": claim.claim,
        "cites": list(claim.cites),
        "references": [s.reference if s else None for s in studies],
        "figures": [_quantity_payload(q) for q in claim.figures],
        "corroboration": dict(claim.corroboration),
        "status": status_of(claim),
        "note": claim.note,
        "errata": [{"in": i, **_erratum_payload(e)} for i, e in errata_of(claim, base.studies, base.framework)],
        "cited_via": [s.cited_via if s else None for s in studies],
    }


def _quantity_payload(quantity: Quantity) -> dict[str, Any]:
    """Return a number with its recomputed share, from 0 to 1; ``None`` where it cannot be computed."""
    fraction = quantity.fraction
    value = fraction[0] / fraction[1] if fraction else None
    interval = asdict(share_interval(*fraction)) if fraction else None
    reason = None if fraction or not is_share(quantity) else "numerator or denominator is not given"
    return {**asdict(quantity), "value": value, "interval": interval, "reason": reason}


def _erratum_payload(erratum: Erratum) -> dict[str, Any]:
    return {name: getattr(erratum, name) for name in _ERRATUM_FIELDS}


def _spreadsheet(claims: Sequence[Claim], base: EvidenceBase) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            c.id, c.section, c.stakeholder, status_of(c), c.claim, " ".join(c.cites),
            " ".join(f"{i}={v}" for i, v in c.corroboration.items()), "; ".join(map(_quantity_in_words, c.figures)),
            "; ".join(f"{i}: {e.correction}" for i, e in errata_of(c, base.studies, base.framework)), c.note,
        )
        for c in claims
    ]  # fmt: skip
    return Table("Claims", _COLUMNS, tuple(rows))
