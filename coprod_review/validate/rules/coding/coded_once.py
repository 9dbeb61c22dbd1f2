"""Entries were coded by one person, and nobody checked them a second time.

A limit of the whole base, so it is one note. Agreement between coders cannot be
told until two of them, named in `coders`, have coded the same works.

Fails:

    coding: Coded once.  # CPR423
    coders: []

Passes:

    coding: Coded twice.
    coders: [First coder, Second coder]

Fix: nothing has to change. A second coding by another person closes it; nobody
is invented.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR423", "coded-once", Severity.NOTE, __doc__, needs_complete_base=True)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report in one note how many entries were coded by fewer than two people."""
    text = base.parts.get("base")
    once = sum(len(set(study.coders)) < 2 for study in base.studies)
    if text is not None and once:
        message = f"{once} of {len(base.studies)} entries were coded by one person alone"
        yield Problem(RULE, text, ("coding",), message, "a second coding by another person would close it")
