"""How recent the evidence is and where it comes from, in words."""

from dataclasses import replace

import pytest

from coprod_review.gaps.shares import median_figure
from coprod_review.model.base import Framework, Scope
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import NO_CRITERIA, Figure
from coprod_review.results.result import Result
from tests.phrasing.made import share

Counts = tuple[int, int, int]
"""How many studies do something, for how many that is known, and for how many it is not."""
WITHOUT_MEDIANS = (), ()
MEDIANS = (2018, 2019, 2021), (2016, 2017)


def _median(name: str, years: tuple[int, ...], unknown: int) -> Figure:
    values = [(f"s{number}", year) for number, year in enumerate(years)]
    pool = [*(identity for identity, _ in values), *(f"u{number}" for number in range(unknown))]
    return median_figure(f"currency.{name}", "Label", "definition", values, pool, NO_CRITERIA)


def _result(
    published: Counts, evidence: Counts, home: Counts, medians: tuple[tuple[int, ...], tuple[int, ...]], *missing: str
) -> Result:
    named = {"in-window": published, "evidence-in-window": evidence, "home-data": home}
    shares = [share(f"currency.{name}", *counts) for name, counts in named.items()]
    years, ends = medians
    return Result(
        "currency",
        (*shares, _median("median-year", years, 0), _median("median-search-end", ends, 1)),
        missing=missing,
    )


def test_publication_and_evidence_are_separate(framework: Framework) -> None:
    assert words.statement(_result((4, 5, 0), (1, 2, 3), (2, 2, 3), MEDIANS), framework) == (
        "4 of 5 studies were published in 2017 or later. At least 1 of 5 studies has evidence that ends in 2017 or "
        "later; this is not known for 3 studies. Over 3 studies, the median year of publication is 2019. Over 2 "
        "reviews, the median year in which the search ended is 2016.5; for 1 more review we do not know. At least 2 of "
        "5 studies have data from the nations of this base; this is not known for 3 studies."
    )


def test_one_study(framework: Framework) -> None:
    assert words.statement(_result((1, 1, 0), (0, 1, 0), (1, 1, 0), ((2020,), (2016,))), framework) == (
        "1 of 1 study was published in 2017 or later. 0 of 1 study has evidence that ends in 2017 or later. "
        "Over 1 study, the median year of publication is 2020. Over 1 review, the median year in which the search "
        "ended is 2016; for 1 more review we do not know. 1 of 1 study has data from the nations of this base."
    )


def test_nothing_known(framework: Framework) -> None:
    missing = "published", "evidence", "places"
    result = _result((0, 0, 12), (0, 0, 12), (0, 0, 12), WITHOUT_MEDIANS, *missing)
    assert words.statement(result, framework) == (
        "Only part of this question can be answered so far. We do not know whether any of 12 studies was published in "
        "2017 or later. We do not know whether any of 12 studies has evidence that ends in 2017 or later. We do not "
        "know whether any of 12 studies has data from the nations of this base."
    )


def test_no_period_declared(framework: Framework) -> None:
    without = replace(framework, about=replace(framework.about, scope=Scope(sector="social-care")))
    result = _result((0, 0, 5), (0, 0, 5), (2, 5, 0), ((2019,), ()), "window")
    assert words.statement(result, without) == (
        "Only part of this question can be answered so far. Over 1 study, the median year of publication is 2019. "
        "2 of 5 studies have data from the nations of this base."
    )


@pytest.mark.parametrize(
    ("missing", "text"),
    [
        (
            ("window",),
            "this base does not say from which year it collects studies: write scope.published_from in base.yaml",
        ),
        (("published",), "the year of publication is not known for any study: code citation.issued"),
        (
            ("evidence", "places"),
            (
                "the end of the search is not known for any review: code search.end of each review; and whether the "
                "data come from the nations of this base is not known for any study: code geography.data"
            ),
        ),
    ],
)
def test_what_is_missing(missing: tuple[str, ...], text: str, framework: Framework) -> None:
    result = _result((0, 0, 1), (0, 0, 1), (0, 0, 1), WITHOUT_MEDIANS, *missing)
    assert words.missing(result, framework) == text
