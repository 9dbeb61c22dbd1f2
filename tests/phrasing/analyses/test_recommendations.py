"""What the base says on each recommendation, in words."""

from dataclasses import replace

import pytest

from coprod_review.gaps.analyses.recommendations import RecommendationsFacts
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.figures import ratio_value
from coprod_review.results.chart import bars
from coprod_review.results.figure import Figure
from coprod_review.results.intervals import Interval
from coprod_review.results.result import Result
from tests.gaps.worked import reviewed
from tests.phrasing.made import count, share

PERIODS = {"2015 to 2019": share("p1", 4, 6, 3), "2020": share("p2", 1, 5)}
IN_PERIODS = (
    "Among studies published in 2015 to 2019, at least 4 of 9 studies set out to examine outcomes; this is not known "
    "for 3 studies. Among studies published in 2020, 1 of 5 studies sets out to examine outcomes."
)
NO_TREND = "The studies were not sampled by period, so a difference between periods is not a trend."


def _result(
    measured: int,
    recommendations: int,
    *,
    studies: int = 30,
    periods: dict[str, Figure] | None = None,
    figures: dict[str, Figure] | None = None,
) -> Result:
    ids = [f"r{n}" for n in range(recommendations)]
    return Result(
        "recommendations",
        figures=(count("recommendations.measurable", ids[:measured], ids, "recommendation"),),
        charts=(bars("recommendations", periods.items()),) if periods else (),
        facts=RecommendationsFacts(studies, figures or {}),
        missing=() if recommendations else ("recommendations",),
    )


@pytest.mark.parametrize(
    ("result", "statement"),
    [
        (
            _result(2, 4, periods=PERIODS),
            (
                "This base has figures on 2 of 4 recommendations. The table says why it has none on the other 2. "
                f"{IN_PERIODS} {NO_TREND}"
            ),
        ),
        (
            _result(4, 4, studies=29, periods=PERIODS),
            (
                f"This base has figures on 4 of 4 recommendations. {IN_PERIODS} 29 studies are too few to show a "
                f"trend. {NO_TREND}"
            ),
        ),
        (
            _result(1, 1, studies=1, periods={"2020": share("p2", 0, 0, 1)}),
            (
                "This base has figures on 1 of 1 recommendation. Among studies published in 2020, we do not know "
                f"whether the only study sets out to examine outcomes. 1 study is too few to show a trend. {NO_TREND}"
            ),
        ),
        (
            _result(0, 2),
            "This base has figures on 0 of 2 recommendations. The table says why it has none on the other 2.",
        ),
        (_result(0, 0), "This question cannot be answered yet."),
        (_result(0, 0, periods=PERIODS), f"This question cannot be answered yet. {IN_PERIODS} {NO_TREND}"),
    ],
)
def test_statement(result: Result, statement: str, framework: Framework) -> None:
    assert words.statement(result, framework) == statement


def test_what_is_missing(framework: Framework) -> None:
    assert words.missing_sentence(_result(0, 0), framework) == (
        "This base has no recommendations. To answer the question, add recommendations to review.yaml."
    )
    assert words.tables(_result(0, 0), framework) == ()


def _ratio(**changes: object) -> Figure:
    plain = replace(share("a.ratio", 7, 11), kind="ratio", label="Ratio", unknown=None)
    return replace(plain, **changes)  # type: ignore[arg-type]


INTERVAL = Interval(0.4, 1.1, 0.95, 2, "method")


@pytest.mark.parametrize(
    ("figure", "cell"),
    [
        (share("a.share", 2, 5, 4), "Label: at least 2 of 9 studies (not known for 4) [f]."),
        (share("a.share", 0, 0, 4), "Label: not known for any of 4 studies [f]."),
        (count("a.count", ("x",), ("x", "y"), "claim"), "Label: 1 of 2 claims [f]."),
        (_ratio(value=0.64, interval=INTERVAL), f"Ratio: 7 to 11 ({ratio_value(0.64, INTERVAL)}) [f]."),
        (
            _ratio(numerator=1, denominator=2, value=None, interval=None, reason="few_known"),
            (
                "Ratio: 1 to 2 among the studies that are known on both sides (no ratio is given because this is known "
                "for fewer than 10 studies) [f]."
            ),
        ),
        (None, "There is no figure f."),
    ],
)
def test_figure_beside_a_recommendation(figure: Figure | None, cell: str, framework: Framework) -> None:
    recommended = [Recommendation(id="r1", statement="Look at outcomes.", measured_by=("f",))]
    result = _result(1, 1, figures={"f": figure} if figure else {})
    (table,) = words.tables(result, reviewed(framework, recommendations=recommended))
    assert table.id == "recommendations.table"
    assert table.rows == (("r1", "Look at outcomes.", cell),)


def test_each_recommendation_has_its_figures_or_a_reason(framework: Framework) -> None:
    recommended = [
        Recommendation(id="r1", statement="One.", measured_by=("f", "g")),
        Recommendation(id="r2", statement="Two.", not_measurable_because="No field holds kindness"),
        Recommendation(id="r3", statement="Three."),
    ]
    result = _result(1, 3, figures={"f": share("f", 1, 2), "g": share("g", 2, 3)})
    (table,) = words.tables(result, reviewed(framework, recommendations=recommended))
    assert [row[2] for row in table.rows] == [
        "Label: 1 of 2 studies [f]. Label: 2 of 3 studies [g].",
        "This base does not measure this. No field holds kindness.",
        "This base does not measure this. No reason is given.",
    ]
