"""Groups beside population shares: verdicts only where the numbers carry them."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps import representation
from coprod_review.models import Benchmark, Framework
from coprod_review.results import Figure
from tests.conftest import study


def _benchmark(value: float, number: int = 1, **changes: Any) -> Benchmark:
    plain = Benchmark(
        id=f"b{number}",
        group="minority-ethnic",
        label="A share",
        value=value,
        unit="percent",
        numerator="not_found",
        denominator_population="Residents",
        age_range="not_found",
        year=2021,
        geography=("England",),
        standardised=False,
        publisher="P",
        address="https://example.org",
        retrieved="not_found",
        caveat="c",
        suitable_for=("people",),
    )
    return replace(plain, **changes)


def _figure(framework: Framework, focus: int, total: int, *benchmarks: Benchmark) -> Figure:
    studies = [
        study(n, populations={"minority-ethnic": "focus"} if n <= focus else {"no-particular-group": "focus"})
        for n in range(1, total + 1)
    ]
    result = representation.analyse(studies, replace(framework, benchmarks=benchmarks))
    return next(f for f in result.figures if f.id == "representation.minority-ethnic")


def test_the_table_of_the_methods_notes(framework: Framework) -> None:
    figure = _figure(framework, 2, 20, _benchmark(18.3), _benchmark(9.6, 2), _benchmark(6.4, 3))
    ratios = [
        (round(c.ratio or 0, 2), round(c.interval.low, 2), round(c.interval.high or 0, 2))
        for c in figure.comparisons
        if c.interval
    ]
    assert ratios == [(0.55, 0.15, 1.64), (1.04, 0.29, 3.14), (1.56, 0.44, 4.70)]
    assert {c.verdict for c in figure.comparisons} == {"too few studies to say"}


def test_a_verdict_needs_two_benchmarks_and_the_whole_interval(framework: Framework) -> None:
    both = _figure(framework, 2, 200, _benchmark(18.3), _benchmark(9.6, 2))
    assert [c.verdict for c in both.comparisons] == ["lower than the benchmark"] * 2
    one = _figure(framework, 2, 200, _benchmark(18.3))
    assert [c.verdict for c in one.comparisons] == [None]
    split = _figure(framework, 2, 200, _benchmark(18.3), _benchmark(1.0, 2))
    assert {c.verdict for c in split.comparisons} == {"too few studies to say"}


@pytest.mark.parametrize(
    ("focus", "shares", "verdict"),
    [
        # 2 of 200 is plausibly 0.3% to 3.6%: 0.77 of 4.65%, and 0.84 of 4.25%.
        (2, (4.65, 4.7), "lower than the benchmark"),
        (2, (4.25, 4.3), "too few studies to say"),
        # 100 of 200 is plausibly 43% to 57%: 1.25 times 34.5%, and 1.15 times 37.5%.
        (100, (34.5, 34.4), "higher than the benchmark"),
        (100, (37.5, 37.4), "too few studies to say"),
    ],
)
def test_the_band_of_similar_representation(
    focus: int, shares: tuple[float, float], verdict: str, framework: Framework
) -> None:
    figure = _figure(framework, focus, 200, _benchmark(shares[0]), _benchmark(shares[1], 2))
    assert {c.verdict for c in figure.comparisons} == {verdict}


def test_works_without_participants_leave_the_denominator(framework: Framework) -> None:
    about = [study(n, populations={"minority-ethnic": "focus"}) for n in range(1, 4)]
    theory = [study(n, populations={"minority-ethnic": "not_applicable"}) for n in range(4, 15)]
    figures = representation.analyse([*about, *theory], framework).figures
    figure = next(f for f in figures if f.id == "representation.minority-ethnic")
    assert (figure.numerator, figure.denominator) == (3, 3)


def test_a_zero_is_none_found_whatever_the_benchmark(framework: Framework) -> None:
    figure = _figure(framework, 0, 17, _benchmark(18.3), _benchmark(9.6, 2))
    assert [c.verdict for c in figure.comparisons] == ["none found", "none found"]


def test_a_floor_supports_no_higher(framework: Framework) -> None:
    figure = _figure(framework, 100, 200, _benchmark(10, floor=True), _benchmark(11, 2))
    assert {c.verdict for c in figure.comparisons} == {"too few studies to say"}


def test_a_share_that_is_a_floor_says_so(framework: Framework) -> None:
    figure = _figure(framework, 2, 20, _benchmark(9.6, floor=True), _benchmark(18.3, 2))
    assert "at most this" in figure.comparisons[0].reason
    assert "at most this" not in figure.comparisons[1].reason


def test_a_group_that_nobody_focuses_on_may_be_included_or_not_coded(framework: Framework) -> None:
    studies = [study(1, populations={"dementia": "included"}), study(2)]
    gap = next(g for g in representation.analyse(studies, framework).gaps if g.where == "dementia")
    assert gap.statement == (
        "People living with dementia: no study here that is coded focuses on them, though 1 include them"
    )


def test_a_zero_in_a_small_base_is_silence(framework: Framework) -> None:
    figure = _figure(framework, 0, 20, _benchmark(9.0), _benchmark(3.2, 2))
    assert [c.verdict for c in figure.comparisons] == ["none found"] * 2
    assert "32 studies" in figure.comparisons[0].reason


@pytest.mark.parametrize(
    "changes", [{"standardised": True, "suitable_for": ()}, {"standardised": "not_found"}, {"suitable_for": ("staff",)}]
)
def test_some_shares_never_divide(changes: dict[str, Any], framework: Framework) -> None:
    assert _figure(framework, 2, 20, _benchmark(9.0, **changes)).comparisons == ()


def test_a_study_without_any_group_code_is_not_known(framework: Framework) -> None:
    studies = [study(n, populations={"dementia": "focus"}) for n in range(1, 11)] + [study(11), study(12)]
    figure = next(f for f in representation.analyse(studies, framework).figures if f.id == "representation.dementia")
    assert (figure.numerator, figure.denominator) == (10, 10)
    assert figure.unknown is not None
    assert figure.unknown.count == 2


def test_inclusion_and_silence_are_shown_apart(framework: Framework) -> None:
    codes = (
        "focus",
        "included",
        "included_n",
        "excluded",
        "none_recruited",
        "not_reported",
        "not_applicable",
        "not_coded",
    )
    studies = [study(n, populations={"dementia": code}) for n, code in enumerate(codes, 1)]
    table = representation.analyse(studies, framework).tables[0]
    row = next(row for row in table.rows if row[0] == "People living with dementia")
    assert [cell.n for cell in row[1:]] == [1, 2, 1, 1, 1, 1, 1]  # type: ignore[union-attr]


def test_groups_that_recommendations_name_come_first(bundled: Any) -> None:
    result = representation.analyse(bundled.studies, bundled.framework)
    assert [g.where for g in result.gaps[:2]] == ["unpaid-carers", "minority-ethnic"]
