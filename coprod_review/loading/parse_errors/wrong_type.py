"""A value is of the wrong kind: a number for text, text for a list, nothing at all.

Strictly read, a base gives the same values in every program. A volume is text,
since "12a" exists; a year is a number, since ages are computed from it.

Fails:

    citation:
      issued: "2019"  # CPR101

Passes:

    citation:
      issued: 2019

Fix: write the value as the message says. Where it is clear, `--fix` does so.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR101", "wrong-type", Severity.ERROR, __doc__, suppressible=False)
