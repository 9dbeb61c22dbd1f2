"""The report of ``claims``: every claim of the review, what was seen of it, and what corrects it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from coprod_review.errors import InvalidBase, UnknownName
from coprod_review.gaps.analyses.claims import WORDS, errata_of, is_share, lacks_base, status_of, summary
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim
from coprod_review.model.study import Erratum
from coprod_review.replication.registry import ReplicationRow, replicate
from coprod_review.reports.base_summary import base_summary_lines
from coprod_review.reports.studies import erratum_line
from coprod_review.results.intervals import share_interval
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import capitalise, listed, listed_at_most, lower_first, plural
from coprod_review.text.suggestions import did_you_mean


def claims_report(
    base: EvidenceBase, section: str | None = None, stakeholder: str | None = None, status: str | None = None
) -> Report:
    """The claims that pass the filters. Raises ``UnknownName`` for a section, group or status that no claim has."""
    held = _review_claims(base)
    chosen = [c for c in held if _passes(c, held, base.framework, section, stakeholder, status)]
    filters = [f"{n}={v}" for n, v in (("section", section), ("stakeholder", stakeholder), ("status", status)) if v]
    told = (
        (f"Only what passes: {'; '.join(filters)}; {len(chosen)} of {plural(len(held), 'claim')}.",) if filters else ()
    )
    return Report(
        title="What the review claims, and what was seen of it in the works it cites",
        lead=(*base_summary_lines(base), *told, summary(chosen) if chosen else "No claim passes.", _OWN_WORDS),
        sections=tuple(_claim(claim, base) for claim in chosen),
        payload=lambda: [_payload(claim, base) for claim in chosen],
        spreadsheet=lambda: _spreadsheet(chosen, base),
    )


_OWN_WORDS = (
    "Claims are in our own words. Not seen means not seen in what was read, mostly abstracts: it does not mean wrong. "
    "Only original works can settle it."
)


def _review_claims(base: EvidenceBase) -> tuple[Claim, ...]:
    if base.framework.review is None or not base.framework.review.claims:
        raise InvalidBase(f"{base.name} holds no review.yaml with claims, so there is nothing to show.")
    return base.framework.review.claims


def _passes(
    claim: Claim,
    held: Sequence[Claim],
    framework: Framework,
    section: str | None,
    stakeholder: str | None,
    status: str | None,
) -> bool:
    groups = [*(t.id for t in framework.codebook.terms("stakeholders")), "none"]
    typed = {"contradicted": "mis-cited"}.get(status or "", (status or "").replace("_", "-")) or None
    _known("section", section, list(dict.fromkeys(c.section for c in held)))
    _known("stakeholder", stakeholder, groups)
    _known("status", typed, list(WORDS.values()))
    return (
        (section is None or claim.section == section or claim.section.startswith(f"{section}."))
        and (stakeholder is None or claim.stakeholder == stakeholder)
        and (typed is None or WORDS[status_of(claim)] == typed)
    )


def _known(name: str, typed: str | None, valid: Sequence[str]) -> None:
    """Raise ``UnknownName`` for a word that no claim has; a section stands for those below it too."""
    above = [v for v in valid if name == "section" and v.startswith(f"{typed}.")]
    if typed is not None and typed not in valid and not above:
        near = did_you_mean(typed, valid)
        raise UnknownName(f"No claim has the {name} `{typed}`: {f'{near} ' if near else ''}Known: {', '.join(valid)}.")


def _claim(claim: Claim, base: EvidenceBase) -> Section:
    book = base.framework.codebook
    group = "" if claim.stakeholder == "none" else f", {lower_first(book.label('stakeholders', claim.stakeholder))}"
    word = WORDS[status_of(claim)].replace("not-", "not ")
    return Section(
        heading=f"{claim.id}: section {claim.section}{group}; {word}",
        paragraphs=(claim.claim,),
        points=(
            f"Cites: {listed([_cited(i, claim, base) for i in claim.cites])}.",
            *(f"Figure: {_figure(q)}." for q in claim.figures),
            *((f"Note: {claim.note}",) if claim.note else ()),
            *(f"Erratum {i}: {erratum_line(e)}." for i, e in errata_of(claim, base.studies, base.framework)),
        ),
    )


def _cited(identity: str, claim: Claim, base: EvidenceBase) -> str:
    study = base.find(identity)
    seen = lower_first(base.framework.codebook.label("corroboration", claim.corroboration.get(identity, "not_judged")))
    number = f" (reference {study.reference})" if study and study.reference else ""
    through = f" through {study.cited_via}" if study and study.cited_via else ""
    return f"{identity}{number}{through}: {seen}"


def _figure(quantity: Quantity) -> str:
    """A number of the review, recomputed where its numerator and denominator are held."""
    if quantity.fraction:
        told = _recomputed(quantity, *quantity.fraction)
    elif is_share(quantity):
        given = quantity.percent if quantity.percent is not None else quantity.n
        missing = "denominator" if lacks_base(quantity) else "numerator"
        number = "no number" if given is None else f"{given}%" if quantity.percent is not None else str(given)
        told = f"{number}, and its {missing} is not given"
    else:
        told = f"{quantity.n if quantity.n is not None else quantity.percent} {quantity.unit or ''}".strip()
    note = f" {quantity.note.rstrip('.')}" if quantity.note else ""
    apart = f" Not compared: {quantity.not_comparable_because.rstrip('.')}" if quantity.not_comparable_because else ""
    return ".".join(part for part in (f"{quantity.label}: {told}", note, apart) if part)


def _recomputed(quantity: Quantity, n: int, total: int) -> str:
    interval = share_interval(n, total)
    low, high = 100 * interval.low, 100 * (interval.high or 0.0)
    stated = f", stated as {quantity.percent:g}%" if quantity.percent is not None else ""
    return f"{n} of {total}{stated}, is {100 * n / total:.1f}% ({low:.1f} to {high:.1f})"


def _payload(claim: Claim, base: EvidenceBase) -> dict[str, Any]:
    studies = [base.find(i) for i in claim.cites]
    return {
        "id": claim.id,
        "section": claim.section,
        "stakeholder": claim.stakeholder,
        "claim": claim.claim,
        "cites": list(claim.cites),
        "references": [s.reference if s else None for s in studies],
        "figures": [_quantity(q) for q in claim.figures],
        "corroboration": dict(claim.corroboration),
        "status": status_of(claim),
        "note": claim.note,
        "errata": [{"in": i, **_erratum(e)} for i, e in errata_of(claim, base.studies, base.framework)],
        "cited_via": [s.cited_via if s else None for s in studies],
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    """A number with its recomputed share, from 0 to 1; null where it cannot be computed."""
    parts = quantity.fraction
    value = parts[0] / parts[1] if parts else None
    interval = asdict(share_interval(*parts)) if parts else None
    reason = None if parts or not is_share(quantity) else "numerator or denominator is not given"
    return {**asdict(quantity), "value": value, "interval": interval, "reason": reason}


def _erratum(erratum: Erratum) -> dict[str, Any]:
    kept = ("about", "correction", "basis", "confidence", "verified_at_original")
    return {name: getattr(erratum, name) for name in kept}


def _spreadsheet(claims: Sequence[Claim], base: EvidenceBase) -> Table:
    columns = ("id", "section", "stakeholder", "status", "claim", "cites", "corroboration", "figures", "errata", "note")
    rows: list[tuple[Cell, ...]] = [
        (
            c.id, c.section, c.stakeholder, status_of(c), c.claim, " ".join(c.cites),
            " ".join(f"{i}={v}" for i, v in c.corroboration.items()), "; ".join(map(_figure, c.figures)),
            "; ".join(f"{i}: {e.correction}" for i, e in errata_of(c, base.studies, base.framework)), c.note,
        )
        for c in claims
    ]  # fmt: skip
    return Table("Claims", columns, tuple(rows))


# --- what the review states beside what the base gives ------------------------------


def replication_report(base: EvidenceBase) -> Report:
    """What the review states beside what the base gives, row by row."""
    _review_claims(base)
    rows = replicate(base.studies, base.framework)
    counts = listed([f"{sum(r.verdict == v for r in rows)} {word}" for v, word in VERDICTS.items()])
    return Report(
        title="What the review states, beside what this base gives",
        lead=(*base_summary_lines(base), f"Of {plural(len(rows), 'row')}: {counts}.", _ROWS),
        sections=tuple(_regenerated(rows)),
        payload=lambda: [asdict(row) for row in rows],
        spreadsheet=lambda: Table("Rows", _ROW_COLUMNS, tuple(map(_row, rows))),
    )


VERDICTS = {"agree": "agree", "differ": "differ", "cannot_tell": "cannot tell"}
_ROWS = (
    "Q rows are numbers that the review quotes from others, R rows are what counting the base gives. Agree and differ "
    "are about this base alone, and cannot tell says what is missing."
)
_ROW_COLUMNS = ("id", "section", "verdict", "states", "gives", "reason", "rests_on")


def _regenerated(rows: Sequence[ReplicationRow]) -> Iterator[Section]:
    for row in rows:
        rests = f"Rests on: {listed_at_most(row.rests_on)}." if row.rests_on else ""
        points = (f"The review: {row.states}", f"This base: {row.gives}", f"{capitalise(row.reason)}", rests)
        heading = f"{row.id}: section {row.section}; {VERDICTS[row.verdict]}"
        yield Section(heading, points=tuple(point for point in points if point))


def _row(row: ReplicationRow) -> tuple[Cell, ...]:
    return row.id, row.section, row.verdict, row.states, row.gives, row.reason, " ".join(row.rests_on)
