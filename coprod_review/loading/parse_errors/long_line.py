"""A line has more than a million characters.

No field of an evidence base is that long, and no message could show the place.
The program does not read the rest of the file. There is no example here,
because it would be too long to read.

Fix: write one field on each line.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR009", "long-line", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
