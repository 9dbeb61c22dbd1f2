"""Outcomes that people named and no study reports, in words."""

from coprod_review.gaps.analyses import testimony
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import count

NAMED = ("people.self.valued", "staff.work.ease", "people.living.home")


def _result(*not_studied: str, named: tuple[str, ...] = NAMED, missing: tuple[str, ...] = ()) -> Result:
    figure = count("testimony.not-studied", not_studied, named, "outcome")
    return Result("testimony", figures=(figure,), facts=testimony.TestimonyFacts(2), missing=missing)


def test_statement_names_the_outcomes(framework: Framework) -> None:
    assert words.statement(_result("staff.work.ease", "people.living.home"), framework) == (
        "People named 3 outcomes in 2 statements and examples. 2 of them were seen in no study here: clearer, "
        "easier work; and suitable home."
    )


def test_every_outcome_is_studied(framework: Framework) -> None:
    assert words.statement(_result(), framework) == (
        "People named 3 outcomes in 2 statements and examples. Each of them was seen in at least one study here."
    )


def test_base_without_testimony(framework: Framework) -> None:
    result = _result(named=(), missing=("testimony",))
    assert words.statement(result, framework) == "This base holds no testimony."
    assert words.missing(result, framework) == ("no statement by participants is held: add testimony to review.yaml")
