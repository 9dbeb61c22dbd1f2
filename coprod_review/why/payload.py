"""One opened figure for programs and spreadsheets."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.study import Finding
from coprod_review.reports.gaps_payload import base_payload, figure_payload
from coprod_review.reports.request import ReportRequest
from coprod_review.results.figure import Figure
from coprod_review.results.table import Cell, Table
from coprod_review.why.members import Member

SCHEMA = "coprod-review/why/1"


def payload(base: EvidenceBase, figure: Figure, members: Sequence[Member], asked: ReportRequest) -> dict[str, Any]:
    """Return the figure with its members as plain data that JSON can hold."""
    name = "studies" if figure.unit == "study" else "members"
    return {
        "schema": SCHEMA,
        "base": base_payload(base),
        "filters": list(asked.filters),
        "figure": figure_payload(figure, asked),
        "rule": figure.definition,
        name: [_member(m, base) for m in members],
        "most_influential": most_influential(members, figure),
    }


def most_influential(members: Sequence[Member], figure: Figure) -> list[str]:
    """Return the ids of the studies that change the figure most when one is left out."""
    if figure.value is None:
        return []
    moved = {m.id: abs(m.without - figure.value) for m in members if m.without is not None}
    most = max(moved.values(), default=None)
    return [identity for identity, change in moved.items() if change == most]


def _member(member: Member, base: EvidenceBase) -> dict[str, Any]:
    study = base.find(member.id)
    return {
        "id": member.id,
        "place": member.place,
        "reference": study.reference if study else None,
        "words": member.words,
        "coded_from": study.coded_from if study else None,
        "coding_note": study.coding_note if study else None,
        "coders": list(study.coders) if study else [],
        "codes": dict(member.codes),
        "findings": [_finding_payload(f) for f in member.findings],
        "value_without": member.without,
    }


def _finding_payload(finding: Finding) -> dict[str, Any]:
    kept = (
        "id",
        "outcome",
        "level",
        "direction",
        "beneficiary",
        "measurement",
        "follow_up",
        "evidence_role",
        "summary",
    )
    instruments = list(finding.instruments)
    return {
        **{name: getattr(finding, name) for name in kept},
        "instruments": instruments,
        "reported_in": [asdict(r) for r in finding.reported_in],
    }


_COLUMNS = (
    "place", "id", "what", "coded", "codes", "finding", "outcome", "level", "direction", "beneficiary", "measurement",
    "reported_in", "summary", "value_without",
)  # fmt: skip


def spreadsheet(members: Sequence[Member]) -> Table:
    """A row for each finding, or one for a member without any."""
    rows: list[tuple[Cell, ...]] = []
    for m in members:
        codes = "; ".join(f"{path}: {value}" for path, value in m.codes)
        head = (m.place, m.id, m.words, m.coded, codes)
        rows += [(*head, *_row(f), m.without) for f in m.findings] or [(*head, *("",) * 8, m.without)]
    return Table("Members", _COLUMNS, tuple(rows))


def _row(finding: Finding) -> tuple[Cell, ...]:
    seen = " ".join(f"{r.source}{f':{r.section}' if r.section else ''}" for r in finding.reported_in)
    return (
        finding.id, finding.outcome, finding.level, finding.direction, finding.beneficiary, finding.measurement, seen,
        finding.summary,
    )  # fmt: skip
