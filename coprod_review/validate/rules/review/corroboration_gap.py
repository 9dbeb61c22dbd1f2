"""The judgements on a claim do not fit the studies that the claim cites.

`corroboration` has one judgement for each cited study, which can be
`not_judged`. If the review cites a study through another work, the judgement
cannot be `supported`, because the authors of the review did not read the study.

Fails:

    claims:
      - stakeholder: none
        cites: [kay-2019]
        corroboration: {}  # CPR503

Passes:

    claims:
      - stakeholder: none
        cites: [kay-2019]
        corroboration: {kay-2019: not_judged}

Fix: add the missing judgement, or write `partly` for a study that is cited
second-hand.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR503", "corroboration-gap", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every claim whose judgements are not those of the studies that it cites."""
    review = base.framework.review
    if review is None or "review" not in base.parts:
        return
    second_hand = {study.id for study in base.studies if study.cited_via}
    for number, claim in enumerate(review.claims):
        path = ("claims", number, "corroboration")
        missing = [cited for cited in claim.cites if cited not in claim.corroboration]
        if missing:
            message = f"claim {claim.id} has no judgement on {', '.join(missing)}"
            yield Problem(
                RULE,
                base.parts["review"],
                path,
                message,
                f"add `{missing[0]}:` with {base.framework.codebook.allowed('corroboration')}",
            )
        for study, code in claim.corroboration.items():
            if study not in claim.cites:
                message = f"claim {claim.id} judges `{study[:80]}`, which it does not cite"
                yield Problem(
                    RULE, base.parts["review"], (*path, study), message, "delete it, or add the study to `cites`", "key"
                )
            elif study in second_hand and code == "supported":
                message = f"`{study}` is cited second-hand, so it cannot be `supported`"
                yield Problem(RULE, base.parts["review"], (*path, study), message, "write `partly` or `not_seen`")
