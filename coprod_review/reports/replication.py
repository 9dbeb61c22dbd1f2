"""The report of ``claims --regenerate``: what the review states, beside the same counts in this base."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.replication.registry import ReplicationRow, replicate
from coprod_review.reports.base_summary import base_summary_lines
from coprod_review.reports.claims import require_claims
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import capitalise, listed, listed_at_most, plural

_VERDICTS = {"agree": "agree", "differ": "differ", "cannot_tell": "cannot tell"}
_EXPLANATION = (
    "Q rows are numbers that the review quotes from others, R rows are what counting the base gives. Agree and differ "
    "are about this base alone, and cannot tell says what is missing."
)
_COLUMNS = ("id", "section", "verdict", "states", "gives", "reason", "rests_on")


def replication_report(base: EvidenceBase) -> Report:
    """Return the numbers that the review states beside those of this base. Raises ``InvalidBase`` without claims."""
    require_claims(base)
    rows = replicate(base.studies, base.framework)
    counts = listed([f"{sum(r.verdict == verdict for r in rows)} {word}" for verdict, word in _VERDICTS.items()])
    return Report(
        title="What the review states, beside what this base gives",
        lead=(*base_summary_lines(base), f"Of {plural(len(rows), 'row')}: {counts}.", _EXPLANATION),
        sections=tuple(_sections(rows)),
        payload=lambda: [asdict(row) for row in rows],
        spreadsheet=lambda: Table("Rows", _COLUMNS, tuple(map(_cells, rows))),
    )


def _sections(rows: Sequence[ReplicationRow]) -> Iterator[Section]:
    for row in rows:
        rests_on = f"Rests on: {listed_at_most(row.rests_on)}." if row.rests_on else ""
        points = (f"The review: {row.states}", f"This base: {row.gives}", f"{capitalise(row.reason)}", rests_on)
        heading = f"{row.id}: section {row.section}; {_VERDICTS[row.verdict]}"
        yield Section(heading, points=tuple(point for point in points if point))


def _cells(row: ReplicationRow) -> tuple[Cell, ...]:
    return row.id, row.section, row.verdict, row.states, row.gives, row.reason, " ".join(row.rests_on)
