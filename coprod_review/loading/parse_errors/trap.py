"""A word without quotation marks that other programs read as something else.

YAML 1.1, which many programs still follow, reads NO as false, 12:30 as 750, 010
as 8 and 2019-01-01 as a date; YAML 1.2 reads 1e5 and 089 as numbers, and many
programs round a number beyond 9007199254740991. Here each of them is text, but the next program
to read the file would see another value. A date may stand bare in a field that
holds dates, such as `as_of`.

Fails:

    coding_note: NO  # CPR003

Passes:

    coding_note: "NO"

Fix: put it in quotation marks. `--fix` does so.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR003", "trap", Severity.ERROR, __doc__, suppressible=False)
