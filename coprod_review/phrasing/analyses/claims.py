"""The claims of the review and the works that they cite, in words."""

from coprod_review.gaps.analyses.claims import ClaimCounts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.claims import claims_summary
from coprod_review.results.result import Result

_NOTE = "Status of each claim over all works that it cites. In full: coprod-review claims."


def _statement(facts: ClaimCounts, result: Result, framework: Framework) -> str:
    if result.missing:
        return "This base holds no review and so no claims."
    return claims_summary(facts) if facts.claims else "No claim cites a study here."


WORDING = Wording(
    statement=_statement,
    caution="Not seen means not seen in what was read, mostly abstracts: it does not mean wrong.",
    missing={"claims": Missing(lack="the base holds no claims", remedy="add them to review.yaml")},
    notes={"claims.sections": _NOTE, "claims.groups": _NOTE},
)
