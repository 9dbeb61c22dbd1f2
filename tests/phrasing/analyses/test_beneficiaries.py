"""Who the outcomes are for, in words."""

import pytest

from coprod_review.gaps.analyses.beneficiaries import BeneficiariesFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import share

Counts = tuple[int, int, int]
"""How many studies have such an outcome, for how many that is known, and for how many it is not."""


def _result(wider: Counts, took_part: Counts, outcome_studies: int, *missing: str) -> Result:
    figures = share("beneficiaries.wider", *wider), share("beneficiaries.took-part", *took_part)
    return Result("beneficiaries", figures, facts=BeneficiariesFacts(outcome_studies), missing=missing)


def test_others_and_people_who_took_part_have_their_own_numbers(framework: Framework) -> None:
    assert words.statement(_result((2, 2, 14), (14, 14, 2), 21), framework) == (
        "At least 2 of 16 studies report outcomes for people who did not take part; this is not known for 14 studies. "
        "At least 14 of 16 studies report outcomes for people who took part; this is not known for 2 studies. "
        "Of 21 outcome studies, 16 say who an outcome is for. "
        "The text that was read cannot rule out outcomes for other people."
    )


def test_known_answers_need_no_limit(framework: Framework) -> None:
    assert words.statement(_result((0, 1, 0), (1, 1, 0), 3), framework) == (
        "0 of 1 study reports an outcome for people who did not take part. "
        "1 of 1 study reports an outcome for people who took part. Of 3 outcome studies, 1 says who an outcome is for."
    )


def test_unknown_others_are_not_reported_as_none(framework: Framework) -> None:
    statement = words.statement(_result((0, 0, 4), (4, 4, 0), 4), framework)
    assert statement.startswith(
        "We do not know whether any of 4 studies reports an outcome for people who did not take part. 4 of 4 studies "
    )


@pytest.mark.parametrize(
    ("studies", "known", "lack"),
    [(1, "1 study is", "1 outcome study"), (12, "12 studies are", "12 outcome studies")],
)
def test_no_coded_beneficiary(studies: int, known: str, lack: str, framework: Framework) -> None:
    result = _result((0, 0, 0), (0, 0, 0), studies, "beneficiary")
    assert words.statement(result, framework) == (
        f"This question cannot be answered yet. {known} known to report an outcome."
    )
    assert words.missing(result, framework) == (
        f"no outcome finding of {lack} says who the outcome is for: code the beneficiary of each finding"
    )


def test_no_outcome_study(framework: Framework) -> None:
    result = _result((0, 0, 0), (0, 0, 0), 0)
    assert words.statement(result, framework) == "No study here is known to report an outcome."
    assert words.missing(result, framework) == ""
