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

RULE = Rule("CPR904", "unused-ignore", Severity.WARNING, __doc__)


def unused(text: YamlText, ignore: Suppression, codes: Sequence[str]) -> Iterator[Problem]:
    """A problem where none of the codes that a comment names, or only some of them, had to be ignored."""
    if codes:
        message = f"nothing to ignore here: {', '.join(codes)}"
        fix = Fix(True, (Edit("", _whole(text, ignore)),)) if len(codes) == len(ignore.codes) else None
        hint = "delete the comment" if fix else "delete the code that is not needed"
        yield Problem(RULE, text, (), message, hint, span=ignore.span, fix=fix)


def _whole(text: YamlText, ignore: Suppression) -> Span:
    """The comment with the blanks before it, or with its line where nothing else stands on it."""
    line, column, end_line, end_column = ignore.span
    if ignore.is_whole_line:
        return Span(line, 1, line + 1, 1)
    kept = len(text.line(line)[: column - 1].rstrip())
    return Span(line, kept + 1, end_line, end_column)
