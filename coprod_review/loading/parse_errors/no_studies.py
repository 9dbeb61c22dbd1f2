"""The evidence base has no studies.

Without studies, the program cannot compute any figure. The usual cause is a
wrong path.

Fails:

    studies: []  # CPR104

Passes:

    studies:
      - id: kay-2019

Fix: add an entry under `studies:`, or name the right folder.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR104", "no-studies", Severity.ERROR, __doc__, suppressible=False)
