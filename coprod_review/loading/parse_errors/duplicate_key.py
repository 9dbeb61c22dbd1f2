"""A key is used twice in one mapping.

Most programs keep only the last of the two values and give no warning, so a
value that somebody wrote would be lost.

Fails:

    sector: [health]
    sector: [social-care]  # CPR002

Passes:

    sector: [health, social-care]

Fix: keep one of the two, or combine their values.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR002", "duplicate-key", Severity.ERROR, __doc__, suppressible=False)
