"""Diagnostics for GitHub Actions: annotations in the log.

Workflow commands:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
"""

import hashlib
from dataclasses import replace

from coprod_review.source.problems import Diagnostic, Severity
from coprod_review.text.escaping import visible
from coprod_review.text.grammar import plural
from coprod_review.validate.formats import text as text_format
from coprod_review.validate.formats.diagnostics_format import DiagnosticsFormat
from coprod_review.validate.validation_report import ValidationReport

_MAX_ANNOTATIONS = 10
"""GitHub shows no more annotations of one type for one step."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: ValidationReport) -> str:
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


FORMAT = DiagnosticsFormat("github", (), render, other_suffixes=(".txt",))
