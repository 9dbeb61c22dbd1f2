"""Who gains does not fit the stakeholder group of the outcome.

The first part of an outcome id is the group: staff gain by outcomes of staff,
and the codes for persons and carers belong to outcomes of people.

Fails:

    findings:
      - outcome: people.self.confidence
        beneficiary: staff_involved  # CPR405

Passes:

    findings:
      - outcome: people.self.confidence
        beneficiary: co_producer

Fix: correct the outcome id, or the code for the person.
"""

from collections.abc import Iterator

from coprod_review.evidence import EvidenceBase
from coprod_review.models import NOT_CODED, Finding, stakeholder
from coprod_review.problems import Kind, Problem, Severity

KIND = Kind("CPR405", "person-contradicts-group", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Every finding whose beneficiary or whose-code belongs to another group."""
    for entry in base.entries:
        for number, finding in enumerate(entry.study.findings if entry.study else ()):
            for field in _contradictions(finding):
                group = stakeholder(finding.outcome)
                message = f"`{getattr(finding, field)}` does not fit an outcome of the group {group}"
                hint = "correct the outcome, or this code"
                yield Problem(KIND, entry.text, (*entry.path, "findings", number, field), message, hint)


def _contradictions(finding: Finding) -> Iterator[str]:
    group = stakeholder(finding.outcome)
    if finding.beneficiary != NOT_CODED and finding.beneficiary.startswith("staff_") != (group == "staff"):
        yield "beneficiary"
    if finding.whose != NOT_CODED and group != "people":
        yield "whose"
