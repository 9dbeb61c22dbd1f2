"""Diagnostics and their counts as JSON (docs/contracts/diagnostics.md#json)."""

from collections import Counter
from typing import Any

from coprod_review.source.positions import Span
from coprod_review.source.problems import Diagnostic, Fix, Severity
from coprod_review.text.escaping import json_text
from coprod_review.validate.formats.diagnostics_format import DiagnosticsFormat
from coprod_review.validate.validation_report import ValidationReport


def render(report: ValidationReport) -> str:
    """Render the report as one JSON document."""
    document = {
        "schema": "coprod-review/diagnostics/1",
        "files": list(report.files),
        "summary": {
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notes": report.count(Severity.NOTE),
            "fixable": report.fixable(safe=True),
        },
        "diagnostics": [_diagnostic(d) for d in report.shown],
    }
    return json_text(document)


def _diagnostic(d: Diagnostic) -> dict[str, Any]:
    return {
        "code": d.code,
        "name": d.rule.name,
        "severity": d.severity.value,
        "file": d.file,
        **_span(d.span),
        "study": d.study,
        "pointer": d.pointer,
        "value": d.value,
        "message": d.message,
        "hint": d.hint,
        "fix": _fix(d.fix) if d.fix else None,
        "related": list(d.related),
        "fingerprint": d.fingerprint,
    }


def _span(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_span(edit.span), "content": edit.content} for edit in fix.edits if edit.span]
    return {"safe": fix.safe, "edits": edits}


def statistics(report: ValidationReport) -> str:
    """Render how often each rule was broken, the most frequent first."""
    times = Counter(d.rule for d in report.shown)
    ranked = sorted(times.items(), key=lambda one: (-one[1], one[0].code))
    counts = [{"code": k.code, "name": k.name, "severity": k.severity.value, "count": n} for k, n in ranked]
    return json_text({"schema": "coprod-review/statistics/1", "statistics": counts})


FORMAT = DiagnosticsFormat("json", (".json",), render, statistics)
