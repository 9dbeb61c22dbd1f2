"""Some entries do not name two people who coded them.

This is a limit of the whole base, so it is one note. Nobody knows how far two
coders agree until both have coded the same works and are named in `coders`.

Fails:

    coding: Coded once.  # CPR423
    coders: []

Passes:

    coding: Coded twice.
    coders: [First coder, Second coder]

Fix: nothing has to change. To improve it, a second person codes the works and
is then named in `coders`. Never name somebody who did not code.
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
        message = f"{once} of {len(base.studies)} entries do not name two people who coded them"
        yield Problem(RULE, text, ("coding",), message, "a second person can code the works and be named in `coders`")
