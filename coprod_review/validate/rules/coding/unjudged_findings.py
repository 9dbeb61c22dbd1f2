"""Some findings do not say who benefited, or how strongly their source puts them.

This is one note for the whole base. Figures count such findings as not coded.

Fails:

    coding: Coded once.  # CPR427
    findings:
      - outcome: people.self.confidence
        asserts: not_coded
        beneficiary: not_coded

Passes:

    coding: Coded once.
    findings:
      - outcome: people.self.confidence
        asserts: states
        beneficiary: took_part

Fix: code `asserts` for every finding, and `beneficiary` for every outcome finding
about people or the community.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import has_beneficiary
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR427", "unjudged-findings", Severity.NOTE, __doc__, needs_complete_base=True)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report in one note how many findings lack one of the two codes."""
    text, codebook = base.parts.get("base"), base.framework.codebook
    levels = codebook.of_kind("levels", "outcome")
    findings = [finding for _, _, finding in base.findings]
    strength = sum(f.asserts == NOT_CODED for f in findings)
    beneficiary = sum(
        f.beneficiary == NOT_CODED and f.level in levels and has_beneficiary(f.outcome, codebook) for f in findings
    )
    if text is not None and (strength or beneficiary):
        message = (
            f"{strength} of {len(findings)} findings have no code for `asserts`, and {beneficiary} lack `beneficiary`"
        )
        yield Problem(RULE, text, ("coding",), message, "code these fields: coprod-review codebook asserts")
