"""A work counts as evidence, but it is neither a primary study nor a review.

Only empirical works are counted. Theory, guidance and policy are context.

Fails:

    role: evidence  # CPR406
    design: guidance

Passes:

    role: context
    design: guidance

Fix: write `role: context`, or write the design of the study that the work
reports.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.codebook import Codebook
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR406", "evidence-without-data", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry that counts as evidence and whose design has no data of its own or of other studies."""
    codebook = base.framework.codebook
    for entry in base.entries:
        study = entry.study
        if study is None or codebook.find("designs", study.design) is None:
            continue
        has_data = codebook.has_kind("designs", study.design, "primary", "review")
        if codebook.has_kind("roles", study.role, "counted") and not has_data:
            message = f"the role is `{study.role}`, but a work with the design `{study.design}` has no data"
            yield Problem(
                RULE, entry.text, (*entry.path, "role"), message, f"write {_not_counted(codebook)}correct the design"
            )


def _not_counted(codebook: Codebook) -> str:
    """Return the role to write instead, where the codebook has one."""
    roles = codebook.ids_of_kind("roles", "not_counted")
    return f"`role: {roles[0]}`, or " if roles else "a role that is not counted, or "
