"""One entry contains the same finding twice.

Findings are counted, so a finding that is written twice counts twice.

Fails:

    findings:
      - {id: kay-2019.1, outcome: staff.work.ease, level: outcome, direction: benefit, summary: It rose.}
      - {id: kay-2019.2, outcome: staff.work.ease, level: outcome, direction: benefit, summary: It rose.}  # CPR413

Passes:

    findings:
      - {id: kay-2019.1, outcome: staff.work.ease, level: outcome, direction: benefit, summary: It rose.}
      - {id: kay-2019.2, outcome: staff.work.ease, level: outcome, direction: harm, summary: Later it fell.}

Fix: delete one of the two, or say in `summary` how they differ.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR413", "repeated-finding", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every finding with the outcome, level, direction and summary of an earlier one of its study."""
    keys: set[tuple[int, str, str, str, str]] = set()
    for entry, path, finding in base.findings:
        summary = " ".join(finding.summary.casefold().split())
        key = (id(entry), finding.outcome, finding.level, finding.direction, summary)
        if key in keys:
            message = "this finding has the same outcome, level, direction and summary as an earlier one"
            hint = "delete one of the two, or say in `summary` how they differ"
            yield Problem(RULE, entry.text, (*path, "summary"), message, hint)
        keys.add(key)
