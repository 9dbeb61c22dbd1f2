"""Diagnostics as a table of Markdown, which is also the job summary of GitHub Actions."""

from collections.abc import Iterator

from coprod_review.source.problems import Severity
from coprod_review.text.escaping import markdown_text
from coprod_review.validate.formats.diagnostics_format import DiagnosticsFormat
from coprod_review.validate.validation_report import ValidationReport, summary

_MAX_SUMMARY_BYTES = 900_000
"""GitHub refuses a job summary of more than 1 MiB."""


def render(report: ValidationReport) -> str:
    """Render a Markdown table of the diagnostics, worst first, below the summary."""
    lines = [f"### {markdown_text(summary(report))}", ""]
    if report.shown:
        lines += ["| Where | Code | What was found | What to type |", "| --- | --- | --- | --- |"]
    rows = list(_rows(report))
    fitting = _count_fitting(rows, _MAX_SUMMARY_BYTES)
    left = len(rows) - fitting
    lines += rows[:fitting] + (["", f"… and {left} more: the log of the job shows all of them."] if left else [])
    return "\n".join(lines).rstrip("\n") + "\n"


def _rows(report: ValidationReport) -> Iterator[str]:
    for severity in Severity:
        for d in report.shown:
            if d.severity is severity:
                where = f"{d.file}:{d.span.line}:{d.span.column}"
                cells = (where, f"{d.code} {severity.value}", d.message, d.hint)
                yield f"| {' | '.join(map(markdown_text, cells))} |"


def _count_fitting(rows: list[str], size: int) -> int:
    """Return how many rows fit into a number of bytes."""
    for number, row in enumerate(rows):
        size -= len(row.encode()) + 1
        if size < 0:
            return number
    return len(rows)


FORMAT = DiagnosticsFormat("markdown", (".md",), render)
