"""Shares and ratios: unknowns, bounds, leave-one-out, primary studies, and when no number is given."""

import pytest

from coprod_review.gaps.figures import FEW, NOTHING_KNOWN, ONE_SIDED, four_cells, paired_ratio, share
from coprod_review.gaps.focus import focus_on
from coprod_review.models import Framework, Study
from coprod_review.results import Figure
from tests.conftest import study


def _studies(yes: int, no: int, unknown: int) -> tuple[Study, ...]:
    codes = ["outcome"] * yes + ["process"] * no + ["not_coded"] * unknown
    return tuple(study(number, focus=code) for number, code in enumerate(codes, 1))


def _share(studies: tuple[Study, ...], framework: Framework) -> Figure:
    return share("x.share", "X", "declared", studies, focus_on("outcome"), framework.codebook)


def test_unknown_studies_leave_the_value_and_set_the_bounds(framework: Framework) -> None:
    figure = _share(_studies(6, 14, 5), framework)
    assert (figure.numerator, figure.denominator, figure.value) == (6, 20, 0.3)
    assert figure.interval is not None
    assert (round(figure.interval.low, 2), round(figure.interval.high or 0, 2)) == (0.15, 0.52)
    assert figure.unknown is not None
    assert (figure.unknown.count, figure.unknown.low, figure.unknown.high) == (5, 6 / 25, 11 / 25)


def test_leaving_out_any_one_study(framework: Framework) -> None:
    figure = _share(_studies(6, 14, 0), framework)
    assert figure.leave_one_out is not None
    assert (figure.leave_one_out.low, figure.leave_one_out.high) == (5 / 19, 6 / 19)


def test_primary_studies_are_counted_apart(framework: Framework) -> None:
    reviews = tuple(study(100 + n, focus="outcome", design="scoping-review") for n in range(5))
    figure = _share(_studies(6, 6, 0) + reviews, framework)
    assert (figure.numerator, figure.denominator) == (11, 17)
    assert figure.primary_only is not None
    assert (figure.primary_only.numerator, figure.primary_only.denominator, figure.primary_only.value) == (6, 12, 0.5)


@pytest.mark.parametrize(
    ("yes", "no", "unknown", "reason"),
    [(3, 6, 0, FEW), (12, 0, 3, ONE_SIDED), (0, 0, 12, NOTHING_KNOWN), (0, 0, 0, NOTHING_KNOWN)],
)
def test_when_no_share_is_given_the_reason_is(
    yes: int, no: int, unknown: int, reason: str, framework: Framework
) -> None:
    figure = _share(_studies(yes, no, unknown), framework)
    assert (figure.value, figure.interval, figure.leave_one_out, figure.reason) == (None, None, None, reason)
    assert (figure.numerator, figure.denominator) == (yes, yes + no)


def test_ten_known_studies_are_enough(framework: Framework) -> None:
    assert _share(_studies(3, 7, 0), framework).value == 0.3


def test_a_zero_has_a_one_sided_interval(framework: Framework) -> None:
    figure = _share(_studies(0, 20, 0), framework)
    assert figure.interval is not None
    assert (figure.value, figure.interval.sides) == (0.0, 1)
    assert figure.interval.high == pytest.approx(0.139, abs=5e-4)


def _paired(both: int, outcome: int, process: int, neither: int, unknown: int = 0) -> tuple[Study, ...]:
    codes = (
        ["both"] * both
        + ["outcome"] * outcome
        + ["process"] * process
        + ["neither"] * neither
        + ["not_coded"] * unknown
    )
    return tuple(study(number, focus=code) for number, code in enumerate(codes, 1))


def _ratio(studies: tuple[Study, ...], framework: Framework) -> Figure:
    sides = focus_on("outcome"), focus_on("process")
    return paired_ratio("x.ratio", "X", "declared", studies, *sides, framework.codebook)


def test_the_worked_example_of_the_methods_notes(framework: Framework) -> None:
    figure = _ratio(_paired(5, 1, 13, 1), framework)
    assert (figure.numerator, figure.denominator) == (6, 18)
    assert figure.value == pytest.approx(1 / 3)
    assert figure.leave_one_out is not None
    assert (round(figure.leave_one_out.low, 2), round(figure.leave_one_out.high, 2)) == (0.28, 0.35)


def test_the_bounds_of_a_ratio_are_its_extremes_over_every_way_the_unknown_could_fall(framework: Framework) -> None:
    known = (5, 3, 4, 2)
    figure = _ratio(_paired(*known, unknown=2), framework)
    ways = []
    for one in range(4):
        for two in range(4):
            a, b, c, _ = (known[n] + (one == n) + (two == n) for n in range(4))
            ways.append((a + b) / (a + c))
    assert figure.unknown is not None
    assert (figure.unknown.low, figure.unknown.high) == (min(ways), max(ways))


def test_nothing_is_divided_by_zero(framework: Framework) -> None:
    figure = _ratio(_paired(0, 12, 0, 3), framework)
    assert figure.value is None
    assert "divided by zero" in (figure.reason or "")


def test_under_ten_studies_there_is_no_ratio(framework: Framework) -> None:
    assert _ratio(_paired(3, 3, 3, 20), framework).reason == FEW


def test_the_four_cells_hold_only_studies_known_on_both_sides() -> None:
    cells = four_cells(_paired(1, 1, 1, 1, 2), focus_on("outcome"), focus_on("process"))
    assert [len(c) for c in (cells.both, cells.first_only, cells.second_only, cells.neither, cells.unknown)] == [
        1,
        1,
        1,
        1,
        2,
    ]
