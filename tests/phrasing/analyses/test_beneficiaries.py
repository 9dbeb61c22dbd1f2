"""Who benefited, in words."""

import pytest

from coprod_review.gaps.analyses.beneficiaries import BeneficiariesFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import share


def _result(studies: int, took_part: int, others: int, not_separated: int, not_stated: int, *missing: str) -> Result:
    figures = (
        share("beneficiaries.not-separated", not_separated, studies),
        share("beneficiaries.not-stated", not_stated, studies),
    )
    return Result("beneficiaries", figures, facts=BeneficiariesFacts(studies, took_part, others), missing=missing)


def test_statement_contrasts_the_two_and_shows_what_is_open(framework: Framework) -> None:
    assert words.statement(_result(16, 8, 2, 4, 1), framework) == (
        "Of 16 studies with an outcome for people or the community, 8 name a benefit for people who took part, and 2 "
        "name a benefit for people who did not. 4 do not tell the two apart, and 1 does not say. A study can be in "
        "several of these numbers. The text that was read cannot rule out outcomes for other people."
    )


@pytest.mark.parametrize(("studies", "counted"), [(1, "1 study"), (12, "12 studies")])
def test_no_coded_beneficiary(studies: int, counted: str, framework: Framework) -> None:
    result = _result(studies, 0, 0, 0, studies, "beneficiary")
    assert words.statement(result, framework) == (
        f"This question cannot be answered yet. {counted} reported an outcome for people or the community."
    )
    assert words.missing(result, framework) == (
        f"no outcome finding of {counted} says who benefited: code the beneficiary of each finding"
    )


def test_no_outcome_for_people(framework: Framework) -> None:
    result = _result(0, 0, 0, 0, 0)
    assert words.statement(result, framework) == ("No study is known to report an outcome for people or the community.")
    assert words.missing(result, framework) == ""
