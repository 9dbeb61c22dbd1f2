"""A key stands twice in one mapping.

Most programs keep the last of the two in silence, so one of two values that
somebody meant would be lost.

Fails:

    sector: [health]
    sector: [social-care]  # CPR002

Passes:

    sector: [health, social-care]

Fix: keep one of the two, or join their values.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR002", "duplicate-key", Severity.ERROR, __doc__, suppressible=False)
