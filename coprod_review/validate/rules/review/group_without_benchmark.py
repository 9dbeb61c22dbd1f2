"""A recommendation names a group that has no usable population share.

The base cannot show whether such a group is under-represented, so the figure
has no verdict.

Fails:

    recommendations:
      - groups: [unpaid-carers]  # CPR509
    benchmarks: []

Passes:

    recommendations:
      - groups: []
    benchmarks: []

Fix: nothing has to change. A crude share from its publisher would help, but an
age-standardised share would not.
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
                message = f"a recommendation names the group `{group}`, but no benchmark can be compared with it"
                path = ("recommendations", number, "groups", index)
                yield Problem(RULE, text, path, message, "a crude population share of the group would help")
