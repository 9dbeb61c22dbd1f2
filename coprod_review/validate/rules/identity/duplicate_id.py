"""Two entries have the same id.

An id identifies one work, and every figure can show the ids of the works behind
it.

Fails:

    studies:
      - id: kay-2019
      - id: kay-2019  # CPR302

Passes:

    studies:
      - id: kay-2019a
      - id: kay-2019b

Fix: delete one entry if both are the same work. Otherwise add a letter to the
year, as in `kay-2019a` and `kay-2019b`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.validate.rules.repeats import repeats

RULE = Rule("CPR302", "duplicate-id", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry with the id of an earlier entry."""
    return repeats(RULE, base.entries, ("id",), str)
