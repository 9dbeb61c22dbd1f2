"""The base holds no study.

No figure can be computed from nothing, and a base without studies is more often
a wrong path than a wish.

Fails:

    studies: []  # CPR104

Passes:

    studies:
      - id: kay-2019

Fix: add an entry under `studies:`, or name the right folder.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR104", "no-studies", Severity.ERROR, __doc__, suppressible=False)
