"""The claims of the review and the works that they cite, in words."""

from coprod_review.gaps.analyses.claims import ClaimCounts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import NOT_YET
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.claims import NOT_SEEN_IS_NOT_WRONG, claims_summary
from coprod_review.results.result import Result

_NOTE = "A claim has one status, which depends on all the works that it cites. To list them, run coprod-review claims."


def _statement(facts: ClaimCounts, result: Result, framework: Framework) -> str:
    if result.missing:
        return NOT_YET
    return claims_summary(facts) if facts.claims else "No claim of the review cites any of these studies."


WORDING = Wording(
    statement=_statement,
    caution=NOT_SEEN_IS_NOT_WRONG,
    missing={"claims": Missing(lack="this base has no claims of a review", remedy="add claims to review.yaml")},
    notes={"claims.sections": _NOTE, "claims.groups": _NOTE},
)
