"""A value is repeated by an alias instead of being written out.

With an alias, an edit to one entry also changes another entry, and nobody is
warned. A small file with aliases can also expand until it fills the memory.

Fails:

    geography: {data: &places [England], authors: *places}  # CPR006

Passes:

    geography: {data: [England], authors: [England]}

Fix: write the value out in each place.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR006", "alias", Severity.ERROR, __doc__, suppressible=False)
