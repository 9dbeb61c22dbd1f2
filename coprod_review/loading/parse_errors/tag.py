"""A value has a YAML tag.

A tag asks the reading program for a type, and in some programs for code to be
run. Entries need none: the field says what its value is.

Fails:

    reference: !!str 17  # CPR007

Passes:

    reference: 17

Fix: delete the tag, and use quotation marks where text is meant.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR007", "tag", Severity.ERROR, __doc__, suppressible=False)
