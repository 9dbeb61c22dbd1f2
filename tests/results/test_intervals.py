"""Intervals against the vectors of the methods notes and against tables frozen from other programs.

`frozen/README.md` says how each table was made.
"""

import csv
import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from coprod_review.results.intervals import bonett_price, share_interval, studies_for_zero, wilson, zero_upper

FROZEN = Path(__file__).parent / "frozen"


def frozen(name: str) -> list[dict[str, str]]:
    with (FROZEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(ours: Sequence[float], theirs: Sequence[str], tolerance: float = 1e-13) -> bool:
    """Whether each number is theirs, relative to its size; a zero must be a zero to the last bit but few."""
    pairs = zip(ours, map(float, theirs), strict=True)
    return all(math.isclose(one, other, rel_tol=tolerance, abs_tol=1e-16) for one, other in pairs)


# Wilson


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


@pytest.mark.parametrize("program", ["scipy", "statsmodels", "r"])
def test_wilson_gives_what_other_programs_give(program: str) -> None:
    rows = frozen("wilson")
    assert {int(row["total"]) for row in rows} == set(range(1, 201))
    wrong = [
        row
        for row in rows
        if not same(wilson(int(row["n"]), int(row["total"])), (row[f"low_{program}"], row[f"high_{program}"]))
    ]
    assert not wrong


@pytest.mark.parametrize("total", [1, 2, 10, 200, 100_000])
def test_wilson_ends_exactly_where_a_share_ends(total: int) -> None:
    assert (wilson(0, total)[0], wilson(total, total)[1]) == (0.0, 1.0)


@pytest.mark.parametrize(("n", "total"), [(-1, 5), (6, 5), (0, 0), (1, 0), (0, -1), (-2, -1)])
def test_no_share_of_nothing(n: int, total: int) -> None:
    with pytest.raises(ValueError, match=f"^{n} of {total} is no share$"):
        wilson(n, total)


# The limit of a zero count


@pytest.mark.parametrize(
    ("column", "tolerance"),
    # binomtest searches for its limit, and stops the search at 1e-12; the others have it in closed form.
    [("scipy_beta", 1e-13), ("scipy_binomtest", 1e-10), ("statsmodels", 1e-13), ("r", 1e-13)],
)
def test_zero_limit_matches_other_programs(column: str, tolerance: float) -> None:
    rows = frozen("zero")
    assert {int(row["total"]) for row in rows if row["level"] == "0.95"} >= set(range(1, 201))
    assert {row["level"] for row in rows} == {"0.9", "0.95", "0.99"}
    wrong = [
        row
        for row in rows
        if not same([zero_upper(int(row["total"]), float(row["level"]))], [row[column]], tolerance)
        or (row["level"] == "0.95" and not same([zero_upper(int(row["total"]))], [row[column]], tolerance))
    ]
    assert not wrong


def test_a_zero_has_an_exact_one_sided_limit() -> None:
    interval = share_interval(0, 20)
    assert (interval.sides, interval.low) == (1, 0.0)
    assert interval.high == pytest.approx(0.139, abs=5e-4)
    assert zero_upper(30) == pytest.approx(0.095, abs=5e-4)


@pytest.mark.parametrize("total", [0, -1])
def test_no_limit_without_a_study(total: int) -> None:
    with pytest.raises(ValueError, match="a share needs at least one study"):
        zero_upper(total)


# The interval of a share


def test_share_interval_depends_on_its_count() -> None:
    zero = {row["total"]: row["r"] for row in frozen("zero") if row["level"] == "0.95"}
    kinds = set()
    for row in frozen("wilson"):
        interval = share_interval(int(row["n"]), int(row["total"]))
        assert interval.high is not None
        limits = ("0", zero[row["total"]]) if row["n"] == "0" else (row["low_r"], row["high_r"])
        assert same((interval.low, interval.high), limits), row
        kinds.add((row["n"] == "0", interval.level, interval.sides, interval.method))
    assert kinds == {(True, 0.95, 1, "exact binomial, zero count"), (False, 0.95, 2, "Wilson")}


@pytest.mark.parametrize(
    ("n", "total", "message"),
    [(0, 0, "at least one study"), (3, 2, "3 of 2 is no share"), (-1, 5, "-1 of 5 is no share")],
)
def test_no_interval_of_what_is_no_share(n: int, total: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        share_interval(n, total)


# The ratio of paired proportions


@pytest.mark.parametrize(
    ("cells", "ratio", "low", "high", "digits"),
    [
        ((1, 1, 7), 0.25, 0.068, 0.923, 3),
        ((8, 4, 14), 0.545, 0.33, 0.91, 2),
        ((5, 1, 13), 0.333, 0.17, 0.67, 2),
        ((0, 0, 26), 0.0, 0.0, 0.15, 2),
    ],
)
def test_bonett_price_gives_the_vectors_of_the_methods_notes(
    cells: tuple[int, int, int], ratio: float, low: float, high: float, digits: int
) -> None:
    a, b, c = cells
    assert (a + b) / (a + c) == pytest.approx(ratio, abs=1e-3)
    assert tuple(round(limit, digits) for limit in bonett_price(a, b, c)) == (low, high)


def test_bonett_price_with_no_outcome_at_all() -> None:
    assert bonett_price(0, 0, 26) == pytest.approx((0.0, 0.148), abs=1e-3)


@pytest.mark.parametrize(
    ("cells", "low", "high", "digits"),
    [
        # What the R packages statpsych (ci.ratio.prop.ps, twice) and contingencytables print of their own examples.
        ((6, 26, 4), 1.766544, 5.796628, 6),
        ((6, 4, 26), 0.1725141, 0.566077, 7),
        ((59, 6, 16), 0.7579, 0.9910, 4),
    ],
)
def test_bonett_price_gives_what_other_programs_print(
    cells: tuple[int, int, int], low: float, high: float, digits: int
) -> None:
    assert tuple(round(limit, digits) for limit in bonett_price(*cells)) == (low, high)


@pytest.mark.parametrize("program", ["", "_statsmodels", "_r"])
def test_bonett_price_gives_what_other_ways_to_it_give(program: str) -> None:
    rows = frozen("ratio")
    assert len(rows) >= 40
    wrong = [
        row
        for row in rows
        if not same(
            bonett_price(int(row["a"]), int(row["b"]), int(row["c"])),
            (row[f"low{program}"], row[f"high{program}"]),
        )
    ]
    assert not wrong


def test_the_limits_of_a_ratio_close_in_on_it() -> None:
    assert bonett_price(8, 4, 14, z=0.0) == pytest.approx((12 / 22, 12 / 22), rel=1e-15)


def test_limits_stay_within_bounds_for_every_small_table() -> None:
    for m in range(1, 13):
        for a in range(m + 1):
            for b in range(m - a + 1):
                c = m - a - b
                if a + c:
                    low, high = bonett_price(a, b, c)
                    assert 0 <= low <= (a + b) / (a + c) <= high + 1e-12
                    assert math.isfinite(high)
                    if low:
                        # The ratio the other way round has the reciprocal limits.
                        assert bonett_price(a, c, b) == pytest.approx((1 / high, 1 / low), rel=1e-12)


@pytest.mark.parametrize(
    ("cells", "coverage"),
    [
        ((0.25, 0.25, 0.25, 0.25), 0.9584454487112462),
        ((0.2, 0.1, 0.4, 0.3), 0.954738776424991),
        ((0.25, 0.1, 0.4, 0.25), 0.9529307902210449),
        ((0.3, 0.1, 0.3, 0.3), 0.9568683846843041),
    ],
)
def test_ratio_interval_has_its_stated_coverage(cells: tuple[float, float, float, float], coverage: float) -> None:
    computed = _coverage(20, cells)
    assert 0.947 <= computed <= 0.960
    assert computed == pytest.approx(coverage, abs=1e-12)


def test_ratio_interval_coverage_drops_if_most_overlap() -> None:
    assert _coverage(20, (0.78, 0.02, 0.12, 0.08)) == pytest.approx(0.9262295580699366, abs=1e-12)


def _coverage(pairs: int, cells: tuple[float, float, float, float]) -> float:
    """The chance of the tables of so many pairs whose interval holds the ratio; a table without one holds nothing."""
    true = (cells[0] + cells[1]) / (cells[0] + cells[2])
    tables = (
        (a, b, c, pairs - a - b - c)
        for a in range(pairs + 1)
        for b in range(pairs - a + 1)
        for c in range(pairs - a - b + 1)
        if a + c
    )
    return math.fsum(
        math.factorial(pairs)
        / math.prod(map(math.factorial, table))
        * math.prod(share**count for share, count in zip(cells, table, strict=True))
        for table in tables
        for low, high in [bonett_price(*table[:3])]
        if low <= true <= high
    )


@pytest.mark.parametrize("cells", [(0, 3, 0), (0, 0, 0), (-1, 3, 4), (3, -1, 4), (4, 3, -1), (-1, 3, 1)])
def test_no_ratio_to_nothing(cells: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="the ratio needs at least one study on the second side"):
        bonett_price(*cells)


# How many studies a zero needs


@pytest.mark.parametrize(("share", "needed"), [(0.183, 15), (0.09, 32), (0.032, 93), (0.011, 271), (0.005, 598)])
def test_how_many_studies_a_zero_needs(share: float, needed: int) -> None:
    assert studies_for_zero(share) == needed
    assert (1 - share) ** needed <= 0.05 < (1 - share) ** (needed - 1)


@pytest.mark.parametrize("column", ["needed", "needed_scipy", "needed_r"])
def test_studies_for_zero_match_a_search(column: str) -> None:
    rows = frozen("studies_for_zero")
    assert {row["level"] for row in rows} == {"0.9", "0.95", "0.99"}
    wrong = [
        row
        for row in rows
        if studies_for_zero(float(row["share"]), float(row["level"])) != int(row[column])
        or (row["level"] == "0.95" and studies_for_zero(float(row["share"])) != int(row[column]))
    ]
    assert not wrong


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, 1.5, math.nan, math.inf])
def test_no_number_of_studies_excludes_what_is_no_share(share: float) -> None:
    with pytest.raises(ValueError, match=f"^{share} is no share between 0 and 1$"):
        studies_for_zero(share)


@pytest.mark.parametrize("share", [1e-9, 1e-15, 1e-17, 1e-300])
def test_small_shares_follow_the_rule_of_three(share: float) -> None:
    # 1 - share is 1 for a float under 1e-16; -log(0.05) = 2.995732.
    assert studies_for_zero(share) * share == pytest.approx(2.995732, abs=1e-5)
