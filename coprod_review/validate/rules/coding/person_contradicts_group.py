"""The code for who benefits does not fit the stakeholder group of the outcome.

The first part of an outcome id is its stakeholder group. Codes for staff belong
to outcomes of staff, and `whose` belongs to outcomes of people.

Fails:

    findings:
      - outcome: people.self.confidence
        beneficiary: staff_involved  # CPR405

Passes:

    findings:
      - outcome: people.self.confidence
        beneficiary: co_producer

Fix: correct the outcome id, or correct the code in `beneficiary` or `whose`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding, stakeholder
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR405", "person-contradicts-group", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every finding whose ``beneficiary`` or ``whose`` belongs to another stakeholder group."""
    for entry in base.entries:
        for number, finding in enumerate(entry.study.findings if entry.study else ()):
            for field in _contradictions(finding):
                group = stakeholder(finding.outcome)
                message = f"`{getattr(finding, field)}` does not fit an outcome of the stakeholder group `{group}`"
                hint = f"{_allowed(base.framework.codebook, field, group)}, or correct the outcome"
                yield Problem(RULE, entry.text, (*entry.path, "findings", number, field), message, hint)


def _allowed(codebook: Codebook, field: str, group: str) -> str:
    if field == "whose":
        return "delete the line, because only outcomes of people have `whose`"
    terms = [t.id for t in codebook.terms("beneficiaries") if t.id.startswith("staff_") == (group == "staff")]
    return f"write one of: {', '.join(terms)}"


def _contradictions(finding: Finding) -> Iterator[str]:
    group = stakeholder(finding.outcome)
    if finding.beneficiary != NOT_CODED and finding.beneficiary.startswith("staff_") != (group == "staff"):
        yield "beneficiary"
    if finding.whose != NOT_CODED and group != "people":
        yield "whose"
