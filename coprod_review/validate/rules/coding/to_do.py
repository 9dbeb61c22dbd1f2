"""A draft is not finished.

`coprod-review new` writes a comment wherever a person has to decide something.
An entry should not be merged before everything is decided.

Fails:

    role: context  # TODO: evidence or context, and say why in role_reason

Passes:

    role: evidence

Fix: decide, and delete the comment.
"""

from collections.abc import Iterator

from coprod_review.bibliography.reference import NOT_READ
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import Comment, Span
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR417", "to-do", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every comment that begins with TODO, and every reason that a draft left open."""
    for text in base.texts:
        for comment in text.comments("TODO"):
            task = comment.text.removeprefix("TODO").lstrip(": ") or "the comment does not say what"
            hint = "decide, then delete the comment"
            yield Problem(RULE, text, (), f"something is still to do here: {task}", hint, span=_opening_word(comment))
    yield from _unread_works(base)


def _unread_works(base: EvidenceBase) -> Iterator[Problem]:
    for entry in base.entries:
        if entry.study and entry.study.role_reason == NOT_READ:
            message, hint = "nobody has read this work yet", "write in your own words why the work has this role"
            yield Problem(RULE, entry.text, (*entry.path, "role_reason"), message, hint)


def _opening_word(comment: Comment) -> Span:
    """Return the span of the word that opens the comment: the message repeats the rest."""
    line, column, end_line, end_column = comment.span
    return Span(line, column, end_line, min(end_column, column + len("# TODO")))
