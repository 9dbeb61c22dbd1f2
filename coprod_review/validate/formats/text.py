"""Diagnostics for people: with their lines of the file, or counted."""

from collections import Counter

from coprod_review.source.problems import Diagnostic
from coprod_review.text.escaping import visible
from coprod_review.text.wrapping import wrap_lines
from coprod_review.validate.formats.diagnostics_format import DiagnosticsFormat
from coprod_review.validate.validation_report import ValidationReport, summary

_MAX_LINE = 100
_HINT_WIDTH = 80


def render(report: ValidationReport) -> str:
    """Render each diagnostic with its line of the file, and the summary."""
    blocks = [_block(diagnostic) for diagnostic in report.shown]
    return "\n".join((*blocks, summary(report))) + "\n"


def place(d: Diagnostic) -> str:
    """Return where a diagnostic is, with its code and severity, as its line begins."""
    return f"{d.file}:{d.span.line}:{d.span.column}: {d.code} {d.severity}  "


def _block(d: Diagnostic) -> str:
    path = " › ".join(part for part in (d.study or "", *_steps(d)) if part)
    lines = [visible(f"{place(d)}{d.message}" + (f"  [{path}]" if path else ""))]
    lines += _excerpt(d)
    lines += [f"      fix: {'safe' if d.fix.safe else 'unsafe'}"] if d.fix else []
    return "\n".join(lines)


def _steps(d: Diagnostic) -> list[str]:
    steps = [step.replace("~1", "/").replace("~0", "~") for step in d.pointer.split("/")[1:]]
    return steps[2:] if d.study and steps[:1] == ["studies"] else steps


def _excerpt(d: Diagnostic) -> list[str]:
    """Return the line of the file with carets and the hint below the place; a long line is shortened around it."""
    source = d.source.rstrip("\r").replace("\t", " ")
    start = max(0, d.span.column - 1 - _MAX_LINE // 2) if len(source) > _MAX_LINE else 0
    excerpt = source[start : start + _MAX_LINE]
    if not excerpt.strip():
        return [visible(f"      {d.hint}")] if d.hint else []
    width = d.span.end_column - d.span.column if d.span.end_line == d.span.line else len(source) - d.span.column + 1
    carets = "^" * max(1, min(width, len(excerpt) - (d.span.column - 1 - start)))
    gutter = f"{d.span.line:>5} | "
    margin = f"{' ' * (len(gutter) - 2)}| "
    below = f"{margin}{' ' * (d.span.column - 1 - start)}{carets}"
    return [gutter + visible(excerpt), *_carets_and_hint(below, margin, d.hint)]


def _carets_and_hint(carets: str, margin: str, hint: str) -> list[str]:
    """Return the carets with the hint after them, or below them where the line would be too long."""
    if len(carets) + 1 + len(hint) <= _MAX_LINE:
        return [visible(f"{carets} {hint}".rstrip())]
    return [carets, *(margin + visible(line) for line in wrap_lines(hint, _HINT_WIDTH - len(margin)))]


def statistics(report: ValidationReport) -> str:
    """Render how often each rule was broken, the most frequent first."""
    times = Counter(d.rule for d in report.shown)
    fixable = {d.rule for d in report.shown if d.fix}
    ranked = sorted(times.items(), key=lambda one: (-one[1], one[0].code))
    lines = [f"{n:>6}  {k.code}  {k.severity:<7}  {k.name}{'  (fixable)' if k in fixable else ''}" for k, n in ranked]
    return "\n".join((*lines, summary(report))) + "\n"


FORMAT = DiagnosticsFormat("text", (".txt",), render, statistics)
