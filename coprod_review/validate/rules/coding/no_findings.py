"""A work counts as evidence, but its entry has no findings and does not say why.

The list may be empty because nobody has coded the work yet, or because the work
reports nothing that the codebook covers. Readers must be able to tell which.

Fails:

    role: evidence
    coding_note: null
    reports: {outcome: not_coded}
    findings: []  # CPR407

Passes:

    role: evidence
    coding_note: The abstract gives no result.
    reports: {outcome: not_coded}
    findings: []

Fix: code the findings, or say in `coding_note` what you read and why there are
none.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.study import is_eligible
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR407", "no-findings", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry that counts as evidence and has neither a finding nor a note."""
    codebook = base.framework.codebook
    for entry in base.entries:
        study = entry.study
        if study and is_eligible(study, codebook) and not study.findings and not study.coding_note:
            path = (*entry.path, "findings") if "findings" in entry.raw else (*entry.path, "id")
            message = "this work counts as evidence, but its entry has no findings and no note that says why"
            hint = "add the findings, or say in `coding_note` why there are none"
            yield Problem(RULE, entry.text, path, message, hint)
