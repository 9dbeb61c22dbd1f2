"""Outcome against process, in both views."""

import pytest

from coprod_review.errors import UnknownName
from coprod_review.gaps import focus
from coprod_review.gaps.figures import FEW_READ, ONE_SIDED
from coprod_review.models import Framework, Study
from coprod_review.results import Count, Figure, Result
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


def _reported(studies: list[Study], framework: Framework) -> dict[str, Figure]:
    return {f.id.removeprefix("focus.reported."): f for f in focus.analyse(studies, framework).figures}


def test_no_reported_share_while_fewer_than_ten_studies_were_read_whole(framework: Framework) -> None:
    abstracts = [reporting(n, outcome="present", process="present", focus="both") for n in range(1, 21)]
    unread = [study(n, focus="both") for n in range(21, 31)]
    one = [reporting(31, outcome="absent", process="present", focus="both")]
    for name, figure in _reported([*abstracts, *unread, *one], framework).items():
        if not name.startswith("focus"):
            assert (figure.value, figure.interval) == (None, None), name
            assert figure.reason in (FEW_READ, ONE_SIDED), name
            assert figure.primary_only is not None
            assert figure.primary_only.value is None
    ten = [reporting(n, outcome="absent", process="present", focus="both") for n in range(31, 41)]
    told = _reported([*abstracts, *unread, *ten], framework)
    assert told["outcome-share"].value == 20 / 30
    assert (told["process-only-share"].numerator, told["process-only-share"].denominator) == (10, 30)


def test_another_definition_is_refused(framework: Framework) -> None:
    with pytest.raises(UnknownName, match="use strict or broad"):
        focus.analyse([], framework, definition="brod")  # type: ignore[arg-type]


def test_an_empty_base_gives_figures_without_values(framework: Framework) -> None:
    assert all(f.value is None and f.numerator == 0 for f in focus.analyse([], framework).figures)
