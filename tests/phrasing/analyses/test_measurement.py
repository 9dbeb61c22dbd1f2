"""How outcomes were measured, in words."""

import pytest

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from tests.phrasing.made import share


def _result(numbers: tuple[int, int, int], *missing: str, **findings: int) -> Result:
    """A result with a number of outcome findings for each code of measurement."""
    rows = tuple((kind, Count(tuple(map(str, range(n))), unit="finding")) for kind, n in findings.items())
    columns = ("Measurement", "Findings")
    table = Table("Title", columns, rows, id="measurement.types", row_ids=tuple(findings), column_ids=("findings",))
    figure = share("measurement.scale-or-records", *numbers)
    return Result("measurement", figures=(figure,), tables=(table,), missing=missing)


@pytest.mark.parametrize(
    ("result", "statement"),
    [
        (
            _result((2, 6, 3), validated_scale=1, administrative=2, study_specific=0, not_reported=1, not_coded=3),
            (
                "At least 2 of 9 studies measure an outcome with a published scale or with service records; this is "
                "not known for 3 studies. The measurement is known for 3 of 7 outcome findings: service records (2) "
                "and published scale (1). For the other 4, it is not coded or the study does not report it."
            ),
        ),
        (
            _result((1, 1, 0), validated_scale=1),
            (
                "1 of 1 study measures an outcome with a published scale or with service records. The measurement is "
                "known for 1 of 1 outcome finding: published scale (1)."
            ),
        ),
        (_result((0, 0, 2), "measurement", not_coded=2, not_reported=2), "This question cannot be answered yet."),
        (_result((0, 0, 0), validated_scale=0), "No study here is known to report an outcome."),
    ],
)
def test_statement(result: Result, statement: str, framework: Framework) -> None:
    assert words.statement(result, framework) == statement


@pytest.mark.parametrize(
    ("findings", "lack"), [(4, "None of 4 outcome findings has a code"), (1, "The only outcome finding has no code")]
)
def test_what_is_missing(findings: int, lack: str, framework: Framework) -> None:
    assert words.missing_sentence(_result((0, 0, 1), "measurement", not_coded=findings), framework) == (
        f"{lack} for how the outcome was measured. To answer the question, code measurement for each finding."
    )
