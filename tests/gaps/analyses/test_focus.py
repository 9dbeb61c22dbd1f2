"""Outcome against process, in both views."""

import pytest

from coprod_review.errors import UnknownName
from coprod_review.gaps.analyses import focus
from coprod_review.model.base import Framework
from coprod_review.model.facets import matching_findings
from coprod_review.model.study import Reports, Study
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count
from tests.conftest import aims, finding, reporting, study
from tests.gaps.worked import filled, found, named


def _cells(result: Result, column: int) -> list[int]:
    return [cell.n for row in result.tables[0].rows if isinstance(cell := row[column], Count)]


def test_context_and_withdrawn_works_are_not_counted(framework: Framework) -> None:
    studies = [study(n, aims=aims("outcome")) for n in range(1, 11)]
    more = [study(20, role="context", aims=aims("process")), study(21, status="retracted", aims=aims("process"))]
    assert focus.analyse(studies + more, framework).figures[0].denominator == 10


def test_absence_counts_only_where_it_was_coded(framework: Framework) -> None:
    studies = [reporting(n, outcome="present", process="present") for n in range(1, 7)]
    studies += [reporting(n, outcome="absent", process="present") for n in range(7, 19)]
    studies += [reporting(n, outcome="present") for n in range(19, 22)]
    result = focus.analyse(studies, framework)
    assert _cells(result, 3) == [6, 0, 12, 0, 3]
    figures = {f.id: f for f in result.figures}
    outcomes = figures["focus.reported.outcome-share"]
    assert (outcomes.numerator, outcomes.denominator) == (9, 21)
    assert figures["focus.reported.ratio"].value == 6 / 18


def _facts(result: Result) -> focus.FocusFacts:
    assert isinstance(result.facts, focus.FocusFacts)
    return result.facts


def test_no_ratio_is_given_where_most_studies_are_unknown(framework: Framework) -> None:
    studies = [reporting(n, outcome="present", process="present", aims=aims("both")) for n in range(1, 5)]
    studies += [reporting(n, outcome="present", aims=aims("outcome")) for n in range(5, 20)]
    figures = {f.id: f for f in focus.analyse(studies, framework).figures}
    ratio = figures["focus.reported.ratio"]
    assert ratio.unknown is not None
    assert (ratio.numerator, ratio.denominator, ratio.unknown.count) == (4, 4, 15)
    assert (ratio.value, ratio.interval, ratio.reason) == (None, None, "one_sided")


def _valued(number: int) -> Study:
    """A study that reports that people felt valued: process, and an outcome under the broad definition."""
    return found(number, {"outcome": "people.self.valued", "level": "experience"}, aims=aims("both"))


def test_broad_definition_counts_feeling_valued_as_an_outcome(framework: Framework) -> None:
    others = [reporting(n, outcome="present", process="present", aims=aims("both")) for n in range(4, 14)]
    result = focus.analyse([*map(_valued, range(1, 4)), *others], framework)
    figures = {f.id: f for f in result.figures}
    assert figures["focus.reported.outcome-share"].numerator == 10
    assert figures["focus.reported-broad.outcome-share"].numerator == 13
    assert figures["focus.reported.process-share"].numerator == 13
    assert figures["focus.reported-broad.process-share"].numerator == 10  # no longer process
    assert _facts(result).definitions_differ
    same = focus.analyse(others, framework)
    both = {f.id: f.numerator for f in same.figures}
    assert both["focus.reported-broad.outcome-share"] == both["focus.reported.outcome-share"] == 10
    assert not _facts(same).definitions_differ


@pytest.mark.parametrize(("others", "differ"), [(18, True), (20, False)])
def test_definitions_differ_by_more_than_five_points(others: int, differ: bool, framework: Framework) -> None:
    # One study in 19 is 5.3 points, one in 21 is 4.8 points.
    studies = [_valued(1), *(reporting(n, outcome="present", process="present") for n in range(2, others + 2))]
    assert _facts(focus.analyse(studies, framework)).definitions_differ is differ


def test_the_definition_that_is_asked_for_leads(framework: Framework) -> None:
    studies = [reporting(1, outcome="present")]
    strict, broad = (focus.analyse(studies, framework, definition=d) for d in focus.DEFINITIONS)
    assert {f.id for f in strict.figures} == {f.id for f in broad.figures}
    assert [f.id.split(".")[1] for f in strict.figures[8:16]] == ["reported"] * 4 + ["reported-broad"] * 4
    assert [f.id.split(".")[1] for f in broad.figures[8:16]] == ["reported-broad"] * 4 + ["reported"] * 4
    assert (_facts(strict).definition, _facts(broad).definition) == ("strict", "broad")


@pytest.mark.parametrize("definition", focus.DEFINITIONS)
def test_chart_draws_both_views_of_the_requested_definition(definition: str, framework: Framework) -> None:
    (chart,) = focus.analyse([study(1)], framework, definition=definition).charts  # type: ignore[arg-type]
    stem = "focus.reported" if definition == "strict" else "focus.reported-broad"
    drawn = ["focus.outcome-share", "focus.process-share", f"{stem}.outcome-share", f"{stem}.process-share"]
    assert (chart.kind, [figure.id for _, figure in chart.figures]) == ("pairs", drawn)


def test_a_study_with_three_outcome_findings_counts_once(framework: Framework) -> None:
    three = tuple(finding("author1-2020", n) for n in (1, 2, 3))
    result = focus.analyse([study(1, findings=three)], framework)
    assert next(f for f in result.figures if f.id == "focus.reported.outcome-share").numerator == 1


def _reported(studies: list[Study], framework: Framework) -> dict[str, Figure]:
    return {f.id.removeprefix("focus.reported."): f for f in focus.analyse(studies, framework).figures}


def test_nine_full_texts_withhold_reported_share(framework: Framework) -> None:
    abstracts = [reporting(n, outcome="present", process="present", aims=aims("both")) for n in range(1, 21)]
    unread = [study(n, aims=aims("both")) for n in range(21, 31)]
    one = [reporting(31, outcome="absent", process="present", aims=aims("both"))]
    for name, figure in _reported([*abstracts, *unread, *one], framework).items():
        if not name.startswith("focus") and figure.kind != "count":
            assert (figure.value, figure.interval) == (None, None), name
            assert figure.reason in ("few_full_texts", "one_sided"), name
            assert figure.primary_only is not None
            assert figure.primary_only.value is None
    ten = [reporting(n, outcome="absent", process="present", aims=aims("both")) for n in range(31, 41)]
    by_id = _reported([*abstracts, *unread, *ten], framework)
    assert by_id["outcome-share"].value == 20 / 30
    assert (by_id["process-only-share"].numerator, by_id["process-only-share"].denominator) == (10, 30)


def test_another_definition_is_refused(framework: Framework) -> None:
    with pytest.raises(UnknownName, match="use strict or broad"):
        focus.analyse([], framework, definition="brod")  # type: ignore[arg-type]


def test_an_empty_base_gives_figures_without_values(framework: Framework) -> None:
    figures = focus.analyse([], framework).figures
    assert len(figures) == 19
    divided = [f for f in figures if f.kind != "count"]
    assert all((f.value, f.numerator, f.denominator, f.reason) == (None, None, 0, "empty") for f in divided)


def test_uncoded_focus_is_unknown_and_not_zero(framework: Framework) -> None:
    figures = focus.analyse([study(n) for n in range(1, 13)], framework).figures
    assert {f.numerator for f in figures if f.kind != "count"} == {None}


def test_facts_say_why_a_side_is_unknown(framework: Framework) -> None:
    abstract, read = reporting(1, outcome="present"), reporting(2, outcome="present", coded_from="full_text")
    absent = reporting(3, outcome="present", process="absent")
    both = reporting(4, outcome="present", process="present")
    facts = [
        _facts(focus.analyse(studies, framework))
        for studies in ([abstract, read], [read], [abstract, absent], [both, read])
    ]
    assert [f.studies for f in facts] == [2, 1, 2, 2]
    # Of the unknown studies, one was read as an abstract, none was, one was, and none was.
    assert [f.unknown_read_in_full for f in facts] == [False, True, False, True]
    assert [f.absence_coded for f in facts] == [False, False, True, False]


def test_the_four_cells_in_each_view_keep_their_studies(framework: Framework) -> None:
    studies = [
        reporting(1, outcome="present", process="present", aims=aims("both")),
        reporting(2, outcome="present", process="absent", aims=aims("outcome")),
        reporting(3, outcome="absent", process="present", aims=aims("process")),
        reporting(4, outcome="absent", process="absent", aims=aims("neither")),
        reporting(5, outcome="present"),
        study(
            6, coded_from="full_text", reports=Reports(outcome="absent"),
            findings=(finding("author6-2020", outcome="people.self.valued", level="experience"),),
        ),  # process, and under the broad definition an outcome whose other side is not coded
    ]  # fmt: skip
    cells = filled(focus.analyse(studies, framework), "focus.cells")
    assert cells == {
        **{f"both/{view}": named(1) for view in ("any-aim", "reported", "reported-broad")},
        **{f"outcome/{view}": named(2) for view in ("any-aim", "reported", "reported-broad")},
        "outcome/primary-aim": named(1, 2),  # the process is a secondary aim of the first study
        **{f"neither/{view}": named(4) for view in ("any-aim", "primary-aim", "reported", "reported-broad")},
        "process/any-aim": named(3),
        "process/primary-aim": named(3),
        "process/reported": named(3, 6),
        "process/reported-broad": named(3),
        "unknown/any-aim": named(5, 6),
        "unknown/primary-aim": named(5, 6),
        "unknown/reported": named(5),
        "unknown/reported-broad": named(5, 6),
    }


def test_findings_of_a_group_are_placed_by_side(framework: Framework) -> None:
    studies = [
        study(1, findings=(finding(), finding(number=2, level="output"))),
        study(2, findings=(finding("author2-2020", outcome="staff.work.ease", level="impact"),)),
    ]
    assert filled(focus.analyse(studies, framework), "focus.groups") == {
        "people/outcome": named(1),
        "people/process": named(1),
        "staff/outcome": named(2),
    }


def test_group_table_follows_requested_definition(framework: Framework) -> None:
    valued = {"outcome": "people.self.valued", "level": "experience"}  # broad: an outcome at any level
    trust = {"outcome": "people.services.trust", "level": "experience"}  # process under both
    studies = [found(1, valued), found(2, valued, trust), found(3, trust)]
    strict, broad = (focus.analyse(studies, framework, definition=d) for d in focus.DEFINITIONS)
    assert filled(strict, "focus.groups") == {"people/process": named(1, 2, 3)}
    assert filled(broad, "focus.groups") == {"people/outcome": named(1, 2), "people/process": named(2, 3)}


def test_criteria_follow_the_definition(framework: Framework) -> None:
    studies = [found(1, {"outcome": "people.self.valued", "level": "experience"}), found(2, {})]
    for definition in focus.DEFINITIONS:
        result = focus.analyse(studies, framework, definition=definition)
        stem = "reported" if definition == "strict" else "reported-broad"
        shares = {f.id.rpartition(".")[2]: f for f in result.figures if f.id.startswith(f"focus.{stem}.")}
        behind = {
            side: {
                f.id
                for s in studies
                for f in matching_findings(s, shares[f"{side}-share"].criteria.findings, framework.codebook)
            }
            for side in ("outcome", "process")
        }
        valued, plain = "author1-2020.1", "author2-2020.1"
        moved = definition == "broad"
        assert behind == {"outcome": {plain, valued} if moved else {plain}, "process": set() if moved else {valued}}
