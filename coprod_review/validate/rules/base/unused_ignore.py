"""A comment suppresses a diagnostic that does not occur.

The problem was corrected, or it is now on another line. If the comment stays,
it hides the next problem.

Fails:

    reference: 17  # coprod: ignore[CPR107] the address is right

Passes:

    reference: 17

Fix: delete the comment. `--fix` does this.
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
        unused_codes = ", ".join(codes)
        message = f"there is nothing to suppress here with {unused_codes}"
        is_unused = len(codes) == len(suppression.codes)
        fix = Fix(True, (Edit("", _span_to_delete(text, suppression)),)) if is_unused else None
        hint = "delete the comment" if fix else f"delete {unused_codes} from the comment"
        yield Problem(RULE, text, (), message, hint, span=suppression.span, fix=fix)


def _span_to_delete(text: YamlText, suppression: Suppression) -> Span:
    """Return the span of the comment and the blanks before it, or of its line where it is alone on the line."""
    line, column, end_line, end_column = suppression.span
    if suppression.is_whole_line:
        return Span(line, 1, line + 1, 1)
    before = text.line(line)[: column - 1].rstrip()
    return Span(line, len(before) + 1, end_line, end_column)
