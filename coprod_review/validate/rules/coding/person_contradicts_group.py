"""A code about people or staff does not fit the stakeholder group of the outcome.

The first part of an outcome id is its stakeholder group. Only findings about
people and the community have a `beneficiary`. `whose` and `person_role` belong to
outcomes of people, and `staff_role` belongs to outcomes of staff.

Fails:

    findings:
      - outcome: staff.practice.change
        beneficiary: took_part  # CPR405

Passes:

    findings:
      - outcome: people.self.confidence
        beneficiary: took_part

Fix: delete the line, or correct the outcome id.
"""

from collections.abc import Iterator, Mapping

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import stakeholder
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR405", "person-contradicts-group", Severity.ERROR, __doc__)
_KINDS: Mapping[str, tuple[str, ...]] = {
    "beneficiary": ("people", "community"),
    "whose": ("people",),
    "person_role": ("people",),
    "staff_role": ("staff",),
}
"""The kinds of stakeholder groups whose findings may have a field."""


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every code that belongs to another stakeholder group than that of the outcome."""
    codebook = base.framework.codebook
    allowed = {field: codebook.ids_of_kind("stakeholders", *kinds) for field, kinds in _KINDS.items()}
    for entry in base.entries:
        for number, finding in enumerate(entry.study.findings if entry.study else ()):
            group = stakeholder(finding.outcome)
            for field, groups in allowed.items():
                code = getattr(finding, field)
                if groups and code != NOT_CODED and group not in groups:
                    message = f"`{code}` does not fit an outcome of the stakeholder group `{group}`"
                    hint = f"delete the line, because only outcomes of {' and '.join(groups)} have `{field}`"
                    yield Problem(RULE, entry.text, (*entry.path, "findings", number, field), message, hint)
