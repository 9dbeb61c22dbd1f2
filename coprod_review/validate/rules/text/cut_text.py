"""A text ends at a hash sign, and the rest is lost as a comment.

In YAML a space and a hash sign begin a comment, unless the text is in quotation
marks. A real comment has a space after the hash sign.

Fails:

    role_reason: Records of home care (site #2) were read.  # CPR014

Passes:

    role_reason: "Records of home care (site #2) were read."

Fix: put the whole text in quotation marks, or write a space after the hash sign
of a comment.
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import Span
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR014", "cut-text", Severity.WARNING, __doc__, suppressible=False)
_CUT = re.compile(r"[ ]*(?:- )*[\w-]+: +[^\s\"'\[{#|>&*!][^\"'#]* (?P<cut>#[^\s#!-].*)")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every text without quotation marks that is cut off by a hash sign before a word."""
    for text in base.texts:
        for number, line in enumerate(text.lines if " #" in text.text else (), 1):
            match = _CUT.match(line) if " #" in line else None
            if match and text.is_outside_values(number, match.start("cut")):
                span = Span(number, match.start("cut") + 1, number, len(line.rstrip()) + 1)
                message = f"`{match['cut'].strip()[:40]}` is read as a comment, not as part of the text"
                hint = "put the whole text in quotation marks, or write a space after the #"
                yield Problem(RULE, text, (), message, hint, span=span)
