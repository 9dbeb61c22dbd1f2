"""What was read of the studies, and what only the review of the base says of them, are counted apart."""

from dataclasses import replace

import pytest

from coprod_review.gaps.analyses.recommendations import RecommendationsFacts
from coprod_review.gaps.attribution import read_studies
from coprod_review.gaps.registry import all_results, run_analyses
from coprod_review.model import review
from coprod_review.model.base import Framework
from coprod_review.model.study import ReportedIn, Study
from coprod_review.results.figure import Attributed
from coprod_review.results.result import Result
from coprod_review.results.table import AttributedWords, Count, cell_text
from tests.conftest import finding, study
from tests.gaps.worked import figures, found, named, reviewed

REVIEW, ABSTRACT = ReportedIn(source="r"), ReportedIn(source="abstract")


def _said(number: int, *codes: dict[str, object], **changes: object) -> Study:
    """A study whose findings only the review reports."""
    return found(number, *({**code, "reported_in": (REVIEW,)} for code in codes), **changes)


def _only(name: str, framework: Framework, *studies: Study) -> Result:
    (result,) = run_analyses([name], studies, framework)
    return result


def _cell(result: Result, name: str) -> Count:
    return {cell: count for table in result.tables for cell, _, count in table.cells()}[name]


@pytest.mark.parametrize(
    ("places", "attributed"),
    [
        ((REVIEW,), True),
        ((REVIEW, replace(REVIEW, section="3.1")), True),
        ((REVIEW, ABSTRACT), False),
        ((ABSTRACT,), False),
        ((), False),
    ],
)
def test_only_a_finding_of_the_review_alone_is_attributed(
    places: tuple[ReportedIn, ...], attributed: bool, framework: Framework
) -> None:
    assert reviewed(framework).is_attributed(finding(reported_in=places)) is attributed
    assert framework.is_attributed(finding(reported_in=places)) is False  # it has no review


def test_a_study_keeps_the_findings_that_were_read(framework: Framework) -> None:
    both = found(1, {"reported_in": (REVIEW,)}, {"reported_in": (ABSTRACT,)})
    read = found(2, {})
    assert [f.id for s in read_studies((both, read), reviewed(framework)) for f in s.findings] == [
        "author1-2020.2", "author2-2020.1",
    ]  # fmt: skip
    assert read_studies((both, read), framework) == (both, read)


def test_a_share_counts_what_was_read_and_then_what_the_review_adds(framework: Framework) -> None:
    result = _only("focus", reviewed(framework), found(1, {}), _said(2, {}), study(3))
    outcome = figures(result)["reported.outcome-share"]
    assert (outcome.numerator_ids, outcome.denominator_ids, outcome.unknown_ids) == (named(1), named(1), named(2, 3))
    assert outcome.attributed == Attributed("r", named(2), named(2))
    assert (outcome.attributed.numerator, outcome.attributed.denominator) == (1, 1)
    assert figures(result)["outcome-share"].attributed is None  # what a study sets out to examine is no finding


def test_what_the_review_adds_to_the_studies_of_a_figure_can_be_unknown(framework: Framework) -> None:
    result = _only("lasting", reviewed(framework), found(1, {}, cost_measure="none"), _said(2, {}))
    cost = figures(result)["cost"]
    assert (cost.denominator_ids, cost.unknown_ids) == (named(1), ())
    assert cost.attributed == Attributed("r", unknown_ids=named(2))


def test_an_outcome_that_only_the_review_reports_is_no_longer_counted_as_not_studied(framework: Framework) -> None:
    statement = review.Testimony(id="t1", section="3", statement="s", outcomes=("people.health.wellbeing",))
    result = _only("testimony", reviewed(framework, testimony=[statement]), _said(1, {}))
    (not_studied,) = result.figures
    assert (not_studied.numerator, not_studied.denominator) == (1, 1)
    assert not_studied.attributed == Attributed("r", removed_ids=("people.health.wellbeing",))
    assert _cell(result, "testimony.outcomes/people.health.wellbeing/studies").attributed == named(1)


def test_a_cell_has_the_studies_that_the_review_adds(framework: Framework) -> None:
    result = _only("matrix", reviewed(framework), found(1, {}), _said(2, {}), _said(3, {}, {}))
    cell = _cell(result, "matrix.map/people.health/studies")
    assert (cell.ids, cell.attributed) == (named(1), named(2, 3))
    assert cell_text(cell) == "1 (+2)"
    charted = {n: count for chart in result.charts if chart.table for n, _, count in chart.table.cells()}
    assert charted["matrix.chart/people.health/studies"] == cell


def test_a_row_that_only_the_review_gives_has_a_count_of_zero(framework: Framework) -> None:
    scale = {"measurement": "validated_scale"}
    result = _only(
        "measurement",
        reviewed(framework),
        found(1, {**scale, "instruments": ("WEMWBS",)}),
        _said(2, {**scale, "instruments": ("PAM",)}),
    )
    assert _cell(result, "measurement.instruments/PAM/studies") == replace(
        _cell(result, "measurement.instruments/PAM/studies"), ids=(), attributed=named(2)
    )
    assert _cell(result, "measurement.instruments/WEMWBS/studies").attributed == ()


def test_words_in_a_cell_are_those_of_what_was_read(framework: Framework) -> None:
    result = _only("care-act", reviewed(framework), _said(1, {}))
    (row,) = [row for row, name in zip(result.tables[0].rows, result.tables[0].row_ids, strict=True) if name == "b"]
    assert row[-1] == AttributedWords("nothing", "studied", "SCIE review")


def test_gaps_are_those_of_all_findings(framework: Framework) -> None:
    read = _only("matrix", reviewed(framework), found(1, {}))
    with_review = _only("matrix", reviewed(framework), found(1, {}), _said(2, {"outcome": "staff.work.motivation"}))
    gaps = {(gap.type, gap.where): gap for gap in with_review.gaps}
    empty = [next(g.places for g in result.general_gaps if g.type == "none") for result in (read, with_review)]
    assert empty == [21, 20]
    assert gaps["thin", "staff.work"].studies == gaps["thin", "staff.work"].attributed == named(2)
    assert gaps["thin", "people.health"].attributed == ()


def test_nothing_is_apart_where_every_finding_was_read(framework: Framework) -> None:
    for one in (reviewed(framework), framework):
        results = all_results((found(1, {}), found(2, {"reported_in": (REVIEW, ABSTRACT)})), one)
        assert [r.analysis for r in results if r.all_findings] == []
        assert [f.id for r in results for f in r.figures if f.attributed] == []
        assert [n for r in results for t in r.tables for n, _, count in t.cells() if count.attributed] == []


def test_figures_of_recommendations_have_what_the_review_adds(framework: Framework) -> None:
    asked = review.Recommendation(id="r1", statement="s", measured_by=("sector.direct",))
    base = reviewed(framework, recommendations=[asked])
    facts = _only("recommendations", base, found(1, {}, sector=("health",)), _said(2, {}, sector=("health",))).facts
    assert isinstance(facts, RecommendationsFacts)
    assert facts.figures["sector.direct"].attributed == Attributed("r", denominator_ids=named(2))
