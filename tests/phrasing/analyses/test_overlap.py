"""What rests on reviews alone, and whether reviews count the same studies, in words."""

from dataclasses import replace

from coprod_review.gaps.analyses.overlap import OverlapFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from tests.phrasing.made import count, share


def _result(reviews: int, lists: int, area: tuple[int, int] | None, *missing: str) -> Result:
    domains = count("overlap.review-only-domains", ("b", "c"), ("a", "b", "c"), "domain")
    figures = (share("overlap.reviews", 3, 11), domains, _area(lists, area))
    return Result("overlap", figures=figures, facts=OverlapFacts(reviews), missing=missing)


def _area(lists: int, area: tuple[int, int] | None) -> Figure:
    figure = count("overlap.cca", (), [f"r{n}" for n in range(lists)], "inclusion")
    if area is None:
        return replace(figure, numerator=None, denominator=None)
    return replace(figure, numerator=area[0], denominator=area[1], value=area[0] / area[1])


LEAD = (
    "Reviews among the outcome studies: 3 of 11 studies (27%; 95% confidence interval 10% to 57%). Of 3 outcome "
    "domains "
    "with any evidence, 2 rest on reviews alone."
)


def test_statement_gives_all_three(framework: Framework) -> None:
    assert words.statement(_result(4, 4, (3, 18)), framework) == (
        f"{LEAD} Corrected covered area of the 4 reviews with a list: 3 of 18, 16.7%."
    )


def test_too_few_lists(framework: Framework) -> None:
    remedy = "write their DOIs, or ids of this base, in search.included_studies of at least 2 reviews"
    none, one = _result(2, 0, None, "lists"), _result(2, 1, None, "lists")
    lack = "verlap is not assessed, because no review lists its included studies (0 of 2)"
    assert words.missing(none, framework) == f"o{lack}: {remedy}"
    assert words.statement(none, framework) == f"{LEAD} O{lack}: {remedy}."
    assert words.missing(one, framework) == (
        f"overlap is not assessed, because only 1 review lists its included studies (1 of 2): {remedy}"
    )


def test_one_review_overlaps_with_nothing(framework: Framework) -> None:
    assert words.statement(_result(1, 0, None), framework) == (
        f"{LEAD} Fewer than two reviews are held, so none can overlap."
    )
