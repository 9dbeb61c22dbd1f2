"""Intervals against the vectors of the methods notes and tables frozen from other programs."""

import math

import pytest

from coprod_review.statistics import bonett_price, share_interval, studies_for_zero, wilson, zero_upper


@pytest.mark.parametrize(
    ("n", "total", "low", "high"),
    [
        (24, 122, 0.136, 0.276),
        (18, 33, 0.380, 0.702),
        (1, 18, 0.010, 0.258),
        (1, 33, 0.005, 0.153),
        (0, 20, 0.0, 0.161),
        (2, 20, 0.028, 0.301),
    ],
)
def test_wilson_gives_the_vectors_of_the_methods_notes(n: int, total: int, low: float, high: float) -> None:
    assert wilson(n, total) == pytest.approx((low, high), abs=5e-4)


# Frozen from scipy 1.17.1: scipy.stats.binomtest(n, N).proportion_ci(method="wilson").
WILSON_SCIPY = [
    (0, 10, 0.0, 0.27753279986288926),
    (1, 10, 0.017876213095072896, 0.4041500267952385),
    (5, 10, 0.236593090512564, 0.7634069094874361),
    (10, 10, 0.7224672001371109, 1.0),
    (22, 28, 0.6046141434627813, 0.8978753966710212),
    (50, 100, 0.4038315303659956, 0.5961684696340044),
]


@pytest.mark.parametrize(("n", "total", "low", "high"), WILSON_SCIPY)
def test_wilson_agrees_with_scipy(n: int, total: int, low: float, high: float) -> None:
    assert wilson(n, total) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize(
    ("cells", "ratio", "low", "high"),
    [((1, 1, 7), 0.25, 0.068, 0.923), ((8, 4, 14), 0.545, 0.33, 0.91), ((5, 1, 13), 0.333, 0.17, 0.67)],
)
def test_bonett_price_gives_the_vectors_of_the_methods_notes(
    cells: tuple[int, int, int], ratio: float, low: float, high: float
) -> None:
    a, b, c = cells
    assert (a + b) / (a + c) == pytest.approx(ratio, abs=1e-3)
    assert bonett_price(a, b, c) == pytest.approx((low, high), abs=6e-3)


def test_bonett_price_with_no_outcome_at_all() -> None:
    assert bonett_price(0, 0, 26) == pytest.approx((0.0, 0.148), abs=1e-3)


def test_a_zero_has_an_exact_one_sided_limit() -> None:
    interval = share_interval(0, 20)
    assert (interval.sides, interval.low) == (1, 0.0)
    assert interval.high == pytest.approx(0.139, abs=5e-4)
    assert zero_upper(30) == pytest.approx(0.095, abs=5e-4)


@pytest.mark.parametrize(("share", "needed"), [(0.183, 15), (0.09, 32), (0.032, 93), (0.011, 271), (0.005, 598)])
def test_how_many_studies_a_zero_needs(share: float, needed: int) -> None:
    assert studies_for_zero(share) == needed
    assert (1 - share) ** needed <= 0.05 < (1 - share) ** (needed - 1)


@pytest.mark.parametrize(("n", "total"), [(-1, 5), (6, 5), (0, 0)])
def test_no_share_of_nothing(n: int, total: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(n, total)


def test_no_ratio_to_nothing() -> None:
    with pytest.raises(ValueError, match="second side"):
        bonett_price(0, 3, 0)


def test_limits_stay_within_bounds_for_every_small_table() -> None:
    for m in range(1, 13):
        for a in range(m + 1):
            for b in range(m - a + 1):
                c = m - a - b
                if a + c:
                    low, high = bonett_price(a, b, c)
                    assert 0 <= low <= (a + b) / (a + c) <= high + 1e-12
                    assert math.isfinite(high)
