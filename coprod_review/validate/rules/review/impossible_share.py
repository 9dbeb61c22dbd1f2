"""A benchmark is not a share of a population.

A share is more than 0% and less than 100%, and a figure is divided by it.

Fails:

    benchmarks:
      - value: 183  # CPR507

Passes:

    benchmarks:
      - value: 18.3

Fix: write the share in percent, as the publisher prints it.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR507", "impossible-share", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every benchmark whose value is not between 0 and 100 percent."""
    text = base.parts.get("benchmarks")
    for number, benchmark in enumerate(base.framework.benchmarks if text else ()):
        if text is not None and not 0 < benchmark.value < 100:
            message = f"{benchmark.value} is not a share of a population in percent"
            yield Problem(RULE, text, ("benchmarks", number, "value"), message, "write a number between 0 and 100")
