"""Published numbers next to figures: their source, their warnings, and what they allow to conclude."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published
from coprod_review.phrasing.comparisons import comparison_reason
from coprod_review.phrasing.pieces import CitedStudies
from coprod_review.phrasing.published_numbers import population_share, published_number
from coprod_review.results.figure import Comparison, Figure

RESIDENTS = Benchmark(
    id="b1", group="minority-ethnic", label="Residents of a group", value=18.3, unit="percent", numerator=1,
    denominator_population="All residents", age_range="all", year=2021, geography=("England", "Wales"),
    standardised=False, publisher="Office", address="a", retrieved="2026-01-01", caveat="c", suitable_for=(),
)  # fmt: skip
FIGURE = Figure("representation.minority-ethnic", "Label", "rule", 2, 28, 2 / 28)
LEAD = "Residents of a group make up 18.3% of this population: all residents (Office, 2021)."


def compared(**changes: Any) -> Comparison:
    plain = Comparison("b1", RESIDENTS, 0.183, 0.39, None, "too_few", "into_band", studies=28)
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("changes", "ratio"),
    [
        ({}, " The share of studies is 0.39 times this share: too few studies to compare."),
        (
            {"verdict": "lower", "basis": "below_band"},
            " The share of studies is 0.39 times this share: lower than the benchmark.",
        ),
        (
            {"ratio": 0.0, "verdict": "none_found", "basis": "base_too_small", "needed": 46},
            " The share of studies is 0.00 times this share: none found.",
        ),
        ({"verdict": None, "basis": "one_benchmark"}, " The share of studies is 0.39 times this share."),
        ({"ratio": None, "verdict": None, "basis": "not_divided"}, ""),
    ],
)
def test_population_share_says_what_it_allows(changes: dict[str, Any], ratio: str) -> None:
    comparison = compared(**changes)
    assert population_share(comparison, FIGURE) == f"{LEAD}{ratio} {comparison_reason(comparison, FIGURE)}"


def test_floor_is_a_least_share() -> None:
    text = population_share(compared(source=replace(RESIDENTS, floor=True)), FIGURE)
    assert text.startswith("Residents of a group make up at least 18.3% of this population:")
    assert "the ratio is at most this" in text


def quantity(**changes: Any) -> Comparison:
    return compared(source=Quantity(label="Studies that gained.", **changes), verdict=None, basis="published")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"n": 24, "N": 122}, "Studies that gained were 24 of 122 (20%), according to the review"),
        ({"n": 0, "N": 11}, "Studies that gained were 0 of 11, according to the review"),
        ({"n": 4, "N": 9}, "Studies that gained were 4 of 9, according to the review"),
        (
            {"percent": 45, "N": 200},
            "Studies that gained were 45% of 200 (we have not read the numerator), according to the review",
        ),
        (
            {"percent": 35},
            "Studies that gained were 35% (without a numerator or denominator), according to the review",
        ),
        ({}, "Studies that gained were counted without a number that we have read, according to the review"),
    ],
)  # fmt: skip
def test_published_number_has_its_denominator(changes: dict[str, Any], words: str) -> None:
    assert published_number(quantity(**changes), ()) == (f"{words}.",)


def test_published_number_has_source_citation_and_note() -> None:
    number = Published(id="p1", label="Papers", source="Fox 2018", n=1, N=11, beside="a.b", note="It is old")
    pieces = published_number(compared(source=number, verdict=None, basis="published"), ("fox-2018",))
    assert pieces == ("Papers were 1 of 11 (9%), according to Fox 2018 ", CitedStudies(("fox-2018",)), ". It is old.")


def test_number_that_must_not_be_compared_is_not_given() -> None:
    comparison = quantity(percent=35, not_comparable_because="It counts other things", note="A note.")
    assert published_number(replace(comparison, verdict="not_comparable"), ("fox-2018",)) == (
        "One published number must not be compared with this: studies that gained ",
        CitedStudies(("fox-2018",)),
        ". It counts other things.",
    )
