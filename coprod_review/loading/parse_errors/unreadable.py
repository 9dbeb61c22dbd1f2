"""A file of the base cannot be opened, or is not a file.

A folder, a pipe, a broken link, or a file that is too large or that may not be
opened stands where a YAML file is meant. No example of use can be shown here.

Fix: put the file there, or correct its permissions.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR010", "unreadable", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
