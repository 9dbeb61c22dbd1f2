"""The text is no YAML, so an entry, or the whole file, cannot be read.

What cannot be read cannot be checked or counted. The other entries of the file
are read all the same, so that one slip never hides another.

Fails:

    role: evidence
    role_reason: Two aims: health and cost.  # CPR001

Passes:

    role: evidence
    role_reason: "Two aims: health and cost."

Fix: put a text that holds a colon and a space, or begins with a special sign,
in quotation marks; indent with spaces; close every quotation mark and bracket.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR001", "syntax", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
