"""A work is coded as setting out to examine something and as not reporting it.

An aim is what a work sets out to examine. A full text can announce outcomes and
then report none, but usually one of the two codes is wrong.

Fails:

    coded_from: full_text
    aims:
      outcome: {code: not_coded}
      process: {code: primary, reason: The title names barriers., read_in: title}
    reports: {outcome: not_coded, process: absent}  # CPR408
    findings: []
    coding_note: No finding.

Passes:

    coded_from: full_text
    aims:
      outcome: {code: primary, reason: The title names effects., read_in: title}
      process: {code: not_coded}
    reports: {outcome: not_coded, process: absent}
    findings: []
    coding_note: No finding.

Fix: correct `aims` or `reports`. If both are right, give the reason in a
comment: `# coprod: ignore[CPR408] planned and never reported`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR408", "aim-contradicts-reports", Severity.ERROR, __doc__)
_IS_AN_AIM = ("primary", "secondary")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report outcome or process where it is an aim of a study and is coded as not reported."""
    for entry in base.entries:
        study = entry.study
        if study is None:
            continue
        sides = (
            ("outcome", study.aims.outcome.code, study.reports.outcome),
            ("process", study.aims.process.code, study.reports.process),
        )
        for side, code, reported in sides:
            if code in _IS_AN_AIM and reported == "absent":
                message = f"the {side} aim is `{code}`, but reports › {side} is `absent`"
                hint = "write `present` or `not_coded` here, or correct the aim"
                yield Problem(RULE, entry.text, (*entry.path, "reports", side), message, hint)
