"""Nobody has appraised some of the studies that count as evidence.

This is a limit of the whole base, so it is one note. The program never computes
quality. It shows the recorded judgement of a person, or the words "not
assessed".

Fails:

    coding: Coded once.  # CPR422
    appraisal: null

Passes:

    coding: Coded once.
    appraisal:
      tool: MMAT 2018
      items: {"1.1": "yes"}
      serious_concern: absent
      assessor: First coder
      date: 2026-01-15
      rationale: Sound for its aim.

Fix: nothing has to change. To improve it, a person appraises a study and
records the result in `appraisal`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.study import eligible
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR422", "unappraised", Severity.NOTE, __doc__, needs_complete_base=True)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report in one note how many studies that count as evidence have no appraisal."""
    text, studies = base.parts.get("base"), eligible(base.studies, base.framework.codebook)
    unappraised = sum(study.appraisal is None for study in studies)
    if text is not None and unappraised:
        message = f"{unappraised} of {len(studies)} studies that count as evidence have no appraisal"
        yield Problem(
            RULE, text, ("coding",), message, "a person can appraise a study and record the result in `appraisal`"
        )
