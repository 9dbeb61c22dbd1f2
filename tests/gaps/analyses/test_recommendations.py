"""What the base says on each recommendation, and outcome focus by period, worked out by hand."""

from coprod_review.gaps.analyses import recommendations
from coprod_review.gaps.analyses.recommendations import RecommendationsFacts
from coprod_review.gaps.registry import run_analyses
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.model.study import Study
from coprod_review.results.result import Result
from tests.conftest import aims, study
from tests.gaps.worked import bounds, figures, issued, limits, named, numbers, reviewed, without_one

FOCUS = {
    **dict.fromkeys((1, 2, 3), "outcome"),
    4: "both",
    **dict.fromkeys(range(5, 11), "process"),
    11: "neither",
    12: "not_coded",
    13: "outcome",
    14: "both",
    **dict.fromkeys((15, 16, 17), "process"),
    18: "outcome",
    19: "outcome",
    20: "outcome",
}
YEARS = {**dict.fromkeys(range(1, 12), 2017), 1: 2015, 2: 2019, 12: 2018, 18: None, 19: 2016, 20: 2016}


def _base() -> list[Study]:
    """Twelve studies of 2015 to 2019, five of 2020 to 2024, one without a year, and two that do not count."""
    changes = {19: {"role": "context"}, 20: {"status": "retracted"}}
    return [
        issued(
            study(n, aims=aims(FOCUS[n]), populations={"women": "focus"} if n < 3 else {}, **changes.get(n, {})), year
        )
        for n, year in ((n, YEARS.get(n, 2020 if n < 16 else 2024)) for n in range(1, 21))
    ]


def _framework(framework: Framework) -> Framework:
    return reviewed(
        framework,
        recommendations=[
            Recommendation(id="r1", statement="Look at outcomes.", measured_by=("focus.outcome-share", "focus.ratio")),
            Recommendation(id="r2", statement="Ask women.", measured_by=("representation.women", "nope.figure")),
            Recommendation(id="r3", statement="Be kind.", not_measurable_because="No field holds kindness."),
            Recommendation(id="r4", statement="Be brave."),
        ],
    )


def _result(framework: Framework) -> Result:
    (result,) = run_analyses(["recommendations"], _base(), _framework(framework))
    return result


def test_recommendations_that_a_figure_bears_on(framework: Framework) -> None:
    measurable = figures(_result(framework))["measurable"]
    assert (measurable.numerator, measurable.denominator, measurable.value) == (2, 4, None)
    assert (measurable.numerator_ids, measurable.unit, measurable.interval) == (("r1", "r2"), "recommendation", None)


def test_outcome_focus_in_each_five_years(framework: Framework) -> None:
    by_id = figures(_result(framework))
    assert list(by_id) == ["measurable", "outcome-share-2015", "outcome-share-2020"]
    first, second = by_id["outcome-share-2015"], by_id["outcome-share-2020"]
    # 2015 to 2019: outcome or both 1 2 3 4; not 5 to 11; not coded 12. So 4 of 11. 18 has no year.
    assert numbers(first) == (4, 11, 1, 0.364)
    assert (first.numerator_ids, first.unknown_ids) == (named(1, 2, 3, 4), named(12))
    # (8 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 4 x 7/11)) / (2 (11 + 3.8415)) = (11.8415 -+ 7.3396) / 29.6829
    assert limits(first) == (0.152, 0.646)
    assert bounds(first) == (0.333, 0.417)  # 4/12 and 5/12
    assert without_one(first) == (0.3, 0.4)
    # 2020 to 2024: 13 and 14 of 13 to 17, too few for a share.
    assert (numbers(second), second.reason, second.numerator_ids) == ((2, 5, 0, None), "few_known", named(13, 14))


def test_facts_hold_the_figures_that_recommendations_name(framework: Framework) -> None:
    facts = _result(framework).facts
    assert isinstance(facts, RecommendationsFacts)
    assert facts.studies == 18
    # Focus over all 18: outcome or both 1 2 3 4 13 14 18, of 17 known. Process or both: 4 5 to 10 14 15 16 17: 11.
    assert numbers(facts.figures["focus.outcome-share"]) == (7, 17, 1, 0.412)
    assert (facts.figures["focus.ratio"].numerator, facts.figures["focus.ratio"].denominator) == (7, 11)
    assert numbers(facts.figures["representation.women"]) == (2, 2, 16, None)
    assert "nope.figure" not in facts.figures


def test_alone_the_analysis_has_no_other_figures(framework: Framework) -> None:
    assert recommendations.analyse(_base(), _framework(framework)).facts == RecommendationsFacts(18, {})


def test_uncoded_period_has_no_count(framework: Framework) -> None:
    result = recommendations.analyse([issued(study(1), 2009), issued(study(2), 2010)], framework)
    for name in ("outcome-share-2005", "outcome-share-2010"):
        figure = figures(result)[name]
        assert (numbers(figure), figure.reason) == ((None, 0, 1, None), "nothing_known")


def test_base_without_recommendations_lacks_them(framework: Framework) -> None:
    result = recommendations.analyse([issued(study(1), None)], framework)
    assert result.missing == ("recommendations",)
    assert (result.tables, result.charts) == ((), ())
    (measurable,) = result.figures
    assert (measurable.denominator, measurable.value) == (0, None)


def test_context_and_retracted_works_make_no_period(framework: Framework) -> None:
    studies = [study(1, role="context", aims=aims("outcome")), study(2, status="withdrawn", aims=aims("outcome"))]
    for works in ([], studies):
        assert list(figures(recommendations.analyse(works, framework))) == ["measurable"]


def test_a_period_ends_with_the_newest_study(framework: Framework) -> None:
    def labels(*years: int) -> list[str]:
        studies = [issued(study(n, aims=aims("both")), year) for n, year in enumerate(years, start=1)]
        return [f.label for f in recommendations.analyse(studies, framework).figures[1:]]

    assert labels(2019, 2022, 2020) == [
        "Studies of 2015 to 2019 that set out to examine outcomes",
        "Studies of 2020 to 2022 that set out to examine outcomes",
    ]
    assert labels(2025) == ["Studies of 2025 that set out to examine outcomes"]
