"""Diagnostics for GitHub Actions: annotations in the log, and the table of a job summary.

Workflow commands:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from coprod_review.source.problems import Diagnostic, Severity
from coprod_review.text.escaping import markdown_text, visible
from coprod_review.validate.formats.text import text
from coprod_review.validate.validation_report import ValidationReport, summary

PER_TYPE = 10
"""GitHub shows no more annotations of one type for one step."""
ROOM = 900_000
"""Characters of a job summary; GitHub refuses one of more than 1 MiB."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def annotations(checked: ValidationReport) -> str:
    """The whole report for the log, then annotations, worst first, at most ten of a type with the rest counted."""
    # In a log the last line is seen first: what has to be mended stands above notes that always stay.
    worst_first = tuple(sorted(checked.diagnostics, key=lambda d: d.severity.rank))
    lines = [neutralise_commands(text(replace(checked, diagnostics=worst_first))).rstrip("\n")]
    for severity in Severity:
        found = [d for d in checked.shown if d.severity is severity]
        lines += map(_annotation, found[:PER_TYPE])
        if len(found) > PER_TYPE:
            lines.append(f"… and {len(found) - PER_TYPE} more {severity.value}s: all of them stand above.")
    return "\n".join(lines) + "\n"


def neutralise_commands(told: str) -> str:
    """Text from data that neither a terminal nor the log of GitHub Actions obeys: commands stop while it is printed."""
    shown = visible(told, breaks=True)
    token = "report-" + hashlib.sha256(shown.encode()).hexdigest()[:32]
    return "\n".join((f"::stop-commands::{token}", shown.rstrip("\n"), f"::{token}::", ""))


def _annotation(d: Diagnostic) -> str:
    span = d.span
    place = {"file": d.file, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # columns of several lines are refused
        place |= {"col": span.column, "endColumn": span.end_column}
    place["title"] = f"coprod-review {d.code} ({d.rule.name})"
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    hint = f"\n{d.hint}" if d.hint else ""
    return f"::{_COMMANDS[d.severity]} {properties}::{_data(f'{d.file}:{span.line}:{span.column}: {d.message}{hint}')}"


def _data(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def job_summary(checked: ValidationReport) -> str:
    """A Markdown table of the diagnostics, worst first, with the summary above it."""
    lines = [f"### {markdown_text(summary(checked))}", ""]
    if checked.shown:
        lines += ["| Where | Code | What was found | What to type |", "| --- | --- | --- | --- |"]
    rows = list(_rows(checked))
    kept = _within(rows, ROOM)
    left = len(rows) - kept
    lines += rows[:kept] + (["", f"… and {left} more, in the log of the job."] if left else [])
    return "\n".join(lines).rstrip("\n") + "\n"


def _rows(checked: ValidationReport) -> Iterator[str]:
    for severity in Severity:
        for d in checked.shown:
            if d.severity is severity:
                where = f"{d.file}:{d.span.line}:{d.span.column}"
                told = (where, f"{d.code} {severity.value}", d.message, d.hint)
                yield f"| {' | '.join(map(markdown_text, told))} |"


def _within(rows: list[str], room: int) -> int:
    """How many rows fit."""
    for number, row in enumerate(rows):
        room -= len(row.encode()) + 1
        if room < 0:
            return number
    return len(rows)
