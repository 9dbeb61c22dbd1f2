"""A draft still has something to do.

`coprod-review new` writes a comment where a person has to decide. Until it is
decided the entry is unfinished, and an unfinished entry should not be merged.

Fails:

    role: context  # TODO: evidence or context, and say why in role_reason

Passes:

    role: evidence

Fix: decide, and delete the comment.
"""

from collections.abc import Iterator

from coprod_review.evidence import EvidenceBase
from coprod_review.problems import Kind, Problem, Severity

KIND = Kind("CPR417", "to-do", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Every comment that begins with TODO."""
    for text in base.texts:
        for comment in text.comments("TODO"):
            what = comment.text.removeprefix("TODO").lstrip(": ") or "something that the comment does not name"
            hint = "decide, then delete the comment"
            yield Problem(KIND, text, (), f"to do: {what}", hint, span=comment.span)
