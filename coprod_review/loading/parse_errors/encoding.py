"""The file is not written in UTF-8.

A name such as Sandvin Olsson with its accents would be garbled, or lost. Files
saved as Latin-1 or UTF-16 by an older editor are the usual cause. No example
can be shown here, since this page is UTF-8.

Fix: save the file again with the encoding UTF-8.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR004", "encoding", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
