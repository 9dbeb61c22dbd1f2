"""Diagnostics for GitHub Actions: annotations in the log, and the table of a job summary.

Workflow commands:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from coprod_review.source.problems import Diagnostic, Severity
from coprod_review.text.escaping import markdown_text, visible
from coprod_review.text.grammar import plural
from coprod_review.validate.formats import text as text_format
from coprod_review.validate.validation_report import ValidationReport, summary

_MAX_ANNOTATIONS = 10
"""GitHub shows no more annotations of one type for one step."""
_MAX_SUMMARY_BYTES = 900_000
"""GitHub refuses a job summary of more than 1 MiB."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def annotations(report: ValidationReport) -> str:
    """Render the text report for the log, then annotations, worst first; of each type ten, and a count of the rest."""
    # Errors come first, so that they are not lost among notes that always remain.
    worst_first = tuple(sorted(report.diagnostics, key=lambda d: d.severity.rank))
    lines = [neutralise_commands(text_format.render(replace(report, diagnostics=worst_first))).rstrip("\n")]
    for severity in Severity:
        diagnostics = [d for d in report.shown if d.severity is severity]
        lines += map(_annotation, diagnostics[:_MAX_ANNOTATIONS])
        if len(diagnostics) > _MAX_ANNOTATIONS:
            more = plural(len(diagnostics) - _MAX_ANNOTATIONS, f"more {severity.value}")
            lines.append(f"… and {more}: the report above shows all of them.")
    return "\n".join(lines) + "\n"


def neutralise_commands(text: str) -> str:
    """Escape text for the log of GitHub Actions, so that nothing in it acts as a workflow or terminal command."""
    escaped = visible(text, breaks=True)
    token = "report-" + hashlib.sha256(escaped.encode()).hexdigest()[:32]
    return "\n".join((f"::stop-commands::{token}", escaped.rstrip("\n"), f"::{token}::", ""))


def _annotation(d: Diagnostic) -> str:
    span = d.span
    properties: dict[str, object] = {"file": d.file, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # GitHub refuses columns for several lines
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = f"coprod-review {d.code} ({d.rule.name})"
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    hint = f"\n{d.hint}" if d.hint else ""
    return f"::{_COMMANDS[d.severity]} {listed}::{_data(f'{d.file}:{span.line}:{span.column}: {d.message}{hint}')}"


def _data(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def job_summary(report: ValidationReport) -> str:
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
