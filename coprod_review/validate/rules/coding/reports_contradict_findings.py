"""The codes in `reports` contradict the findings.

If a study has a finding at the level outcome or impact, the study reports outcomes.
If it has a finding at the level experience or output, the study reports process.

Fails:

    reports: {outcome: not_coded}  # CPR402
    findings:
      - level: outcome

Passes:

    reports: {outcome: present}
    findings:
      - level: outcome

Fix: write `present` if there is a finding. Without one, write `not_coded`, or
`absent` if you read the full text and it reports nothing of the kind.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR402", "reports-contradict-findings", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report outcome or process where the code in ``reports`` differs from what the findings are about."""
    codebook = base.framework.codebook
    for entry in base.entries:
        if entry.study is None:
            continue
        levels = {codebook.side(finding.level) for finding in entry.study.findings}
        for side in ("outcome", "process"):
            yield from _check_side(entry, side, getattr(entry.study.reports, side), side in levels)


def _check_side(entry: Entry, side: str, code: str, has_finding: bool) -> Iterator[Problem]:
    if has_finding == (code == "present"):
        return
    if has_finding:
        message, hint = (
            f"there is a finding about {side}, but reports › {side} is `{code}`",
            _add_code_hint(entry, side),
        )
    else:
        message, hint = (
            f"reports › {side} is `present`, but there is no finding about {side}",
            "add the finding, or write `not_coded`",
        )
    yield Problem(RULE, entry.text, (*entry.path, "reports", side), message, hint)


def _add_code_hint(entry: Entry, side: str) -> str:
    if "reports" in entry.raw:
        return f"write `{side}: present` under `reports`"
    return f"add the line `reports: {{{side}: present}}`; name both sides if there are findings about both"
