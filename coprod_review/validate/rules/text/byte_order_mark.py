"""The file begins with an invisible byte order mark.

Some programs read the mark as a part of the first key, and then do not find
that key. Older editors write the mark when they save a file as "UTF-8 with
BOM". There is no example here, because the mark is invisible.

Fix: save the file as UTF-8 without BOM. `--fix` removes the mark.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import START
from coprod_review.source.problems import Edit, Fix, Problem, Rule, Severity

RULE = Rule("CPR011", "byte-order-mark", Severity.WARNING, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every file that begins with a byte order mark."""
    for text in base.texts:
        if text.has_byte_order_mark:
            message, hint = "the file begins with a byte order mark", "save the file as UTF-8 without BOM"
            # The mark is before the first column: ``apply_edits`` removes it for this edit.
            fix = Fix(True, (Edit("", START),))
            yield Problem(RULE, text, (), message, hint, span=START, fix=fix)
