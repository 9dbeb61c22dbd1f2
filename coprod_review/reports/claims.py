"""The report of ``claims``: the claims of the review, what the cited works show of them, and corrections."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from coprod_review.errors import InvalidBase, UnknownName
from coprod_review.gaps.analyses.claims import count_claims, errata_of, is_share, status_of
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim
from coprod_review.model.study import Erratum
from coprod_review.phrasing import claims as words
from coprod_review.phrasing.base_summary import base_summary_lines
from coprod_review.phrasing.studies import erratum_line
from coprod_review.results.intervals import share_interval
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import listed
from coprod_review.text.suggestions import not_found_message

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
    return Report(
        title=words.TITLE,
        lead=(
            *base_summary_lines(base),
            *((words.filters_sentence(typed, len(chosen), len(claims)),) if typed else ()),
            words.claims_summary(count_claims(chosen)) if chosen else words.NO_MATCH,
            words.EXPLANATION,
        ),
        sections=tuple(_claim_section(claim, base) for claim in chosen),
        payload=lambda: [_claim_payload(claim, base) for claim in chosen],
        spreadsheet=lambda: _spreadsheet(chosen, base),
    )


def require_claims(base: EvidenceBase) -> tuple[Claim, ...]:
    """Return the claims of the review. Raises ``InvalidBase`` where the base has none."""
    if base.framework.review is None or not base.framework.review.claims:
        raise InvalidBase(f"{base.name} has no review.yaml with claims, so there is nothing to show.")
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
    _check_known("status", typed, list(words.STATUS_WORDS.values()))
    return (
        (section is None or claim.section == section or claim.section.startswith(f"{section}."))
        and (stakeholder is None or claim.stakeholder == stakeholder)
        and (typed is None or words.STATUS_WORDS[status_of(claim)] == typed)
    )


def _check_known(name: str, typed: str | None, valid: Sequence[str]) -> None:
    """Raise ``UnknownName`` for a word that no claim has; a section also matches its subsections."""
    subsections = [v for v in valid if name == "section" and v.startswith(f"{typed}.")]
    if typed is not None and typed not in valid and not subsections:
        every = f"Use one of: {', '.join(valid)}."
        raise UnknownName(not_found_message(f"No claim has the {name} `{typed}`", typed, valid, every))


def _claim_section(claim: Claim, base: EvidenceBase) -> Section:
    codebook = base.framework.codebook
    cited_works = listed([words.cited_work(i, base.find(i), claim, codebook) for i in claim.cites])
    return Section(
        heading=words.claim_heading(claim, codebook),
        paragraphs=(claim.claim,),
        points=(
            f"The claim cites {cited_works}.",
            *(f"Figure: {words.quantity_in_words(quantity)}." for quantity in claim.figures),
            *((f"Note: {claim.note}",) if claim.note else ()),
            *(f"Erratum {i}: {erratum_line(e)}." for i, e in errata_of(claim, base.studies, base.framework)),
        ),
    )


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
    reason = None if fraction or not is_share(quantity) else "the numerator or the denominator is not given"
    return {**asdict(quantity), "value": value, "interval": interval, "reason": reason}


def _erratum_payload(erratum: Erratum) -> dict[str, Any]:
    return {name: getattr(erratum, name) for name in _ERRATUM_FIELDS}


def _spreadsheet(claims: Sequence[Claim], base: EvidenceBase) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            c.id, c.section, c.stakeholder, status_of(c), c.claim, " ".join(c.cites),
            " ".join(f"{i}={v}" for i, v in c.corroboration.items()),
            "; ".join(map(words.quantity_in_words, c.figures)),
            "; ".join(f"{i}: {e.correction}" for i, e in errata_of(c, base.studies, base.framework)), c.note,
        )
        for c in claims
    ]  # fmt: skip
    return Table("Claims", _COLUMNS, tuple(rows))
