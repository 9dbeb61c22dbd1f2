"""The analysis of claims in words."""

from coprod_review.gaps.analyses.claims import STATUSES, ClaimCounts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.claims import claims_summary
from coprod_review.results.result import Result


def _counts(supported: int) -> ClaimCounts:
    return ClaimCounts(supported, {**dict.fromkeys(STATUSES, 0), "supported": supported}, 0, 0, 0)


def test_claims_are_summarised(framework: Framework) -> None:
    result = Result("claims", facts=_counts(3))
    assert words.statement(result, framework) == claims_summary(_counts(3))
    assert words.missing(result, framework) == ""


def test_no_claim_cites_the_studies(framework: Framework) -> None:
    result = Result("claims", facts=_counts(0))
    assert words.statement(result, framework) == "No claim of the review cites any of these studies."


def test_base_without_claims(framework: Framework) -> None:
    result = Result("claims", facts=_counts(0), missing=("claims",))
    assert words.statement(result, framework) == "This question cannot be answered yet."
    assert words.missing(result, framework) == "this base has no claims of a review: add claims to review.yaml"
