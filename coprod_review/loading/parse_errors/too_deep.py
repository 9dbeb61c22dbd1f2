"""Brackets or lists are nested deeper than any entry needs.

The deepest place of a sound entry lies 8 levels down; 40 are allowed. More is a
slip of the brackets or a file made to exhaust the program. No example of use
can be shown here.

Fix: close the brackets where they belong.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR008", "too-deep", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
