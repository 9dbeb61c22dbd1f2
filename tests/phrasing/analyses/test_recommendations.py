"""What the base says on each recommendation, in words."""

from dataclasses import replace

import pytest

from coprod_review.gaps.analyses.recommendations import RecommendationsFacts
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.chart import bars
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from tests.gaps.worked import reviewed
from tests.phrasing.made import count, share

PERIODS = {"2015 to 2019": share("p1", 4, 11, 1), "2020 to 2024": share("p2", 2, 5)}
NO_TREND = "Works were not sampled by period, so a difference between periods is no trend."


def _result(
    measured: int,
    recommendations: int,
    *,
    studies: int = 18,
    periods: dict[str, Figure] | None = None,
    figures: dict[str, Figure] | None = None,
    missing: tuple[str, ...] = (),
) -> Result:
    ids = [f"r{n}" for n in range(recommendations)]
    return Result(
        "recommendations",
        figures=(count("recommendations.measurable", ids[:measured], ids, "recommendation"),),
        charts=(bars("recommendations", periods.items()),) if periods else (),
        facts=RecommendationsFacts(studies, figures or {}),
        missing=missing,
    )


def test_statement_claims_no_trend(framework: Framework) -> None:
    assert words.statement(_result(2, 4, periods=PERIODS), framework) == (
        "Figures of this base bear on 2 of 4 recommendations; for the other 2 the table says why nothing here can. "
        "Examining outcomes, by year of publication: 2015 to 2019, 4 of 11 studies (36%; 95% confidence interval 15% "
        "to "
        "65%), and not known for 1 more; 2020 to 2024, 2 of 5 studies. 18 studies are too few to speak of a trend. "
        f"{NO_TREND}"
    )


@pytest.mark.parametrize(("studies", "too_few"), [(29, True), (30, False)])
def test_from_thirty_studies_a_difference_is_still_no_trend(studies: int, too_few: bool, framework: Framework) -> None:
    statement = words.statement(_result(2, 4, studies=studies, periods=PERIODS), framework)
    assert ("too few to speak of a trend" in statement) is too_few
    assert statement.endswith(NO_TREND)


def test_base_without_recommendations(framework: Framework) -> None:
    result = _result(0, 0, missing=("recommendations",))
    assert words.statement(result, framework) == "This base holds no recommendations."
    assert words.missing(result, framework) == "the base holds no recommendations: add them to review.yaml"
    assert words.tables(result, framework) == ()


def test_recommendations_have_figures_or_a_reason(framework: Framework) -> None:
    recommended = [
        Recommendation(id="r1", statement="Look at outcomes.", measured_by=("a.share", "a.ratio")),
        Recommendation(id="r2", statement="Ask women.", measured_by=("nope.figure",)),
        Recommendation(id="r3", statement="Be kind.", not_measurable_because="No field holds kindness."),
        Recommendation(id="r4", statement="Be brave."),
    ]
    ratio = replace(share("a.ratio", 7, 11), kind="ratio", value=7 / 11, label="Ratio")
    figures = {"a.share": share("a.share", 7, 17, 1), "a.ratio": ratio}
    (table,) = words.tables(_result(2, 4, figures=figures), reviewed(framework, recommendations=recommended))
    assert table.id == "recommendations.table"
    assert table.rows == (
        (
            "r1",
            "Look at outcomes.",
            (
                "Label: 7 of 17 studies (41%; 95% confidence interval 22% to 64%), and not known for 1 more [a.share]; "
                "Ratio: 7 to 11 (ratio 0.64) [a.ratio]."
            ),
        ),
        ("r2", "Ask women.", "nope.figure: no such figure."),
        ("r3", "Be kind.", "Not measured here. No field holds kindness."),
        ("r4", "Be brave.", "Not measured here. No reason is given."),
    )
