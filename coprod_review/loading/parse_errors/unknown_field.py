"""A field that entries do not have.

A misspelt field would be lost in silence, and its value never counted.

Fails:

    sectors: [health]  # CPR102

Passes:

    sector: [health]

Fix: type the suggested name; `coprod-review schema study` lists the fields.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR102", "unknown-field", Severity.ERROR, __doc__, suppressible=False)
