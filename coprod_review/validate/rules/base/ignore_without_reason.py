"""A comment suppresses a diagnostic and gives no reason.

If somebody switches off a check without a reason, the next person cannot judge
whether that was right. The diagnostic is still shown.

Fails:

    id: kay-2019
    cited_via: kay-2019  # coprod: ignore[CPR309]

Passes:

    id: kay-2019
    cited_via: kay-2019  # coprod: ignore[CPR309] the thesis and the paper share this entry

Fix: write the reason after the bracket.
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
                message = f"`{', '.join(suppression.codes)}` is suppressed without a reason"
                yield Problem(RULE, text, (), message, "write the reason after the bracket", span=suppression.span)
