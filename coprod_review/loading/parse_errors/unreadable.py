"""A file of the evidence base cannot be opened, or is not a file.

There may be a folder, a pipe or a broken link in its place. The file may also
be too large, or you may not be allowed to open it. There is no example here,
because the content of the file is not the problem.

Fix: put a YAML file in this place, or correct its permissions.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR010", "unreadable", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
