"""Claims, the works that they cite and the numbers that they give, in words."""

from typing import Any

import pytest

from coprod_review.gaps.analyses.claims import STATUSES, ClaimCounts
from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim
from coprod_review.phrasing import claims as words
from tests.conftest import study


def _counts(not_compared: int = 0, shares: int = 0, without: int = 0, **by_status: int) -> ClaimCounts:
    statuses = {**dict.fromkeys(STATUSES, 0), **by_status}
    return ClaimCounts(sum(by_status.values()), statuses, not_compared, shares, without)


def _claim(**changes: Any) -> Claim:
    plain = {"id": "c1", "section": "3.1", "stakeholder": "people", "claim": "Own words.", "cites": ("author1-2020",)}
    return Claim(**{**plain, "corroboration": {"author1-2020": "partly"}, **changes})


def test_every_status_has_its_own_number() -> None:
    counts = _counts(4, 10, 5, supported=7, partly=19, not_seen=20, contradicted=2, not_judged=3)
    assert words.claims_summary(counts) == (
        "Of 51 claims, 7 are supported by the cited works, 19 are partly supported, 20 were not found in the text that "
        "was read, 2 are mis-cited and 3 have not been compared with the cited works. For 4 citations, nobody has "
        "compared the claim with the cited work. Of 10 published shares in these claims, 5 have no denominator."
    )


@pytest.mark.parametrize(
    ("status", "predicate"),
    [
        ("supported", "is supported by the cited works"),
        ("partly", "is partly supported"),
        ("not_seen", "was not found in the text that was read"),
        ("contradicted", "is mis-cited"),
        ("not_judged", "has not been compared with the cited works"),
    ],
)
def test_one_claim(status: str, predicate: str) -> None:
    assert words.claims_summary(_counts(**{status: 1})) == f"Of 1 claim, 1 {predicate}."


def test_one_citation_and_one_share() -> None:
    assert words.claims_summary(_counts(1, 1, 1, partly=2)) == (
        "Of 2 claims, 2 are partly supported. For 1 citation, nobody has compared the claim with the cited work. "
        "Of 1 published share in these claims, 1 has no denominator."
    )


def test_every_status_is_typed_and_read_in_its_own_words() -> None:
    assert list(words.STATUS_WORDS) == list(words.STATUS_LABELS) == list(STATUSES)
    assert list(words.STATUS_WORDS.values()) == ["supported", "partly", "not-seen", "mis-cited", "not-judged"]


def test_filters_state_how_many_claims_are_shown() -> None:
    assert words.filters_sentence(["section=3.1", "status=partly"], 6, 47) == (
        "Filters: section=3.1; status=partly. This shows 6 of 47 claims."
    )


@pytest.mark.parametrize(
    ("changes", "heading"),
    [
        ({}, "c1: section 3.1, people; partly supported"),
        ({"stakeholder": "none", "corroboration": {"author1-2020": "contradicted"}}, "c1: section 3.1; mis-cited"),
        ({"stakeholder": "staff", "corroboration": {}}, "c1: section 3.1, staff; not judged"),
    ],
)
def test_heading_of_a_claim(changes: dict[str, Any], heading: str, framework: Framework) -> None:
    assert words.claim_heading(_claim(**changes), framework.codebook) == heading


def test_cited_work_says_what_was_found(framework: Framework) -> None:
    book, through = framework.codebook, study(1, reference=8, cited_via="author2-2021")
    assert words.cited_work("author1-2020", study(1), _claim(), book) == "author1-2020 (supports the claim in part)"
    assert words.cited_work("author1-2020", through, _claim(), book) == (
        "author1-2020 through author2-2021 (reference 8; supports the claim in part)"
    )
    assert words.cited_work("author9-2020", None, _claim(), book) == "author9-2020 (nobody has compared the two)"


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(label="L", n=24, N=122), "L: 24 of 122 (19.7%; 95% confidence interval 13.6% to 27.6%)"),
        (
            Quantity(label="L", n=24, N=122, percent=20),
            "L: 24 of 122 (19.7%; 95% confidence interval 13.6% to 27.6%; the review states 20%)",
        ),
        (Quantity(label="L", percent=84), "L: 84%; the denominator is missing"),
        (Quantity(label="L", percent=84, N=50), "L: 84%; the numerator is missing"),
        (Quantity(label="L", N=122), "L: no number; the numerator is missing"),
        (Quantity(label="L", n=50, unit="years"), "L: 50 years"),
        (
            Quantity(label="L", percent=35, note="A note.", not_comparable_because="The source is not known."),
            "L: 35%; the denominator is missing. A note. It must not be compared: the source is not known",
        ),
    ],
)
def test_number_of_the_review(quantity: Quantity, text: str) -> None:
    assert words.quantity_in_words(quantity) == text
