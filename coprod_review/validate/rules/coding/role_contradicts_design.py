"""The evidence role of a finding does not fit the design of its study.

A review reports what other studies found, and a primary study reports what it
found itself. If a finding of a review is coded as original, it is counted as
primary evidence.

Fails:

    design: scoping-review
    findings:
      - evidence_role: original  # CPR404

Passes:

    design: scoping-review
    findings:
      - evidence_role: reported_by_review

Fix: write `reported_by_review` for a review, or `original` for a primary study.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity, replacement_fix

RULE = Rule("CPR404", "role-contradicts-design", Severity.ERROR, __doc__)
_ROLES = {"review": ("relayed", "a review"), "primary": ("original", "a primary study")}
"""The kind of the evidence role that findings of a design have, and what such a work is called."""


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every finding of a review that is marked original, and of a primary study that is marked relayed."""
    codebook = base.framework.codebook
    for entry in base.entries:
        kind = codebook.kind("designs", entry.study.design) if entry.study else None
        role_kind, study = _ROLES.get(kind or "", ("", ""))
        role = next(iter(codebook.ids_of_kind("evidence_roles", role_kind)), "")
        for number, finding in enumerate(entry.study.findings if entry.study else ()):
            if role and finding.evidence_role != role:
                path = (*entry.path, "findings", number, "evidence_role")
                message = f"`{finding.evidence_role}` does not fit {study}"
                fix = replacement_fix(role, safe=False)
                yield Problem(RULE, entry.text, path, message, f"write `{role}`", fix=fix)
