"""A text is empty, or consists of spaces.

An empty text looks like an answer and gives none. Leave a field out if its
value is not known.

Fails:

    role: evidence
    role_reason: ""  # CPR106

Passes:

    role: evidence
    role_reason: A systematic review of articles.

Fix: write the text, or delete the line if the field is optional.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import Value, iter_strings
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR106", "blank-text", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every text without a visible character."""
    for text in base.texts:
        if _has_blank(text.data):
            for path, string in iter_strings(text.data):
                if not string.strip():
                    hint = "write the text, or delete the line if the field is optional"
                    yield Problem(RULE, text, path, f"`{path[-1] if path else text.name}` is empty", hint)


def _has_blank(value: Value) -> bool:
    """Whether there is a blank text: a quick answer, where ``iter_strings`` gives the places."""
    if isinstance(value, str):
        return not value or value.isspace()
    if isinstance(value, list | dict):
        return any(map(_has_blank, value.values() if isinstance(value, dict) else value))
    return False
