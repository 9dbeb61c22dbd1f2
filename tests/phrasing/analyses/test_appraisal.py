"""Whether studies were appraised, in words."""

import pytest

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import count, share

NOT_YET = "This question cannot be answered yet."


def _result(appraised: int, studies: int, *concern: int, certain: int = 2, findings: int = 4) -> Result:
    ids = [str(n) for n in range(findings)]
    figures = (
        share("appraisal.appraised", appraised, studies),
        share("appraisal.serious-concern", *concern),
        count("appraisal.certainty", ids[:certain], ids, "finding"),
    )
    return Result("appraisal", figures=figures, missing=() if appraised or not studies else ("appraisal",))


@pytest.mark.parametrize(
    ("result", "statement"),
    [
        (
            _result(4, 16, 3, 4, 12),
            (
                "4 of 16 studies have a recorded appraisal. At least 3 of 16 studies have a serious concern; this is "
                "not known for 12 studies. This base records how certain a finding is for 2 of 4 outcome findings."
            ),
        ),
        (
            _result(1, 2, 0, 1, 1, certain=0, findings=1),
            (
                "1 of 2 studies has a recorded appraisal. 0 of 1 study has a serious concern; this is not known for "
                "1 more study. This base records how certain a finding is for 0 of 1 outcome finding."
            ),
        ),
        (
            _result(2, 2, 1, 2, certain=0, findings=0),
            "2 of 2 studies have a recorded appraisal. 1 of 2 studies has a serious concern.",
        ),
        (_result(0, 0, 0, 0, findings=0), "There are no studies to count."),
        (
            _result(0, 12, 0, 0, 12, certain=0, findings=12),
            f"{NOT_YET} This base records how certain a finding is for 0 of 12 outcome findings.",
        ),
        (_result(0, 1, 0, 0, 1, certain=0, findings=0), NOT_YET),
        (
            _result(0, 12, 0, 0, 12, certain=1),
            (
                "Only part of this question can be answered so far. This base records how certain a finding is for "
                "1 of 4 outcome findings."
            ),
        ),
    ],
)
def test_statement(result: Result, statement: str, framework: Framework) -> None:
    assert words.statement(result, framework) == statement


def test_what_is_missing(framework: Framework) -> None:
    assert words.missing_sentence(_result(0, 12, 0, 0, 12), framework) == (
        "No study has a recorded appraisal. To answer the question, record under appraisal of each study the tool, the "
        "answer to each item, whether there is a serious concern, the assessor, the date and the reason."
    )
