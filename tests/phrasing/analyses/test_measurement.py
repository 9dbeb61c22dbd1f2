"""How outcomes were measured, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from tests.phrasing.made import share


def _result(framework: Framework, figure: Figure, findings: dict[str, int] | None = None, *missing: str) -> Result:
    kinds = [term.id for term in framework.codebook.terms("measurements")]
    counts = [
        Count(tuple(f"{kind}.{n}" for n in range((findings or {}).get(kind, 0))), unit="finding") for kind in kinds
    ]
    table = Table(
        "Title",
        ("Measurement", "Findings"),
        tuple(zip(kinds, counts, strict=True)),
        id="measurement.types",
        row_ids=tuple(kinds),
        column_ids=("findings",),
    )
    return Result("measurement", figures=(figure,), tables=(table,), missing=missing)


def _figure(yes: int, known: int, unknown: int) -> Figure:
    return share("measurement.scale-or-records", yes, known, unknown)


def test_statement_counts_every_measurement(framework: Framework) -> None:
    findings = {
        "validated_scale": 3, "administrative": 2, "study_specific": 1, "qualitative": 10, "author_assertion": 1,
        "not_reported": 1, "not_coded": 1,
    }  # fmt: skip
    assert words.statement(_result(framework, _figure(5, 13, 3), findings), framework) == (
        "A published scale or records: 5 of 13 studies (38%; 95% confidence interval 18% to 64%), and not known for 3 "
        "more. "
        "How it was measured was seen for 17 of 19 outcome findings (published scale 3, service records 2, own measure "
        "1, qualitative 10 and authors' own view 1); for the other 2 it is not coded or not reported."
    )


def test_where_no_measurement_is_coded(framework: Framework) -> None:
    result = _result(framework, _figure(0, 0, 2), {"not_coded": 2, "not_reported": 2}, "measurement")
    assert words.statement(result, framework) == (
        "Not assessed: how it was measured is coded for none of 4 outcome findings."
    )
    assert words.missing(result, framework) == (
        "no outcome finding says how it was measured: code measurement of each finding"
    )


def test_without_an_outcome_study(framework: Framework) -> None:
    assert words.statement(_result(framework, _figure(0, 0, 0)), framework) == (
        "No study here was seen to report an outcome."
    )
