"""Diagnostics as SARIF 2.1.0, which GitHub code scanning and many editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Lines and
columns count code points from 1; addresses of files are relative.
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
from coprod_review.validate.rule_docs import RuleDocs, parse_rule_docs
from coprod_review.validate.validation_report import ValidationReport


def render(checked: ValidationReport) -> str:
    """One run with its rules and results."""
    kinds = sorted({d.rule for d in checked.shown}, key=lambda kind: kind.code)
    driver = {"name": "coprod-review", "version": __version__, "rules": [_rule(kind) for kind in kinds]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, kinds) for d in checked.shown],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_text(document)


def _rule(kind: Rule) -> dict[str, Any]:
    page = parse_rule_docs(kind.docs)
    return {
        "id": kind.code,
        "name": "".join(word.capitalize() for word in kind.name.split("-")),
        "shortDescription": {"text": page.title or kind.name},
        "fullDescription": {"text": page.why or kind.name},
        "help": {"text": f"{page.why}\n\nFix: {page.fix}", "markdown": _markdown(page)},
        "defaultConfiguration": {"level": kind.severity.value},
    }


def _markdown(page: RuleDocs) -> str:
    examples = [(word, text) for word, text in (("Fails", page.fails), ("Passes", page.passes)) if text]
    shown = [f"{word}:\n\n```yaml\n{text}\n```" for word, text in examples]
    return "\n\n".join((page.why, *shown, f"Fix: {page.fix}"))


def _result(d: Diagnostic, kinds: Sequence[Rule]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "ruleId": d.code,
        "ruleIndex": kinds.index(d.rule),
        "level": d.severity.value,
        "message": {"text": f"{d.message}: {d.hint}" if d.hint else d.message},
        "locations": [{"physicalLocation": {"artifactLocation": _file(d.file), "region": _region(d.span)}}],
        "partialFingerprints": {"coprodReview/v1": d.fingerprint},
    }
    return {**told, "fixes": [_fix(d, d.fix)]} if d.fix else told


def _fix(d: Diagnostic, fix: Fix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.content}}
        for edit in fix.edits
        if edit.span
    ]
    change = {"artifactLocation": _file(d.file), "replacements": replacements}
    return {"description": {"text": d.hint or d.message}, "artifactChanges": [change]}


def _file(name: str) -> dict[str, str]:
    # Addresses are relative to where the program runs, which in continuous integration is the repository.
    relative = os.path.relpath(name) if Path(name).is_absolute() else name
    return {"uri": quote(relative.replace(os.sep, "/"), errors="surrogateescape")}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
