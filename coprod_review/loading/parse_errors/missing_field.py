"""A required field is missing.

Without the field, the program cannot compare the entry with the others. A
judgement of certainty needs its four components, the name of the assessor and a
date, so that others can check it.

Fails:

    findings:
      - certainty: {level: moderate}  # CPR103

Passes:

    findings:
      - certainty:
          level: moderate
          methodological_limitations: Minor concerns, small sample.
          coherence: No concerns.
          adequacy: Moderate concerns, one setting.
          relevance: No concerns.
          assessor: First coder
          date: 2026-01-15

Fix: add the line that the message names.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR103", "missing-field", Severity.ERROR, __doc__, suppressible=False)
