"""Outcomes that people named and no study reports, in words."""

import pytest

from coprod_review.gaps.analyses import testimony
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import count

NAMED = ("people.self.valued", "staff.work.ease", "people.living.home")


def _result(*not_studied: str, named: tuple[str, ...] = NAMED, statements: int = 2) -> Result:
    figure = count("testimony.not-studied", not_studied, named, "outcome")
    facts = testimony.TestimonyFacts(statements)
    return Result("testimony", figures=(figure,), facts=facts, missing=() if named else ("testimony",))


@pytest.mark.parametrize(
    ("result", "statement"),
    [
        (
            _result("people.living.home"),
            (
                "Participants named 3 outcomes in 2 statements and examples. No study here is known to report 1 of "
                "them: suitable home."
            ),
        ),
        (
            _result("staff.work.ease", "people.living.home"),
            (
                "Participants named 3 outcomes in 2 statements and examples. No study here is known to report 2 of "
                "them: clearer, easier work; and suitable home."
            ),
        ),
        (
            _result(),
            "Participants named 3 outcomes in 2 statements and examples. At least one study here reports each of them.",
        ),
        (
            _result("people.living.home", named=("people.living.home",), statements=1),
            (
                "Participants named 1 outcome in 1 statement or example. No study here is known to report it: suitable "
                "home."
            ),
        ),
        (
            _result(named=("people.living.home",), statements=1),
            "Participants named 1 outcome in 1 statement or example. At least one study here reports it.",
        ),
        (_result(named=()), "This question cannot be answered yet."),
    ],
)
def test_statement(result: Result, statement: str, framework: Framework) -> None:
    assert words.statement(result, framework) == statement


def test_what_is_missing(framework: Framework) -> None:
    assert words.missing_sentence(_result(named=()), framework) == (
        "This base has no statements by participants. To answer the question, add testimony to review.yaml."
    )
