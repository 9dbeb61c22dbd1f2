"""Two entries have the same id.

An id names one work; every figure opens into ids.

Fails:

    studies:
      - id: kay-2019
      - id: kay-2019  # CPR302

Passes:

    studies:
      - id: kay-2019a
      - id: kay-2019b

Fix: delete one entry if it is the same work, else add a, b to the year.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.validate.rules.repeats import repeats

RULE = Rule("CPR302", "duplicate-id", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry with the id of an earlier entry."""
    return repeats(RULE, base.entries, ("id",), str)
