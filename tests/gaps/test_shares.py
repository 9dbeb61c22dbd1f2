"""Shares and ratios: unknowns, bounds, leave-one-out, primary studies, and when no number is given."""

import pytest

from coprod_review.gaps.analyses.focus import examines
from coprod_review.gaps.ratios import four_cells, paired_ratio
from coprod_review.gaps.shares import median_figure, share, withhold_share
from coprod_review.gaps.study_sets import from_nations, presence
from coprod_review.model.base import Framework
from coprod_review.model.study import Geography, Study
from coprod_review.results.figure import NO_CRITERIA, Figure, Unknown
from tests.conftest import aims, study
from tests.gaps.worked import named, numbers, practices, primary


def _studies(yes: int, no: int, unknown: int) -> tuple[Study, ...]:
    codes = ["outcome"] * yes + ["process"] * no + ["not_coded"] * unknown
    return tuple(study(number, aims=aims(code)) for number, code in enumerate(codes, 1))


def _share(studies: tuple[Study, ...], framework: Framework) -> Figure:
    return share("x.share", "X", "declared", studies, examines("outcome"), framework.codebook)


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
    reviews = tuple(study(100 + n, aims=aims("outcome"), design="scoping-review") for n in range(5))
    figure = _share(_studies(6, 6, 0) + reviews, framework)
    assert (figure.numerator, figure.denominator) == (11, 17)
    assert figure.primary_only is not None
    assert (figure.primary_only.numerator, figure.primary_only.denominator, figure.primary_only.value) == (6, 12, 0.5)


@pytest.mark.parametrize(
    ("yes", "no", "unknown", "reason"),
    [
        (3, 6, 0, "few_known"),
        (0, 9, 0, "few_known"),
        (9, 0, 0, "few_known"),
        (12, 0, 3, "one_sided"),
        (2, 0, 1, "one_sided"),
        (0, 0, 12, "nothing_known"),
        (0, 0, 0, "empty"),
    ],
)
def test_when_no_share_is_given_the_reason_is(
    yes: int, no: int, unknown: int, reason: str, framework: Framework
) -> None:
    figure = _share(_studies(yes, no, unknown), framework)
    assert (figure.value, figure.interval, figure.leave_one_out, figure.reason) == (None, None, None, reason)
    assert (figure.numerator, figure.denominator) == (yes if yes + no else None, yes + no)


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
    return tuple(study(number, aims=aims(code)) for number, code in enumerate(codes, 1))


def _ratio(studies: tuple[Study, ...], framework: Framework) -> Figure:
    sides = examines("outcome"), examines("process")
    return paired_ratio("x.ratio", "X", "declared", studies, *sides, framework.codebook)


def test_the_worked_example_of_the_methods_notes(framework: Framework) -> None:
    figure = _ratio(_paired(5, 1, 13, 1), framework)
    assert (figure.numerator, figure.denominator) == (6, 18)
    assert figure.value == pytest.approx(1 / 3)
    assert figure.leave_one_out is not None
    assert (round(figure.leave_one_out.low, 2), round(figure.leave_one_out.high, 2)) == (0.28, 0.35)


def test_ratio_bounds_are_its_extremes(framework: Framework) -> None:
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
    neither, unknown = _ratio(_paired(0, 12, 0, 3), framework), _ratio(_paired(0, 12, 0, 0, 3), framework)
    for figure in (neither, unknown):
        assert (figure.numerator, figure.denominator, figure.value) == (12, 0, None)
        assert figure.reason == "no_second_side"
    # If all of the three unknown studies examine the process alone, the ratio is 12 to 3; if none does, there is none.
    assert neither.unknown == Unknown(0, None, None)
    assert unknown.unknown == Unknown(3, 4.0, None)


def test_under_ten_studies_there_is_no_ratio(framework: Framework) -> None:
    assert _ratio(_paired(3, 3, 3, 20), framework).reason == "few_known"


def test_four_cells_need_both_sides_known() -> None:
    cells = four_cells(_paired(1, 1, 1, 1, 2), examines("outcome"), examines("process"))
    assert [len(c) for c in (cells.both, cells.first_only, cells.second_only, cells.neither, cells.unknown)] == [
        1,
        1,
        1,
        1,
        2,
    ]


def test_share_lists_counted_and_unknown_ids(framework: Framework) -> None:
    figure = _share(_studies(2, 3, 2), framework)
    assert (figure.numerator_ids, figure.denominator_ids, figure.unknown_ids) == (
        named(1, 2),
        named(1, 2, 3, 4, 5),
        named(6, 7),
    )
    assert figure.studies == figure.numerator_ids
    assert (figure.kind, figure.unit) == ("share", "study")


def test_the_bounds_need_a_pool_and_nothing_else(framework: Framework) -> None:
    none, open_ = _share((), framework), _share(_studies(0, 0, 4), framework)
    assert none.unknown is not None
    assert open_.unknown is not None
    assert (none.unknown.count, none.unknown.low, none.unknown.high) == (0, None, None)
    assert (open_.unknown.count, open_.unknown.low, open_.unknown.high) == (4, 0.0, 1.0)


def test_practices_split_counts_studies_in_each(framework: Framework) -> None:
    studies = [
        study(1, aims=aims("outcome"), practice=("ppi", "co-design")),
        study(2, aims=aims("process"), practice=("co-design",)),
        study(3, practice=("ppi",)),
        study(4, aims=aims("both")),  # names no practice
    ]
    code, book = examines("outcome"), framework.codebook
    figure = share("x.share", "X", "d", studies, code, book, headline=True)
    # In the order of the codebook, and no practice that nobody names.
    assert list(practices(figure).items()) == [("co-design", (1, 2, 0)), ("ppi", (1, 1, 1))]
    assert share("x.share", "X", "d", studies, code, book).practices == ()


def test_primary_share_needs_a_share(framework: Framework) -> None:
    reviews = tuple(study(100 + n, design="scoping-review") for n in range(3))
    figure = _share(_studies(12, 0, 0) + reviews, framework)
    assert (figure.value, figure.reason) == (None, "one_sided")
    assert primary(figure) == (12, 12, None)


def test_guard_withholds_value_if_absence_unknown(framework: Framework) -> None:
    nine = tuple(study(200 + n, coded_from="full_text", role="context") for n in range(9))
    figure = _share(_studies(6, 14, 1), framework)
    withheld = withhold_share(figure, nine, framework.codebook)
    assert (numbers(withheld), withheld.interval, withheld.leave_one_out, withheld.reason) == (
        (6, 20, 1, None),
        None,
        None,
        "few_full_texts",
    )
    assert withheld.primary_only is not None
    assert withheld.primary_only.value is None
    assert withhold_share(figure, (*nine, study(300, coded_from="full_text")), framework.codebook) == figure
    assert (
        withhold_share(_share(_studies(6, 14, 0), framework), nine, framework.codebook).value == 0.3
    )  # nothing is unknown
    few = _share(_studies(1, 2, 1), framework)
    assert (
        withhold_share(few, nine, framework.codebook).reason == "few_known"
    )  # what stood in its way before still does


@pytest.mark.parametrize(
    ("coded_from", "found", "complete", "known"),
    [
        ("abstract", True, False, True),
        ("full_text", True, False, True),
        ("full_text", False, True, False),
        ("full_text", False, False, None),
        ("abstract", False, True, None),
        ("citation", False, True, None),
    ],
)
def test_absence_takes_a_full_text_with_every_code(
    coded_from: str, found: bool, complete: bool, known: bool | None, framework: Framework
) -> None:
    assert presence(study(1, coded_from=coded_from), framework.codebook, present=found, complete=complete) is known


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (("Wales", "Italy"), True),
        (("International", "England"), True),
        (("Italy",), False),
        (("Italy", "International"), None),
        (("International",), None),
        ((), None),
    ],
)
def test_data_from_several_countries_may_be_from_ours(
    data: tuple[str, ...], known: bool | None, framework: Framework
) -> None:
    assert from_nations(study(1, geography=Geography(data=data)), framework.codebook) is known


def test_a_median_needs_one_number(framework: Framework) -> None:
    pool = named(1, 2, 3)
    none = median_figure("x.median", "X", "d", [], pool, NO_CRITERIA)
    assert (none.value, none.denominator, none.numerator, none.reason) == (None, 0, None, "nothing_known")
    assert none.unknown_ids == pool
    two = median_figure("x.median", "X", "d", [(pool[0], 1), (pool[2], 4)], pool, NO_CRITERIA)
    assert (two.value, two.denominator_ids, two.unknown_ids, two.reason) == (2.5, named(1, 3), named(2), None)


def test_ratio_lists_ids_of_both_sides(framework: Framework) -> None:
    figure = _ratio(_paired(1, 2, 3, 1, 2), framework)
    # 1 examines both, 2 and 3 outcomes, 4 to 6 process, 7 neither; 8 and 9 are not coded.
    assert (figure.numerator_ids, figure.denominator_ids, figure.unknown_ids) == (
        named(1, 2, 3),
        named(1, 4, 5, 6),
        named(8, 9),
    )
    assert (figure.numerator, figure.denominator, figure.kind) == (3, 4, "ratio")


def test_a_ratio_of_nothing_known_has_no_count(framework: Framework) -> None:
    unknown, empty, neither = (_ratio(_paired(0, 0, 0, n, u), framework) for n, u in ((0, 12), (0, 0), (12, 0)))
    assert (unknown.numerator, unknown.denominator, unknown.reason) == (None, 0, "nothing_known")
    assert (empty.numerator, empty.denominator, empty.reason) == (None, 0, "empty")
    assert (neither.numerator, neither.denominator, neither.value) == (0, 0, None)  # that none does either is known
    assert _ratio(_paired(12, 0, 0, 0, 3), framework).reason == "one_sided"
