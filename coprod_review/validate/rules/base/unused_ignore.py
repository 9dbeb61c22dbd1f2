"""A comment silences a diagnostic that is not there.

What it excused was mended, or has moved away. Left standing, it would hide the
next one.

Fails:

    reference: 17  # coprod: ignore[CPR107] the address is right

Passes:

    reference: 17

Fix: delete the comment. `--fix` does so.
"""

from collections.abc import Iterator, Sequence

from coprod_review.source.positions import Span
from coprod_review.source.problems import Edit, Fix, Problem, Rule, Severity
from coprod_review.source.suppressions import Suppression
from coprod_review.source.yaml_text import YamlText

RULE = Rule("CPR904", "unused-ignore", Severity.WARNING, __doc__, suppressible=False)


def unused(text: YamlText, suppression: Suppression, codes: Sequence[str]) -> Iterator[Problem]:
    """Report a suppression of which ``codes``, all it names or some of them, suppressed nothing."""
    if codes:
        message = f"nothing to ignore here: {', '.join(codes)}"
        is_unused = len(codes) == len(suppression.codes)
        fix = Fix(True, (Edit("", _span_to_delete(text, suppression)),)) if is_unused else None
        hint = "delete the comment" if fix else "delete the code that is not needed"
        yield Problem(RULE, text, (), message, hint, span=suppression.span, fix=fix)


def _span_to_delete(text: YamlText, suppression: Suppression) -> Span:
    """Return the span of the comment and the blanks before it, or of its line where it is alone on the line."""
    line, column, end_line, end_column = suppression.span
    if suppression.is_whole_line:
        return Span(line, 1, line + 1, 1)
    before = text.line(line)[: column - 1].rstrip()
    return Span(line, len(before) + 1, end_line, end_column)
