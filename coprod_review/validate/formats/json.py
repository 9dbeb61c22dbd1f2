"""Diagnostics and their counts for programs, as the contract of diagnostics has them."""

from collections import Counter
from typing import Any

from coprod_review.source.positions import Span
from coprod_review.source.problems import Diagnostic, Fix, Severity
from coprod_review.text.escaping import json_text
from coprod_review.validate.validation_report import ValidationReport

SCHEMA = "coprod-review/diagnostics/1"


def render(checked: ValidationReport) -> str:
    """For programs: one document, as the contract of diagnostics has it."""
    document = {
        "schema": SCHEMA,
        "files": list(checked.files),
        "summary": {
            "errors": checked.count(Severity.ERROR),
            "warnings": checked.count(Severity.WARNING),
            "notes": checked.count(Severity.NOTE),
            "fixable": checked.fixable(safe=True),
        },
        "diagnostics": [_plain(d) for d in checked.shown],
    }
    return json_text(document)


def _plain(d: Diagnostic) -> dict[str, Any]:
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


def statistics(checked: ValidationReport) -> str:
    """The same counts for programs."""
    times = Counter(d.rule for d in checked.shown)
    ranked = sorted(times.items(), key=lambda one: (-one[1], one[0].code))
    counts = [{"code": k.code, "name": k.name, "severity": k.severity.value, "count": n} for k, n in ranked]
    return json_text({"schema": "coprod-review/statistics/1", "statistics": counts})
