"""Sector, principles, Care Act and testimony on bases worked out by hand."""

from dataclasses import replace

from coprod_review import models
from coprod_review.gaps import care_act, principles, sector, testimony
from coprod_review.models import Framework, Geography, Review
from coprod_review.results import Count
from tests.conftest import finding, study


def _said(framework: Framework, *outcomes: tuple[str, ...]) -> Framework:
    told = tuple(
        models.Testimony(id=f"t{n}", section="3.2", statement="Said.", outcomes=o) for n, o in enumerate(outcomes, 1)
    )
    review = Review(
        id="r",
        citation=study(1).citation,
        method="m",
        claims=(),
        testimony=told,
        enablers=(),
        barriers=(),
        examples=(),
        recommendations=(),
        errata=(),
    )
    return replace(framework, review=review)


def test_sector_uses_outcome_studies_alone(framework: Framework) -> None:
    outcome = [
        study(
            n,
            sector=("social-care",) if n == 1 else ("health", "social-care") if n < 4 else ("health",),
            findings=(finding(f"author{n}-2020"),),
        )
        for n in range(1, 21)
    ]
    process = [
        study(n, sector=("social-care",), findings=(finding(f"author{n}-2020", level="experience"),))
        for n in range(21, 26)
    ]
    direct, including = sector.analyse([*outcome, *process], framework).figures
    assert (direct.numerator, direct.denominator, including.numerator) == (1, 20, 3)
    assert direct.interval is not None
    assert (round(direct.interval.low, 3), round(direct.interval.high or 0, 3)) == (0.009, 0.236)


def test_principles_keep_unknown_apart_from_not_mentioned(framework: Framework) -> None:
    every = dict.fromkeys(("equality", "diversity", "accessibility", "reciprocity"), "not_mentioned")
    studies = [study(n, coded_from="full_text", principles_mentioned=every, definition="none") for n in range(1, 9)]
    studies += [
        study(9, coded_from="full_text", principles_mentioned=dict.fromkeys(every, "mentioned"), definition="given")
    ]
    studies += [study(10, principles_mentioned={"equality": "mentioned"}), study(11)]
    figures = {f.id: f for f in principles.analyse(studies, framework).figures}
    any_, all_, defined = figures["principles.any"], figures["principles.all"], figures["principles.definition"]
    assert (any_.numerator, any_.denominator) == (2, 10)
    assert (all_.numerator, all_.denominator) == (1, 9)
    assert (defined.numerator, defined.denominator) == (1, 9)
    assert (figures["principles.all-of-defined"].numerator, figures["principles.all-of-defined"].denominator) == (1, 1)


def test_care_act_says_studied_testimony_only_or_nothing(framework: Framework) -> None:
    studies = [study(1, findings=(finding(outcome="people.self.valued"),), geography=Geography(data=("Wales",)))]
    result = care_act.analyse(studies, _said(framework, ("people.opportunity.finances",)))
    verdicts = {str(row[0])[:3]: row[-1] for row in result.tables[0].rows}
    assert (verdicts["(a)"], verdicts["(f)"], verdicts["(h)"]) == ("studied", "testimony only", "nothing")
    nations = next(row for row in result.tables[1].rows if row[0] == "(a)")
    assert [cell.n for cell in nations[1:] if isinstance(cell, Count)] == [0, 1, 0, 0, 0, 0, 0]


def test_an_area_reached_only_in_part_says_so(framework: Framework) -> None:
    result = care_act.analyse([study(1, findings=(finding(outcome="people.self.empowerment"),))], framework)
    assert {str(row[0])[:3]: row[-1] for row in result.tables[0].rows}["(d)"] == "studied, in part"


def test_testimony_counts_outcomes_that_no_study_reports(framework: Framework) -> None:
    studies = [
        study(1, findings=(finding(outcome="people.self.valued"),)),
        study(2, role="context", findings=(finding("author2-2020", outcome="staff.work.ease"),)),
    ]
    said = ("people.self.valued", "staff.work.ease", "people.living.home")
    (figure,) = testimony.analyse(studies, _said(framework, said, ("staff.work.ease",), ())).figures
    assert (figure.numerator, figure.denominator, figure.interval) == (2, 3, None)


def test_a_base_without_a_review_has_no_testimony(framework: Framework) -> None:
    result = testimony.analyse([study(1)], framework)
    assert (result.statement, result.figures[0].value) == ("This base holds no testimony.", None)
