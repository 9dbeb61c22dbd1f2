"""Diagnostics as SARIF 2.1.0, which GitHub code scanning and many editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Lines and
columns count code points from 1; paths of files are relative.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from coprod_review import __version__
from coprod_review.source.positions import Span
from coprod_review.source.problems import Diagnostic, Fix, Rule
from coprod_review.text.escaping import json_text
from coprod_review.validate.formats.diagnostics_format import DiagnosticsFormat
from coprod_review.validate.rule_docs import RuleDocs, parse_rule_docs
from coprod_review.validate.validation_report import ValidationReport


def render(report: ValidationReport) -> str:
    """Render the report as one SARIF run with its rules and results."""
    rules = sorted({d.rule for d in report.shown}, key=lambda rule: rule.code)
    driver = {"name": "coprod-review", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, rules) for d in report.shown],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_text(document)


def _rule(rule: Rule) -> dict[str, Any]:
    docs = parse_rule_docs(rule.docs)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": docs.title or rule.name},
        "fullDescription": {"text": docs.why or rule.name},
        "help": {"text": f"{docs.why}\n\nFix: {docs.fix}", "markdown": _markdown(docs)},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _markdown(docs: RuleDocs) -> str:
    examples = [f"{word}:\n\n```yaml\n{text}\n```" for word, text in docs.examples]
    return "\n\n".join((docs.why, *examples, f"Fix: {docs.fix}"))


def _result(d: Diagnostic, rules: Sequence[Rule]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": d.code,
        "ruleIndex": rules.index(d.rule),
        "level": d.severity.value,
        "message": {"text": d.message_with_hint},
        "locations": [{"physicalLocation": {"artifactLocation": _file(d.file), "region": _region(d.span)}}],
        "partialFingerprints": {"coprodReview/v1": d.fingerprint},
    }
    return {**result, "fixes": [_fix(d, d.fix)]} if d.fix else result


def _fix(d: Diagnostic, fix: Fix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.content}}
        for edit in fix.edits
        if edit.span
    ]
    change = {"artifactLocation": _file(d.file), "replacements": replacements}
    return {"description": {"text": d.hint or d.message}, "artifactChanges": [change]}


def _file(name: str) -> dict[str, str]:
    # Paths are relative to the working directory, which in continuous integration is the repository.
    relative = os.path.relpath(name) if Path(name).is_absolute() else name
    return {"uri": quote(relative.replace(os.sep, "/"), errors="surrogateescape")}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


FORMAT = DiagnosticsFormat("sarif", (".sarif",), render, other_suffixes=(".json",))
