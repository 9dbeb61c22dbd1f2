"""Outcome against process, in both views."""

import pytest

from coprod_review.errors import UnknownName
from coprod_review.gaps import focus
from coprod_review.models import Framework
from coprod_review.results import Count, Result
from tests.conftest import finding, reporting, study


def _cells(result: Result, column: int) -> list[int]:
    return [cell.n for row in result.tables[0].rows if isinstance(cell := row[column], Count)]


def test_context_and_withdrawn_works_are_not_counted(framework: Framework) -> None:
    studies = [study(n, focus="outcome") for n in range(1, 11)]
    more = [study(20, role="context", focus="process"), study(21, status="retracted", focus="process")]
    assert focus.analyse(studies + more, framework).figures[0].denominator == 10


def test_absence_counts_only_where_it_was_coded(framework: Framework) -> None:
    studies = [reporting(n, outcome="present", process="present") for n in range(1, 7)]
    studies += [reporting(n, outcome="absent", process="present") for n in range(7, 19)]
    studies += [reporting(n, outcome="present") for n in range(19, 22)]
    result = focus.analyse(studies, framework)
    assert _cells(result, 2) == [6, 0, 12, 0, 3]
    figures = {f.id: f for f in result.figures}
    assert (figures["focus.reported.outcome-share"].numerator, figures["focus.reported.outcome-share"].denominator) == (
        9,
        21,
    )
    assert figures["focus.reported.ratio"].value == 6 / 18


def test_where_most_are_unknown_the_statement_leads_with_that_and_gives_no_ratio(framework: Framework) -> None:
    studies = [reporting(n, outcome="present", process="present", focus="both") for n in range(1, 5)]
    studies += [reporting(n, outcome="present", focus="outcome") for n in range(5, 20)]
    result = focus.analyse(studies, framework)
    assert "What they report is not known on both sides for 15 of 19" in result.statement
    ratio = next(f for f in result.figures if f.id == "focus.reported.ratio")
    assert (ratio.value, ratio.interval) == (None, None)


def test_the_broad_definition_moves_valued_and_giving_back_and_is_shown_where_it_matters(framework: Framework) -> None:
    valued = [
        study(
            n, focus="both",
            findings=(finding(f"author{n}-2020", outcome="people.self.valued", level="experience"),),
        )
        for n in range(1, 4)
    ]  # fmt: skip
    others = [reporting(n, outcome="present", process="present", focus="both") for n in range(4, 14)]
    figures = {f.id: f for f in focus.analyse([*valued, *others], framework).figures}
    assert figures["focus.reported.outcome-share"].numerator == 10
    assert figures["focus.reported-broad.outcome-share"].numerator == 13
    unmoved = {f.id for f in focus.analyse(others, framework).figures}
    assert not any(name.startswith("focus.reported-broad") for name in unmoved)


def test_a_study_with_three_outcome_findings_counts_once(framework: Framework) -> None:
    three = tuple(finding("author1-2020", n) for n in (1, 2, 3))
    result = focus.analyse([study(1, findings=three)], framework)
    assert next(f for f in result.figures if f.id == "focus.reported.outcome-share").numerator == 1


def test_process_alone_has_no_share_where_the_absence_of_outcomes_could_not_be_coded(framework: Framework) -> None:
    studies = [reporting(n, outcome="present", process="present", focus="both") for n in range(1, 13)]
    blind = {f.id: f for f in focus.analyse([*studies, study(13, focus="both")], framework).figures}
    alone = blind["focus.reported.process-only-share"]
    assert (alone.value, alone.interval, alone.numerator) == (None, None, 0)
    assert alone.primary_only is not None
    assert alone.primary_only.value is None
    seeing = [*studies, study(13, focus="both"), reporting(14, outcome="absent", process="present", focus="both")]
    told = {f.id: f for f in focus.analyse(seeing, framework).figures}["focus.reported.process-only-share"]
    assert (told.numerator, told.denominator, told.value) == (1, 13, 1 / 13)


def test_another_definition_is_refused(framework: Framework) -> None:
    with pytest.raises(UnknownName, match="use strict or broad"):
        focus.analyse([], framework, definition="brod")  # type: ignore[arg-type]


def test_an_empty_base_gives_figures_without_values(framework: Framework) -> None:
    assert all(f.value is None and f.numerator == 0 for f in focus.analyse([], framework).figures)
