"""How diagnostics are told: every format by name. The contract is that of other linters."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from coprod_review.problems import Diagnostic, Severity
from coprod_review.wording import visible

SCHEMA = "coprod-review/diagnostics/1"
_CUT = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, and what was found."""

    files: tuple[str, ...]
    studies: int
    diagnostics: tuple[Diagnostic, ...]
    base: str = ""
    """Name of the base, where nobody named a path."""

    def count(self, severity: Severity) -> int:
        """How many diagnostics of one severity."""
        return sum(d.severity is severity for d in self.diagnostics)


def text(checked: Checked) -> str:
    """For people: each diagnostic with its line of the file, and a summary that says what to do next."""
    blocks = [_block(diagnostic) for diagnostic in checked.diagnostics]
    return "\n".join((*blocks, summary(checked))) + "\n"


def _block(d: Diagnostic) -> str:
    where = f"{d.file}:{d.span.line}:{d.span.column}: {d.code} {d.severity}  {d.message}"
    trail = " › ".join(part for part in (d.study or "", *_steps(d)) if part)
    lines = [visible(where + (f"  [{trail}]" if trail else ""))]
    lines += _excerpt(d)
    lines += [f"      also: {visible(place)}" for place in d.related]
    return "\n".join(lines)


def _steps(d: Diagnostic) -> list[str]:
    steps = [step.replace("~1", "/").replace("~0", "~") for step in d.pointer.split("/")[1:]]
    return steps[2:] if d.study and steps[:1] == ["studies"] else steps


def _excerpt(d: Diagnostic) -> list[str]:
    """The line with carets below the place and the hint behind them; a long line is cut around the place."""
    source = d.source.rstrip("\r").replace("\t", " ")
    start = max(0, d.span.column - 1 - _CUT // 2) if len(source) > _CUT else 0
    shown = source[start : start + _CUT]
    if not shown.strip():
        return [f"      {d.hint}"] if d.hint else []
    width = d.span.end_column - d.span.column if d.span.end_line == d.span.line else len(source) - d.span.column + 1
    carets = "^" * max(1, min(width, len(shown) - (d.span.column - 1 - start)))
    gutter = f"{d.span.line:>5} | "
    return [
        gutter + visible(shown),
        visible(f"{' ' * (len(gutter) - 2)}| {' ' * (d.span.column - 1 - start)}{carets} {d.hint}".rstrip()),
    ]


def summary(checked: Checked) -> str:
    """One line: how much was checked, and how much was found."""
    counts = [(checked.count(s), s.value) for s in Severity]
    found = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n) or "no errors, warnings or notes"
    studies = f"{checked.studies} {'study' if checked.studies == 1 else 'studies'}"
    files = f"{len(checked.files)} file{'' if len(checked.files) == 1 else 's'}"
    where = f" of {checked.base}" if checked.base else ""
    return f"Checked {studies} in {files}{where}: {found}."


def as_json(checked: Checked) -> str:
    """For programs: one document, as the contract of diagnostics has it."""
    document = {
        "schema": SCHEMA,
        "files": list(checked.files),
        "summary": {
            "errors": checked.count(Severity.ERROR),
            "warnings": checked.count(Severity.WARNING),
            "notes": checked.count(Severity.NOTE),
            "fixable": 0,
        },
        "diagnostics": [_plain(d) for d in checked.diagnostics],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(d: Diagnostic) -> dict[str, Any]:
    return {
        "code": d.code,
        "name": d.kind.name,
        "severity": d.severity.value,
        "file": d.file,
        "line": d.span.line,
        "column": d.span.column,
        "end_line": d.span.end_line,
        "end_column": d.span.end_column,
        "study": d.study,
        "pointer": d.pointer,
        "value": d.value,
        "message": d.message,
        "hint": d.hint,
        "fix": None,
        "related": list(d.related),
        "fingerprint": d.fingerprint,
    }


FORMATS: Mapping[str, Callable[[Checked], str]] = {"text": text, "json": as_json}
"""Formats of ``validate``: what was checked in, text out."""
