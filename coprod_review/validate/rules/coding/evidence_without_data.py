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
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR406", "evidence-without-data", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry that counts as evidence and whose design has no data of its own or of other studies."""
    codebook = base.framework.codebook
    for entry in base.entries:
        study = entry.study
        if study is None or study.role != "evidence" or codebook.find("designs", study.design) is None:
            continue
        if codebook.kind("designs", study.design) not in ("primary", "review"):
            message = f"the role is `evidence`, but a work with the design `{study.design}` has no data"
            yield Problem(
                RULE, entry.text, (*entry.path, "role"), message, "write `role: context`, or correct the design"
            )
