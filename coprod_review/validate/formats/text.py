"""Diagnostics for people: each with its line of the file, or on one line, or counted."""

from collections import Counter
from textwrap import wrap

from coprod_review.source.problems import Diagnostic
from coprod_review.text.escaping import visible
from coprod_review.validate.validation_report import ValidationReport, summary

_CUT = 100
_WIDTH = 80


def text(checked: ValidationReport) -> str:
    """For people: each diagnostic with its line of the file, and a summary that says what to do next."""
    blocks = [_block(diagnostic) for diagnostic in checked.shown]
    return "\n".join((*blocks, summary(checked))) + "\n"


def concise(checked: ValidationReport) -> str:
    """One line for each diagnostic, with what to type, and the summary."""
    lines = [visible(f"{_where(d)}{' - ' + d.hint if d.hint else ''}") for d in checked.shown]
    return "\n".join((*lines, summary(checked))) + "\n"


def _where(d: Diagnostic) -> str:
    return f"{d.file}:{d.span.line}:{d.span.column}: {d.code} {d.severity}  {d.message}"


def _block(d: Diagnostic) -> str:
    trail = " › ".join(part for part in (d.study or "", *_steps(d)) if part)
    lines = [visible(_where(d) + (f"  [{trail}]" if trail else ""))]
    lines += _excerpt(d)
    lines += [f"      fix: {'safe' if d.fix.safe else 'unsafe'}"] if d.fix else []
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
        return [visible(f"      {d.hint}")] if d.hint else []
    width = d.span.end_column - d.span.column if d.span.end_line == d.span.line else len(source) - d.span.column + 1
    carets = "^" * max(1, min(width, len(shown) - (d.span.column - 1 - start)))
    gutter = f"{d.span.line:>5} | "
    margin = f"{' ' * (len(gutter) - 2)}| "
    below = f"{margin}{' ' * (d.span.column - 1 - start)}{carets}"
    return [gutter + visible(shown), *_hinted(below, margin, d.hint)]


def _hinted(below: str, margin: str, hint: str) -> list[str]:
    """The hint behind the carets, or under them where the line would grow too long."""
    if len(below) + 1 + len(hint) <= _CUT:
        return [visible(f"{below} {hint}".rstrip())]
    return [
        below,
        *(
            margin + visible(line)
            for line in wrap(hint, _WIDTH - len(margin), break_long_words=False, break_on_hyphens=False)
        ),
    ]


def statistics(checked: ValidationReport) -> str:
    """How often each kind of problem was found, the most frequent first."""
    times = Counter(d.rule for d in checked.shown)
    fixable = {d.rule for d in checked.shown if d.fix}
    ranked = sorted(times.items(), key=lambda one: (-one[1], one[0].code))
    lines = [f"{n:>6}  {k.code}  {k.severity:<7}  {k.name}{'  (fixable)' if k in fixable else ''}" for k, n in ranked]
    return "\n".join((*lines, summary(checked))) + "\n"
