"""The JSON and CSV of ``why`` for one figure and its members."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import Finding
from coprod_review.phrasing.why import coding, description
from coprod_review.reports.gaps_payload import base_payload, figure_payload
from coprod_review.reports.request import ReportRequest
from coprod_review.results.figure import Figure
from coprod_review.results.member import Member
from coprod_review.results.table import Cell, Table

SCHEMA = "coprod-review/why/2"

_FINDING_FIELDS = (
    "id", "outcome", "level", "direction", "asserts", "beneficiary", "person_role", "staff_role", "measurement",
    "follow_up", "evidence_role", "summary",
)  # fmt: skip
_COLUMNS = (
    "place", "attributed", "id", "what", "coded", "codes", "finding", "outcome", "level", "direction", "beneficiary",
    "measurement", "reported_in", "summary", "value_without",
)  # fmt: skip


def payload(base: EvidenceBase, figure: Figure, members: Sequence[Member], request: ReportRequest) -> dict[str, Any]:
    """Return the JSON of ``why`` for one figure: keys as in docs/contracts/json.md#why."""
    name = "studies" if figure.unit == "study" else "members"
    return {
        "schema": SCHEMA,
        "base": base_payload(base),
        "filters": list(request.filters),
        "figure": figure_payload(figure, request),
        "rule": figure.definition,
        name: [_member_payload(m, base) for m in members],
        "most_influential": most_influential(members, figure),
    }


def most_influential(members: Sequence[Member], figure: Figure) -> list[str]:
    """Return the ids of the studies whose omission changes the figure most; several where they tie."""
    if figure.value is None:
        return []
    changes = {m.id: abs(m.value_without - figure.value) for m in members if m.value_without is not None}
    largest = max(changes.values(), default=None)
    return [identity for identity, change in changes.items() if change == largest]


def _member_payload(member: Member, base: EvidenceBase) -> dict[str, Any]:
    study = base.find(member.id)
    return {
        "id": member.id,
        "place": member.place,
        "attributed": member.attributed,
        "reference": study.reference if study else None,
        "words": description(member, base.framework),
        "coded_from": study.coded_from if study else None,
        "coding_note": study.coding_note if study else None,
        "coders": list(study.coders) if study else [],
        "codes": dict(member.codes),
        "findings": [_finding_payload(f) for f in member.findings],
        "value_without": member.value_without,
    }


def _finding_payload(finding: Finding) -> dict[str, Any]:
    return {
        **{name: getattr(finding, name) for name in _FINDING_FIELDS},
        "instruments": list(finding.instruments),
        "reported_in": [asdict(r) for r in finding.reported_in],
    }


def spreadsheet(members: Sequence[Member], framework: Framework) -> Table:
    """Return a table with a row for each finding, or one row for a member without findings."""
    rows: list[tuple[Cell, ...]] = []
    for m in members:
        codes = "; ".join(f"{path}: {value}" for path, value in m.codes)
        member_cells = (
            m.place,
            "yes" if m.attributed else "no",
            m.id,
            description(m, framework),
            coding(m, framework),
            codes,
        )
        findings = [_finding_cells(f) for f in m.findings] or [("",) * 8]
        rows += [(*member_cells, *cells, m.value_without) for cells in findings]
    return Table("Members", _COLUMNS, tuple(rows))


def _finding_cells(finding: Finding) -> tuple[Cell, ...]:
    sources = " ".join(f"{r.source}{f':{r.section}' if r.section else ''}" for r in finding.reported_in)
    return (
        finding.id, finding.outcome, finding.level, finding.direction, finding.beneficiary, finding.measurement,
        sources, finding.summary,
    )  # fmt: skip
