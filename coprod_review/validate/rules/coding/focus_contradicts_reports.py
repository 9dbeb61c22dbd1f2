"""A work is coded as examining something and as not reporting it.

The focus is what a work says that it examines. A full text can announce
outcomes and then report none, but usually one of the two codes is wrong.

Fails:

    coded_from: full_text
    focus: process
    reports: {outcome: not_coded, process: absent}  # CPR408
    findings: []
    coding_note: No finding.

Passes:

    coded_from: full_text
    focus: outcome
    reports: {outcome: not_coded, process: absent}
    findings: []
    coding_note: No finding.

Fix: correct `focus` or `reports`. If both are right, give the reason in a
comment: `# coprod: ignore[CPR408] planned and never reported`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR408", "focus-contradicts-reports", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report outcome or process where a study focuses on it and is coded as not reporting it."""
    for entry in base.entries:
        for side in ("outcome", "process"):
            study = entry.study
            if study and study.focus in (side, "both") and getattr(study.reports, side) == "absent":
                message = f"the focus is `{study.focus}`, but reports › {side} is `absent`"
                hint = "write `present` or `not_coded` here, or correct the focus"
                yield Problem(RULE, entry.text, (*entry.path, "reports", side), message, hint)
