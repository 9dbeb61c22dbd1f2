"""Whether studies were appraised, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from tests.phrasing.made import count, share


def _result(appraised: Figure, concern: Figure, certain: int, findings: int, *missing: str) -> Result:
    ids = [str(n) for n in range(findings)]
    certainty = count("appraisal.certainty", ids[:certain], ids, "finding")
    return Result("appraisal", figures=(appraised, concern, certainty), missing=missing)


def test_statement_leads_with_what_was_not_appraised(framework: Framework) -> None:
    appraised, concern = share("appraisal.appraised", 12, 16), share("appraisal.serious-concern", 3, 11, 5)
    assert words.statement(_result(appraised, concern, 2, 4), framework) == (
        "Not appraised: 4 of 16 studies. A serious concern: 3 of 11 studies (27%; 95% confidence interval 10% to "
        "57%), and "
        "not known for 5 more. Certainty is recorded for 2 of 4 outcome findings."
    )


def test_without_any_appraisal(framework: Framework) -> None:
    appraised, concern = share("appraisal.appraised", 0, 12), share("appraisal.serious-concern", 0, 0, 12)
    result = _result(appraised, concern, 0, 12, "appraisal")
    assert words.statement(result, framework) == (
        "Not appraised: 12 of 12 studies. Nothing here speaks to quality. Certainty is recorded for 0 of 12 outcome "
        "findings."
    )
    assert words.missing(result, framework) == (
        "no study has a recorded appraisal: record under appraisal the tool, the answer to each item, whether there "
        "is a serious concern, the assessor, the date and why"
    )
