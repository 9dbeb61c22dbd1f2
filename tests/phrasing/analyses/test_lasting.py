"""Cost, and whether effects last, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import share

NAMES = ("cost", "economic-evaluation", "over-6-months", "over-24-months")
REMEDY = "code follow_up of each finding, or cost_measure of each study, from full texts"


def _result(*numbers: tuple[int, int, int], missing: tuple[str, ...] = ()) -> Result:
    figures = tuple(share(f"lasting.{name}", *given) for name, given in zip(NAMES, numbers, strict=True))
    return Result("lasting", figures=figures, missing=missing)


def test_statement_gives_all_four(framework: Framework) -> None:
    result = _result((3, 11, 4), (1, 11, 4), (3, 12, 3), (1, 11, 4))
    assert words.statement(result, framework) == (
        "Of 15 outcome studies: any measure of cost, 3 of 11 studies (27%; 95% confidence interval 10% to 57%), and "
        "not "
        "known for 4 more; an economic evaluation, 1 of 11 studies (9%; 95% confidence interval 2% to 38%), and not "
        "known "
        "for 4 more; follow-up over six months, 3 of 12 studies (25%; 95% confidence interval 9% to 53%), and not "
        "known for "
        "3 more; over 24 months, 1 of 11 studies (9%; 95% confidence interval 2% to 38%), and not known for 4 more."
    )


def test_where_nothing_is_known(framework: Framework) -> None:
    result = _result(*((0, 0, 2),) * 4, missing=("follow_up_or_cost",))
    assert words.statement(result, framework) == (
        "Of 2 outcome studies: any measure of cost, not known for any of 2 studies; an economic evaluation, not known "
        "for any of 2 studies; follow-up over six months, not known for any of 2 studies; over 24 months, not known "
        "for any of 2 studies."
    )
    assert words.missing(result, framework) == f"cost and follow-up are not known for any outcome study: {REMEDY}"


def test_only_what_is_missing_is_named(framework: Framework) -> None:
    known, unknown = (0, 1, 0), (0, 0, 1)
    cost = _result(unknown, unknown, known, known, missing=("follow_up_or_cost",))
    follow_up = _result(known, known, unknown, unknown, missing=("follow_up_or_cost",))
    assert words.missing(cost, framework) == f"cost is not known for any outcome study: {REMEDY}"
    assert words.missing(follow_up, framework) == f"follow-up is not known for any outcome study: {REMEDY}"


def test_without_an_outcome_study(framework: Framework) -> None:
    result = _result(*((0, 0, 0),) * 4)
    assert words.statement(result, framework) == "No study here was seen to report an outcome."
