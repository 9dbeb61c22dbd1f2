"""A value has a YAML tag.

A tag asks the program that reads the file for a certain type, and some programs
then run code. Entries need no tags, because each field has a fixed type.

Fails:

    reference: !!str 17  # CPR007

Passes:

    reference: 17

Fix: delete the tag, and put the value in quotation marks if it is text.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR007", "tag", Severity.ERROR, __doc__, suppressible=False)
