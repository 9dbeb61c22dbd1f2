"""Two entries have the same reference number in the review.

Each number in the review's list of references identifies one work.

Fails:

    studies:
      - reference: 917
      - reference: 917  # CPR303

Passes:

    studies:
      - reference: 917
      - reference: 918

Fix: correct the number, or leave it out if the review does not cite the work.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.validate.rules.repeats import repeats

RULE = Rule("CPR303", "duplicate-reference", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry with the reference number of an earlier entry."""
    return repeats(RULE, base.entries, ("reference",), str)
