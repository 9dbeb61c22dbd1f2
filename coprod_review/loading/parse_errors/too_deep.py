"""Brackets or lists are nested deeper than any entry needs.

A valid entry has at most 8 levels, and the program accepts 40. With more, a
bracket is in the wrong place, or somebody made the file to exhaust the program.
There is no example here, because it would be too long to read.

Fix: close the brackets where they belong.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR008", "too-deep", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
