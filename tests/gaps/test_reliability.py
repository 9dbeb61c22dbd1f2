"""Which fields behind numbers were tested too little, or agreed on too little; every test of a field is made up."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps.registry import all_results
from coprod_review.gaps.reliability import WeakFields, criteria_of, weak_fields
from coprod_review.gaps.shares import count
from coprod_review.model.base import Framework, Reliability
from coprod_review.phrasing.reliability import reliability_sentence
from coprod_review.results.figure import Criteria
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from tests.conftest import reporting

SECTOR = Criteria(("sector",))
SOUND: dict[str, Any] = {"studies": 28, "kappa": 0.8, "stage": "before_correction", "date": "2026-11-01"}


def _test(field: str = "sector", **changes: Any) -> Reliability:
    given = {**SOUND, **changes}
    return Reliability(field=field, schema="s", unit="study", units=28, agreements=24, reading="made up", **given)


def _weak(framework: Framework, criteria: Criteria, *tests: Reliability) -> WeakFields:
    return weak_fields([criteria], replace(framework.about, reliability=tests))


@pytest.mark.parametrize(
    ("changes", "listed_in"),
    [
        ({"studies": 20, "kappa": 0.6}, None),
        ({"studies": 19, "kappa": 0.9}, "few_studies"),
        ({"studies": 28, "kappa": 0.599}, "low_agreement"),
        ({"studies": 12, "kappa": 0.2}, "few_studies"),
        ({"studies": 28, "kappa": None}, None),
        ({"stage": "after_correction"}, "few_studies"),
    ],
)
def test_limits(changes: dict[str, Any], listed_in: str | None, framework: Framework) -> None:
    weak = _weak(framework, SECTOR, _test(**changes))
    assert {name: getattr(weak, name) for name in ("few_studies", "low_agreement")} == {
        name: ("sector",) if name == listed_in else () for name in ("few_studies", "low_agreement")
    }


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(
    ("older", "newer", "is_low"),
    [
        ((0.1, "before"), (0.9, "before"), False),
        ((0.9, "before"), (0.1, "before"), True),
        ((0.1, "before"), (0.9, "after"), True),
        ((0.1, "before"), (0.9, "changed_rule"), True),
    ],
)
def test_latest_test_before_correction_counts(
    older: tuple[float, str], newer: tuple[float, str], is_low: bool, reverse: bool, framework: Framework
) -> None:
    tests = [
        _test(date=f"2026-{month:02}-01", kappa=kappa, stage=stage if "_" in stage else f"{stage}_correction")
        for month, (kappa, stage) in enumerate((older, newer), start=1)
    ]
    assert bool(_weak(framework, SECTOR, *(tests[::-1] if reverse else tests)).low_agreement) is is_low


@pytest.mark.parametrize(
    ("criteria", "fields"),
    [
        (Criteria(("reports.process", "aims.outcome")), ("aims.outcome", "reports.process")),
        (Criteria(("populations.women", "populations")), ("populations",)),
        (
            Criteria(findings=({"domain": ("d",), "person-role": ("patient",)},)),
            ("findings.outcome", "findings.person_role"),
        ),
        (Criteria(("citation.issued", "appraisal"), ({"source": ("abstract",)},)), ()),
    ],
)
def test_fields_that_numbers_read(criteria: Criteria, fields: tuple[str, ...], framework: Framework) -> None:
    assert _weak(framework, criteria, _test("design")).few_studies == fields


def test_figures_and_counts_of_tables_are_read(framework: Framework) -> None:
    cell = Count(("a",), Criteria(("design",)))
    table = Table("T", ("A", "B"), (("a", cell),), id="t", row_ids=("a",), column_ids=("b",))
    figure = count("x.n", "Label", "counts all", (), None, "complete_count", criteria=SECTOR)
    assert list(criteria_of([Result("x", (figure,)), Result("y", tables=(table,))])) == [SECTOR, cell.criteria]


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ((), "The base does not say how well two readings of its studies agree."),
        ((_test(),), ""),
        (
            (_test(studies=3),),
            "Caution: fewer than 20 studies were coded twice for sector.",
        ),
        ((_test(kappa=0.5),), "Caution: two readings agreed poorly on the codes for sector."),
    ],
)
def test_sentence(tests: tuple[Reliability, ...], expected: str, framework: Framework) -> None:
    assert reliability_sentence([SECTOR], replace(framework.about, reliability=tests)) == expected


def test_every_field_of_every_analysis_has_words(framework: Framework) -> None:
    studies = [reporting(n, outcome="present", process="present") for n in range(1, 4)]
    criteria = list(criteria_of(all_results(studies, framework)))
    about = replace(framework.about, reliability=(_test("nothing"),))
    assert len(weak_fields(criteria, about).few_studies) > 12
    assert reliability_sentence(criteria, about)
