"""What rests on reviews alone, and whether reviews count the same studies, in words."""

from dataclasses import replace

import pytest

from coprod_review.gaps.analyses.overlap import OverlapFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from tests.phrasing.made import count, share

REVIEWS = "3 of 8 studies that report an outcome are reviews."
DOMAINS = "Of 3 outcome domains with a finding, 2 rest on reviews alone."
UNKNOWN = "We do not know yet whether these reviews count the same studies."
ONE = (
    "1 of 1 study that reports an outcome is a review. Of 1 outcome domain with a finding, 1 rests on reviews alone. "
    "There are fewer than two reviews, so none can overlap."
)


def _result(
    reviews: int,
    lists: int,
    *missing: str,
    area: tuple[int, int] | None = None,
    of_studies: tuple[int, int] = (3, 8),
    domains: tuple[int, int] = (2, 3),
) -> Result:
    names = [str(n) for n in range(domains[1])]
    figures = (
        share("overlap.reviews", *of_studies),
        count("overlap.review-only-domains", names[: domains[0]], names, "domain"),
        _area(lists, area),
    )
    return Result("overlap", figures=figures, facts=OverlapFacts(reviews), missing=missing)


def _area(lists: int, area: tuple[int, int] | None) -> Figure:
    figure = count("overlap.cca", (), [f"r{n}" for n in range(lists)], "inclusion")
    if area is None:
        return replace(figure, numerator=None, denominator=None)
    return replace(figure, numerator=area[0], denominator=area[1], value=area[0] / area[1])


@pytest.mark.parametrize(
    ("result", "statement"),
    [
        (
            _result(4, 4, area=(3, 18)),
            (
                f"{REVIEWS} {DOMAINS} The corrected covered area of the 4 reviews with a list is 16.7% (3 of 18). It "
                "would be 0% if no study were in two lists, and 100% if every study were in all of them."
            ),
        ),
        (_result(2, 0, "lists"), f"{REVIEWS} {DOMAINS} {UNKNOWN}"),
        (_result(2, 1, "lists"), f"{REVIEWS} {DOMAINS} {UNKNOWN}"),
        (_result(1, 0, of_studies=(1, 1), domains=(1, 1)), ONE),
        (
            _result(0, 0, of_studies=(0, 0), domains=(0, 0)),
            "No study here is known to report an outcome. There are fewer than two reviews, so none can overlap.",
        ),
    ],
)
def test_statement(result: Result, statement: str, framework: Framework) -> None:
    assert words.statement(result, framework) == statement


@pytest.mark.parametrize(("lists", "lack"), [(0, "For none of 3 reviews"), (1, "For only 1 of 3 reviews")])
def test_what_is_missing(lists: int, lack: str, framework: Framework) -> None:
    assert words.missing_sentence(_result(3, lists, "lists"), framework) == (
        f"{lack} has anybody recorded which studies it includes. To answer the question, write the DOI or id of each "
        "included study under search.included_studies of at least 2 reviews."
    )
