"""The role or an aim of a work is coded without a reason, or an aim without the place where it was read.

These codes decide whether and where a work is counted, and they are judgements.
If the reason and the place are there, a second person can check them.

Fails:

    aims:
      outcome: {code: primary, reason: null, read_in: title}  # CPR409

Passes:

    aims:
      outcome: {code: primary, reason: The title names effects., read_in: title}

Fix: add one sentence in your own words as `role_reason` or `reason`, and add
`read_in` to the aim.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR409", "unreasoned-code", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every role and every coded aim without a reason, and every coded aim without a place."""
    for entry in base.entries:
        study = entry.study
        if study is None:
            continue
        if not study.role_reason:
            hint = "add `role_reason:` with one sentence in your own words"
            yield Problem(RULE, entry.text, (*entry.path, "role"), f"the role `{study.role}` has no reason", hint)
        yield from _unreasoned_aims(entry, study)


def _unreasoned_aims(entry: Entry, study: Study) -> Iterator[Problem]:
    for side, aim in (("outcome", study.aims.outcome), ("process", study.aims.process)):
        if aim.code == NOT_CODED:
            continue
        path = (*entry.path, "aims", side, "code")
        if not aim.reason:
            hint = "add `reason:` with one sentence in your own words"
            yield Problem(RULE, entry.text, path, f"the {side} aim `{aim.code}` has no reason", hint)
        if not aim.read_in:
            hint = "add `read_in:` with the place where you read the aim, for example title or aim"
            yield Problem(RULE, entry.text, path, f"the {side} aim `{aim.code}` does not say where it was read", hint)
