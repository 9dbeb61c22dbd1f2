"""The file is empty.

An empty file is usually a mistake, such as a save that failed. There is no
example here, because there is nothing to show.

Fix: write at least one entry, or delete the file.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR005", "empty", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
