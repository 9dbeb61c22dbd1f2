"""The id of a finding is used twice, or does not consist of the id of its study and a number.

Each finding has an id, so that every figure can show the findings behind it.

Fails:

    findings:
      - id: other-2018.1  # CPR403

Passes:

    findings:
      - id: kay-2019.1

Fix: write the id of the study, a full stop and the next free number.
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
                repeated = f"another finding of this entry has the id `{finding.id[:80]}`"
                unrelated = f"`{finding.id[:80]}` does not consist of the id `{entry.id[:80]}` and a number"
                message = repeated if finding.id in ids else unrelated
                yield Problem(RULE, entry.text, path, message, f"write `{entry.id[:80]}.{number + 1}`")
            ids.add(finding.id)
