"""A recommendation names neither figures nor a reason, or it names both.

Each recommendation says which figures are relevant to it, or why no figure is.

Fails:

    recommendations:
      - measured_by: []  # CPR504
        not_measurable_because: null

Passes:

    recommendations:
      - measured_by: []
        not_measurable_because: Nothing in the base is about it.

Fix: fill `measured_by`, or write `not_measurable_because`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR504", "unmeasured-recommendation", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every recommendation with neither a figure nor a reason, or with both."""
    review = base.framework.review
    if review is None or "review" not in base.parts:
        return
    for number, recommendation in enumerate(review.recommendations):
        if bool(recommendation.measured_by) == bool(recommendation.not_measurable_because):
            path = ("recommendations", number, "measured_by")
            message = f"recommendation {recommendation.id} needs either figures or a reason why there are none"
            hint = "write `measured_by: [focus.ratio]` or other figures, or `not_measurable_because:` with a sentence"
            yield Problem(RULE, base.parts["review"], path, message, hint)
