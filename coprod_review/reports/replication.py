"""The report of ``claims --regenerate``: what the review states, and what this base gives on it."""

from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.phrasing.base_summary import base_summary_lines
from coprod_review.phrasing.replication import VERDICT_WORDS, replication_numbers, replication_reason
from coprod_review.replication.evaluator import replicate
from coprod_review.reports.claims import require_claims
from coprod_review.results.replication import ReplicationRow
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import listed, listed_at_most, plural

_EXPLANATION = (
    "Rows with Q show what the review quotes from other works, and whether we found it there. Rows with R compare what "
    "the review states with this base. Agree and differ are about this base alone. Cannot tell means that something is "
    "missing, and the row says what."
)
_COLUMNS = ("id", "section", "verdict", "states", "gives", "reason", "rests_on")


def replication_report(base: EvidenceBase) -> Report:
    """Return what the review states, and what the base gives on it. Raises ``InvalidBase`` without claims."""
    require_claims(base)
    rows = replicate(base.studies, base.framework)
    counts = [f"{sum(row.verdict == verdict for row in rows)} {word}" for verdict, word in VERDICT_WORDS.items()]
    return Report(
        title="What the review states, and what this base gives",
        lead=(*base_summary_lines(base), f"Of {plural(len(rows), 'row')}, {listed(counts)}.", _EXPLANATION),
        sections=tuple(map(_section, rows)),
        payload=lambda: list(map(_payload, rows)),
        spreadsheet=lambda: Table("Rows", _COLUMNS, tuple(map(_cells, rows))),
    )


def _section(row: ReplicationRow) -> Section:
    rests_on = (f"This rests on {listed_at_most(row.rests_on)}.",) if row.rests_on else ()
    return Section(
        heading=f"{row.stated.id}: section {row.stated.section}; {VERDICT_WORDS[row.verdict]}",
        points=(
            f"The review: {row.stated.statement}",
            f"This base: {replication_numbers(row)}",
            f"Reason: {replication_reason(row)}",
            *rests_on,
        ),
    )


def _payload(row: ReplicationRow) -> dict[str, Any]:
    return {
        "id": row.stated.id,
        "section": row.stated.section,
        "states": row.stated.statement,
        "gives": replication_numbers(row),
        "verdict": row.verdict,
        "reason": replication_reason(row),
        "rests_on": list(row.rests_on),
    }


def _cells(row: ReplicationRow) -> tuple[Cell, ...]:
    payload = _payload(row)
    return tuple(" ".join(row.rests_on) if column == "rests_on" else payload[column] for column in _COLUMNS)
