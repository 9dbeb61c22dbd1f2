"""A line has more than a million characters.

Nothing in an evidence base is as long, and no diagnostic could show the place.
The file is not read any further. No example of use can be shown here.

Fix: write one field on a line.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR009", "long-line", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
