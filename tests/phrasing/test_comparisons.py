"""Published shares beside figures: the verdict, its reason, and the tables that show them."""

from dataclasses import replace
from typing import get_args

import pytest

from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published, Recommendation
from coprod_review.phrasing.comparisons import (
    VERDICTS,
    benchmark_table,
    comparison_reason,
    published_table,
    verdict_in_words,
)
from coprod_review.results.figure import Basis, Comparison, Figure, Verdict
from coprod_review.results.intervals import Interval
from coprod_review.results.result import Result
from tests.gaps.worked import reviewed
from tests.phrasing.facts import FRAMEWORK, benchmark, compared, entry, published
from tests.phrasing.made import share

VERDICT_WORDS: dict[Verdict, str] = {
    "lower": "lower than the benchmark",
    "higher": "higher than the benchmark",
    "too_few": "too few studies to compare",
    "none_found": "none found",
    "not_comparable": "must not be compared",
}
BASIS_WORDS: dict[Basis, str] = {
    "not_divided": "The count is not divided because this is known for fewer than 10 studies.",
    "one_benchmark": "There is only one benchmark, so no verdict is given.",
    "below_band": "The whole interval of the ratio is below 0.8.",
    "base_too_small": (
        "This base is too small to show a shortfall: it would take 32 studies without the group."
    ),
    "reaches_band": "The interval of the ratio reaches 0.8.",
    "into_band": "The interval of the ratio overlaps 0.8 to 1.2.",
    "above_band": "The whole interval of the ratio is above 1.2.",
}  # fmt: skip


def test_every_verdict_has_words() -> None:
    assert set(VERDICTS) == set(get_args(Verdict)) == set(VERDICT_WORDS)


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_verdict_in_words(verdict: Verdict) -> None:
    assert verdict_in_words(compared(benchmark(9), verdict=verdict)) == VERDICT_WORDS[verdict]


def test_no_verdict_has_no_words() -> None:
    assert verdict_in_words(compared(benchmark(9), verdict=None)) == ""


def test_every_basis_is_tested() -> None:
    assert {*BASIS_WORDS, "published"} == set(get_args(Basis))


@pytest.mark.parametrize(("basis", "words"), BASIS_WORDS.items())
def test_reason_follows_the_basis(basis: Basis, words: str) -> None:
    assert comparison_reason(compared(benchmark(9), basis=basis, needed=32), share("x", 3, 9)) == words


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("below_band", "The benchmarks disagree; for this one, the whole interval of the ratio is below 0.8."),
        ("above_band", "The benchmarks disagree; for this one, the whole interval of the ratio is above 1.2."),
    ],
)
def test_disagreement_of_benchmarks_is_named(basis: Basis, words: str) -> None:
    comparison = compared(benchmark(9), basis=basis, benchmarks_disagree=True)
    assert comparison_reason(comparison, share("x", 2, 20)) == words


INTO = "The interval of the ratio overlaps 0.8 to 1.2."


@pytest.mark.parametrize(
    ("source", "elsewhere", "words"),
    [
        (benchmark(9, floor=True), 0, f"{INTO} The benchmark is a minimum, so the ratio is at most this."),
        (
            benchmark(9),
            3,
            f"{INTO} The benchmark is for England; 3 of 20 studies have data from elsewhere or do not say.",
        ),
        (
            benchmark(9, geography=("England", "Wales")),
            1,
            f"{INTO} The benchmark is for England and Wales; 1 of 20 studies has data from elsewhere or does not say.",
        ),
        (
            benchmark(9, floor=True),
            20,
            (
                f"{INTO} The benchmark is a minimum, so the ratio is at most this. "
                "The benchmark is for England; 20 of 20 studies have data from elsewhere or do not say."
            ),
        ),
    ],
)
def test_reason_names_a_minimum_and_studies_from_elsewhere(source: Benchmark, elsewhere: int, words: str) -> None:
    comparison = compared(source, elsewhere=elsewhere, studies=20)
    assert comparison_reason(comparison, share("x", 2, 20)) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (entry(n=4, N=34), "Projects with outcomes (A and others 2015): 4 of 34."),
        (entry(n=0, N=11, note="Seen in part."), "Projects with outcomes (A and others 2015): 0 of 11. Seen in part."),
        (
            entry(N=200, percent=45, note="From the abstract"),
            (
                "Projects with outcomes (A and others 2015): 45% of 200; the source does not give the numerator. "
                "From the abstract."
            ),
        ),
        (
            entry(percent=45),
            "Projects with outcomes (A and others 2015): 45%; the source gives no numerator and no denominator.",
        ),
        (entry(), "Projects with outcomes (A and others 2015): the source gives no number."),
        (entry(n=60, N=50), "Projects with outcomes (A and others 2015): 60."),
        (Quantity(label="Works with outcomes", n=24, N=122), "Works with outcomes: 24 of 122."),
        (Quantity(label="Works", n=1, N=2, note="Why?"), "Works: 1 of 2. Why?"),
    ],
)
def test_published_number_says_what_it_counts(source: Quantity | Published, words: str) -> None:
    assert comparison_reason(published(source), share("x", 2, 20)) == words


@pytest.mark.parametrize("because", ["it counts the reverse", "it counts the reverse."])
def test_incomparable_number_is_not_given(because: str) -> None:
    source = entry(n=35, N=100, percent=35, not_comparable_because=because)
    comparison = published(source, share=None, verdict="not_comparable")
    assert comparison_reason(comparison, share("x", 2, 20)) == "Projects with outcomes: it counts the reverse."


# The table of figures beside published numbers.


def _rows(*comparisons: Comparison, entries: tuple[Published, ...] = ()) -> list[tuple[object, ...]]:
    figure = replace(share("x.share", 4, 20), label="Studies with outcomes", comparisons=comparisons)
    (table,) = published_table(Result("x", figures=(figure,)), reviewed(FRAMEWORK, published=entries))
    assert (table.id, table.columns) == ("x.published", ("Published", "Share", "In this base", "What it counts"))
    return [tuple(row) for row in table.rows]


HERE = "Studies with outcomes: 4 of 20 studies (20%; 95% confidence interval 8% to 42%)"
WHAT = "Projects with outcomes (A and others 2015): "


@pytest.mark.parametrize(
    ("comparison", "row"),
    [
        (
            published(entry(n=24, N=122), interval=Interval(0.136, 0.276, 0.95, 2, "Wilson")),
            ("p1", "19.7% (14% to 28%)", HERE, f"{WHAT}24 of 122."),
        ),
        (
            published(entry(n=0, N=11), interval=Interval(0.0, 0.238, 0.95, 1, "exact")),
            ("p1", "0.0% (0% to 24%)", HERE, f"{WHAT}0 of 11."),
        ),
        (
            published(entry(N=200, percent=45)),
            ("p1", "no interval", HERE, f"{WHAT}45% of 200; the source does not give the numerator."),
        ),
        (
            published(entry(n=35, N=100, not_comparable_because="it counts the reverse"), verdict="not_comparable"),
            (
                "p1", "must not be compared", "Studies with outcomes",
                "Projects with outcomes: it counts the reverse.",
            ),
        ),
    ],
)  # fmt: skip
def test_row_has_both_numbers(comparison: Comparison, row: tuple[str, ...]) -> None:
    assert _rows(comparison) == [row]


def test_number_beside_a_figure_that_does_not_exist_has_a_row() -> None:
    missing = entry(id="p2", n=4, N=34, beside="x.shares")
    elsewhere = entry(id="p3", n=4, N=34, beside="y.share")
    assert _rows(entries=(missing, elsewhere)) == [
        ("p2", "not compared", "There is no figure x.shares.", f"{WHAT}4 of 34.")
    ]


def test_population_shares_are_not_published_numbers() -> None:
    figure = replace(share("x.share", 4, 20), comparisons=(compared(benchmark(9)),))
    assert published_table(Result("x", figures=(figure,)), FRAMEWORK) == ()


# The table of groups beside population shares.

RECOMMENDED = reviewed(
    FRAMEWORK,
    recommendations=[Recommendation(id="r1", statement="s", groups=("dementia",), not_measurable_because="n")],
)


def _groups(
    *benchmarks: Benchmark, dementia: Figure | None = None, **comparison: object
) -> dict[str, tuple[object, ...]]:
    """Return the rows of the table by their label, for a base in which 2 of 20 studies focus on women."""
    comparisons = tuple(compared(b, **comparison) for b in benchmarks if b.standardised is False)
    figures = [
        replace(share("representation.women", 2, 20), comparisons=comparisons),
        dementia or share("representation.dementia", 0, 20),
        share("representation.rural", 0, 20),
    ]
    (table,) = benchmark_table(figures, replace(RECOMMENDED, benchmarks=benchmarks))
    columns = ("Population share", "Share", "Ratio", "Studies needed", "Reading")
    assert (table.id, table.columns) == ("representation.benchmarks", columns)
    return {str(row[0]): tuple(row[1:]) for row in table.rows}


def test_row_of_a_benchmark_has_its_ratio_and_verdict() -> None:
    rows = _groups(benchmark(18.3))
    assert rows["Women in England"] == (
        "18.3%", "0.55 (0.15 to 1.64)", 15,
        "There are too few studies to compare. The interval of the ratio overlaps 0.8 to 1.2.",
    )  # fmt: skip


def test_row_without_a_verdict_has_the_reason_alone() -> None:
    rows = _groups(benchmark(9), verdict=None, basis="one_benchmark")
    assert rows["Women in England"] == (
        "9%", "0.55 (0.15 to 1.64)", 32, "There is only one benchmark, so no verdict is given.",
    )  # fmt: skip
    undivided = _groups(benchmark(9), verdict=None, basis="not_divided", ratio=None, interval=None)
    assert undivided["Women in England"][1] == ""


@pytest.mark.parametrize(
    ("standardised", "because"),
    [
        (True, "it is standardised by age"),
        ("not_found", "nobody knows whether it is standardised by age"),
    ],
)
def test_benchmark_that_is_never_divided_is_context(standardised: bool, because: str) -> None:
    rows = _groups(benchmark(9.5, standardised=standardised))
    reading = f"This is context and is never divided, because {because}."
    assert rows["Women in England"] == ("9.5%", "", None, reading)


def test_benchmark_for_other_studies_is_context() -> None:
    given = replace(RECOMMENDED, benchmarks=(benchmark(9, suitable_for=("staff",)),))
    figures = [share(f"representation.{group}", 2, 20) for group in ("women", "dementia", "rural")]
    (table,) = benchmark_table(figures, given)
    assert table.rows[0][4] == "This is context and is never divided, because it is not meant for these studies."


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (share("representation.dementia", 0, 20), "Of 20 studies, 0 focus on this group."),
        (share("representation.dementia", 1, 20), "Of 20 studies, 1 focuses on this group."),
        (
            share("representation.dementia", 2, 18, 2),
            "Of 18 studies, 2 focus on this group. For 2 more this is not known.",
        ),
        (
            share("representation.dementia", 0, 0, 20),
            "Whether studies focus on this group is not known for any of 20 studies.",
        ),
    ],
)
def test_recommended_group_without_a_benchmark_is_listed(figure: Figure, words: str) -> None:
    rows = _groups(benchmark(18.3), dementia=figure)
    assert list(rows) == ["Women in England", "People living with dementia"]  # no recommendation names rural places
    assert rows["People living with dementia"] == ("none", "", None, f"There is no usable benchmark. {words}")


def test_no_benchmark_no_group_no_table() -> None:
    figures = [share(f"representation.{group}", 0, 20) for group in ("women", "dementia", "rural")]
    assert benchmark_table(figures, FRAMEWORK) == ()
