"""A value has the wrong type, such as a number where text is needed.

The program reads types strictly, so that every program gets the same values
from an evidence base. A volume is text, because "12a" exists. A year is a
number, because ages are computed from it.

Fails:

    citation:
      issued: "2019"  # CPR101

Passes:

    citation:
      issued: 2019

Fix: write the value as the message says. `--fix` does this where only one
correction is possible.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR101", "wrong-type", Severity.ERROR, __doc__, suppressible=False)
