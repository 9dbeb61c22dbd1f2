"""Two entries have the same DOI.

The same DOI means the same work, and a work counts once. Capital and small
letters make no difference.

Fails:

    studies:
      - citation: {DOI: 10.1000/one}
      - citation: {DOI: 10.1000/ONE}  # CPR301

Passes:

    studies:
      - citation: {DOI: 10.1000/one}
      - citation: {DOI: 10.1000/two}

Fix: delete one of the two entries, or correct the DOI.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.validate.rules.repeats import repeats

RULE = Rule("CPR301", "duplicate-doi", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry with the DOI of an earlier entry; upper and lower case do not matter."""
    return repeats(RULE, base.entries, ("citation", "DOI"), str.casefold)
