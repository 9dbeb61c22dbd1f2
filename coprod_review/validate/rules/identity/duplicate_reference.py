"""Two entries have the same reference number of the review.

A number of the review's list stands for one work.

Fails:

    studies:
      - reference: 917
      - reference: 917  # CPR303

Passes:

    studies:
      - reference: 917
      - reference: 918

Fix: correct the number, or leave it out for a work that the review does not
cite.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.validate.rules.repeats import repeats

RULE = Rule("CPR303", "duplicate-reference", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry with the reference number of an earlier entry."""
    return repeats(RULE, base.entries, ("reference",), str)
