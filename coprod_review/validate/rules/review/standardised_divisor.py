"""An age-standardised share is offered as a divisor.

Age-standardised shares are made for comparing places and years. If a figure is
divided by one, the result has no meaning.

Fails:

    benchmarks:
      - standardised: true
        suitable_for: [people]  # CPR506

Passes:

    benchmarks:
      - standardised: true
        suitable_for: []

Fix: write `suitable_for: []`, or give a crude share.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR506", "standardised-divisor", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every standardised benchmark that is said to be suitable for anything."""
    text = base.parts.get("benchmarks")
    for number, benchmark in enumerate(base.framework.benchmarks if text else ()):
        if benchmark.standardised is True and benchmark.suitable_for and text:
            path = ("benchmarks", number, "suitable_for")
            message = f"`{benchmark.id[:80]}` is age-standardised, so no figure may be divided by it"
            yield Problem(RULE, text, path, message, "write `suitable_for: []`")
