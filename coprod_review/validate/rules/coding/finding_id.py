"""The id of a finding is not its study's id and a number, or stands twice.

Findings are named so that every figure can be opened.

Fails:

    findings:
      - id: other-2018.1  # CPR403

Passes:

    findings:
      - id: kay-2019.1

Fix: write the study's id, a full stop and the next free number.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR403", "finding-id", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every finding whose id does not follow from its study, or is used twice."""
    for entry in base.entries:
        ids: set[str] = set()
        for number, finding in enumerate(entry.study.findings if entry.study else ()):
            stem, _, last = finding.id.rpartition(".")
            if stem != entry.id or not last.isdecimal() or finding.id in ids:
                path = (*entry.path, "findings", number, "id")
                message = f"`{finding.id[:80]}` is not a free id for a finding of `{entry.id[:80]}`"
                yield Problem(RULE, entry.text, path, message, f"write `{entry.id[:80]}.{number + 1}`")
            ids.add(finding.id)
