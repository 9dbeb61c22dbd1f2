"""The file holds nothing.

An empty file is more often a slip than a wish, such as a save that failed. No
example can be shown here.

Fix: write at least one entry, or delete the file.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR005", "empty", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
