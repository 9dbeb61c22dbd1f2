"""The evidence map counts distinct studies and shows what nobody used."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.errors import UnknownName
from coprod_review.gaps.analyses import matrix
from coprod_review.model.base import Framework
from coprod_review.model.facets import FACETS
from coprod_review.model.review import Testimony as Statement
from coprod_review.results.result import Result
from coprod_review.results.table import Count
from tests.conftest import aims, finding, study
from tests.gaps.worked import reviewed


def _table(result: Result) -> dict[str, dict[str, Any]]:
    table = result.tables[0]
    return {str(row[0]).strip(): dict(zip(table.columns, row, strict=True)) for row in table.rows}


def _three_findings() -> Any:
    found = tuple(
        finding(number=n, outcome=o)
        for n, o in enumerate(("people.health.wellbeing", "people.health.understanding", "staff.work.ease"), 1)
    )
    return study(1, findings=found, sector=("health", "social-care"))


def test_studies_count_once_per_cell_and_margin(framework: Framework) -> None:
    table = _table(matrix.analyse([_three_findings(), study(2)], framework))
    assert table["People: health and wellbeing"]["Studies"].n == 1
    assert table["People: all"]["Studies"].n == 1
    assert table["All"]["Studies"].n == 1


def test_margins_are_distinct_studies_and_not_sums(framework: Framework) -> None:
    table = _table(matrix.analyse([_three_findings()], framework, rows="stakeholder", cols="sector"))
    people = table["People"]
    assert (people["Health care"].n, people["Social care"].n, people["All"].n) == (1, 1, 1)
    assert table["All"]["All"].n == 1


def test_facts_of_a_crossing_count_uncoded_studies_and_filled_cells(framework: Framework) -> None:
    studies = [_three_findings(), study(2), study(3, role="context")]
    result = matrix.analyse(studies, framework, rows="stakeholder", cols="sector")
    # Study 1 reports on people and on staff, and is of two sectors. 4 groups by 6 sectors.
    assert result.facts == matrix.CrossingFacts("stakeholder", "sector", studies=2, uncoded=1, cells=24, filled=4)


def test_a_term_that_nobody_used_is_an_empty_row(framework: Framework) -> None:
    table = _table(matrix.analyse([study(1)], framework, rows="sector", cols="design"))
    assert table["Criminal justice"]["All"].n == 0
    assert len(table) == len(framework.codebook.terms("sectors")) + 1


def test_not_coded_row_appears_only_if_used(framework: Framework) -> None:
    coded = study(1, role="evidence", design="qualitative", aims=aims("both"))
    open_ = study(2, role="evidence", design="not_coded", aims=aims("not_coded"))
    table = _table(matrix.analyse([coded], framework, rows="design", cols="aim-outcome"))
    assert "Not decided yet" not in table
    assert "Not yet coded" not in table["All"]
    table = _table(matrix.analyse([coded, open_], framework, rows="design", cols="aim-outcome"))
    assert table["Not decided yet"]["Not yet coded"].n == 1


def test_two_facets_of_findings_meet_in_one_finding(framework: Framework) -> None:
    found = (finding(number=1, level="outcome"), finding(number=2, outcome="staff.work.ease", level="experience"))
    table = _table(matrix.analyse([study(1, findings=found)], framework, rows="stakeholder", cols="level"))
    assert table["People"]["Outcome"].n == 1
    assert table["People"]["Experience of taking part"].n == 0


def test_cells_keep_the_ids_of_their_studies(framework: Framework) -> None:
    cell = _table(matrix.analyse([_three_findings()], framework))["People: health and wellbeing"]["Studies"]
    assert isinstance(cell, Count)
    assert (cell.ids, cell.n, cell.unit) == (("author1-2020",), 1, "study")


def test_detail_shows_every_outcome_of_the_codebook(framework: Framework) -> None:
    result = matrix.analyse([_three_findings()], framework, detail=True)
    assert len(result.tables[0].rows) == sum(len(framework.codebook.terms(v)) for v in ("outcomes", "stakeholders")) + 1


@pytest.mark.parametrize("name", FACETS)
def test_every_facet_can_be_crossed(name: str, framework: Framework) -> None:
    for other in ("stakeholder", "design"):
        result = matrix.analyse([_three_findings()], framework, rows=name, cols=other)
        assert all(len(row) == len(result.tables[0].columns) for row in result.tables[0].rows)


def test_unknown_facet_suggests_the_nearest(framework: Framework) -> None:
    with pytest.raises(UnknownName, match="did you mean `sector`"):
        matrix.analyse([], framework, rows="sectr", cols="design")


def test_outcome_findings_have_their_own_column(framework: Framework) -> None:
    change = study(1, findings=(finding(number=1),))
    only_experience = study(2, findings=(finding("author2-2020", 1, level="experience"),))
    result = matrix.analyse([change, only_experience], framework)
    row = _table(result)["People: health and wellbeing"]
    assert (row["Studies"].n, row["Outcome"].n) == (2, 1)
    assert result.facts == _map_facts(framework, studied=1, with_outcome=1)


def _map_facts(framework: Framework, **numbers: int) -> matrix.MapFacts:
    places = len(framework.codebook.terms("domains"))
    return matrix.MapFacts(unit="outcome domain", places=places, testimony_only=0, has_testimony=False, **numbers)


def test_facts_count_domains_that_participants_alone_name(framework: Framework) -> None:
    names = ("people.health.wellbeing", "people.health.understanding", "people.living.home", "staff.work.ease")
    statements = [
        Statement(id=f"t{n}", section="3", statement="Said.", outcomes=(name,)) for n, name in enumerate(names)
    ]
    result = matrix.analyse([_three_findings()], reviewed(framework, testimony=statements))
    # Study 1 reports on health and on work, so participants alone name the domain of living.
    expected = _map_facts(framework, studied=2, with_outcome=2)
    assert result.facts == replace(expected, testimony_only=1, has_testimony=True)


def test_facts_of_the_detailed_map_count_single_outcomes(framework: Framework) -> None:
    result = matrix.analyse([_three_findings()], framework, detail=True)
    outcomes = len(framework.codebook.terms("outcomes"))
    assert result.facts == matrix.MapFacts("outcome", outcomes, 3, 3, testimony_only=0, has_testimony=False)


def test_chart_draws_the_map_without_its_gaps(framework: Framework) -> None:
    for detail in (False, True):
        result = matrix.analyse([_three_findings()], framework, detail=detail)
        chart = result.charts[0].table
        assert chart is not None
        assert (chart.id, chart.columns) == ("matrix.chart", result.tables[0].columns[:-1])
        assert chart.rows == tuple(row[:-1] for row in result.tables[0].rows)


def test_findings_disagree_only_where_changes_do(framework: Framework) -> None:
    benefit = study(1, findings=(finding(number=1),))
    harm = finding("author2-2020", 1, direction="harm")
    worse, unpleasant = study(2, findings=(harm,)), study(2, findings=(replace(harm, level="experience"),))
    assert "mixed" in {g.type for g in matrix.analyse([benefit, worse], framework).gaps}
    assert "mixed" not in {g.type for g in matrix.analyse([benefit, unpleasant], framework).gaps}


def test_detail_belongs_to_the_map(framework: Framework) -> None:
    with pytest.raises(UnknownName, match="leave out"):
        matrix.analyse([], framework, rows="sector", cols="design", detail=True)
