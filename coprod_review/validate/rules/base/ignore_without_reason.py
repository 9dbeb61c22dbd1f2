"""A comment silences a diagnostic and does not say why.

A check that is switched off without a reason cannot be judged by the next
person. Without one the diagnostic is shown all the same.

Fails:

    id: kay-2019
    cited_via: kay-2019  # coprod: ignore[CPR309]

Passes:

    id: kay-2019
    cited_via: kay-2019  # coprod: ignore[CPR309] the thesis and the paper share this entry

Fix: write the reason behind the bracket.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.source.suppressions import find_suppressions

RULE = Rule("CPR903", "ignore-without-reason", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every comment that suppresses codes and gives no reason."""
    for text in base.texts:
        for suppression in find_suppressions(text):
            if suppression.codes and not suppression.reason:
                message = f"`{', '.join(suppression.codes)}` is ignored without a reason"
                yield Problem(RULE, text, (), message, "write the reason behind the bracket", span=suppression.span)
