"""The role or the focus of a work is coded without a reason.

Both codes decide whether and where a work is counted, and both are judgements.
If the reason is there, a second person can check them.

Fails:

    focus: outcome  # CPR409
    focus_reason: null

Passes:

    focus: outcome
    focus_reason: Evaluates health outcomes.

Fix: add one sentence in your own words as `role_reason` or `focus_reason`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.record import NOT_CODED
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR409", "unreasoned-code", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every role and every coded focus without a reason."""
    for entry in base.entries:
        study = entry.study
        if study is None:
            continue
        if not study.role_reason:
            hint = "add `role_reason:` with one sentence in your own words"
            yield Problem(RULE, entry.text, (*entry.path, "role"), f"the role `{study.role}` has no reason", hint)
        if study.focus != NOT_CODED and not study.focus_reason:
            hint = "add `focus_reason:` with one sentence in your own words"
            yield Problem(RULE, entry.text, (*entry.path, "focus"), f"the focus `{study.focus}` has no reason", hint)
