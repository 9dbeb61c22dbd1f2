"""No recorded appraisal says how far a study can be trusted.

A limit of the whole base, so it is one note. Nothing computes quality: it is a
recorded human judgement or the words "not assessed".

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

Fix: nothing has to change. An appraisal by a person, with `appraisal`, closes
it for that study.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.study import eligible
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR422", "unappraised", Severity.NOTE, __doc__, needs_complete_base=True)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report in one note how many studies that count as evidence have no appraisal."""
    text, studies = base.parts.get("base"), eligible(base.studies)
    unappraised = sum(study.appraisal is None for study in studies)
    if text is not None and unappraised:
        message = f"for {unappraised} of {len(studies)} studies that count as evidence no appraisal is recorded"
        yield Problem(RULE, text, ("coding",), message, "an appraisal by a person would close it")
