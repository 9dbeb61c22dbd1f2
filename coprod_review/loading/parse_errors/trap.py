"""Other programs read a value without quotation marks as something else.

YAML 1.1, which many programs still follow, reads NO as false, 12:30 as 750, 010
as 8 and 2019-01-01 as a date. YAML 1.2 reads 1e5 and 089 as numbers, and many
programs round a number above 9007199254740991. This program reads each of these
values as text, but the next program would read something else. A date needs no
quotation marks in a field for dates, such as `as_of`.

Fails:

    coding_note: NO  # CPR003

Passes:

    coding_note: "NO"

Fix: put the value in quotation marks. `--fix` does this.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR003", "trap", Severity.ERROR, __doc__, suppressible=False)
