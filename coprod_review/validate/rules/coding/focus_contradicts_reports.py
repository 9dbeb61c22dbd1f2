"""A work is said to examine what it is also said not to report.

The declared focus is what a work says it examines. A full text that examines
outcomes and reports none is possible, but then the focus is a promise that the
work did not keep, and one of the two codes is usually a slip.

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

Fix: correct `focus` or `reports`. Where both are right, say so in a comment:
`# coprod: ignore[CPR408] planned and never reported`.
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
