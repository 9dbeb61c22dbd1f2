"""The text is not valid YAML, so an entry, or the whole file, cannot be read.

The program cannot check or count what it cannot read. It still reads the other
entries of the file, so one mistake does not hide another.

Fails:

    role: evidence
    role_reason: Two aims: health and cost.  # CPR001

Passes:

    role: evidence
    role_reason: "Two aims: health and cost."

Fix: put a text in quotation marks if it contains a colon and a space, or if it
begins with a special character. Indent with spaces. Close every quotation mark
and bracket.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR001", "syntax", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
