"""The file has a field that does not exist at this place.

A misspelt field would be lost without a warning, and its value would never be
counted.

Fails:

    sectors: [health]  # CPR102

Passes:

    sector: [health]

Fix: type the suggested name. `coprod-review schema study` lists the fields of a
study.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR102", "unknown-field", Severity.ERROR, __doc__, suppressible=False)
