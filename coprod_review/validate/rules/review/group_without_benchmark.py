"""A group that a recommendation names has no usable population share.

Whether such a group is under-represented cannot be told from this base; the
figure is shown without a verdict.

Fails:

    recommendations:
      - groups: [unpaid-carers]  # CPR509
    benchmarks: []

Passes:

    recommendations:
      - groups: []
    benchmarks: []

Fix: nothing has to change. A crude share from its publisher closes it; an
age-standardised one does not.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR509", "group-without-benchmark", Severity.NOTE, __doc__, needs_complete_base=True)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report once every group of a recommendation that no suitable benchmark is about."""
    text, review = base.parts.get("review"), base.framework.review
    benchmark_groups = {benchmark.group for benchmark in base.framework.benchmarks if benchmark.suitable_for}
    reported: set[str] = set()
    for number, recommendation in enumerate(review.recommendations if review and text else ()):
        for index, group in enumerate(recommendation.groups):
            if text is not None and group not in benchmark_groups and group not in reported:
                reported.add(group)
                message = f"`{group}` is named in a recommendation, but no benchmark can be set beside it"
                path = ("recommendations", number, "groups", index)
                yield Problem(RULE, text, path, message, "a crude share from its publisher would close it")
