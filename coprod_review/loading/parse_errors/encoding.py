"""The file is not encoded in UTF-8.

Accented letters in names would be garbled or lost. The usual cause is an older
editor that saved the file as Latin-1 or UTF-16. There is no example here,
because this page itself is in UTF-8.

Fix: save the file again in the encoding UTF-8.
"""

from coprod_review.source.problems import Rule, Severity

RULE = Rule("CPR004", "encoding", Severity.ERROR, __doc__, suppressible=False, always_reported=True)
