"""Charts in words: the words next to each bar, and the description for readers who cannot see the chart."""

from dataclasses import replace

import pytest

from coprod_review.phrasing.charts import bar, chart_in_words
from coprod_review.results.chart import Bar, bars, matrix, pairs
from coprod_review.results.figure import Figure
from coprod_review.results.table import Count, Table
from tests.phrasing.facts import ratio
from tests.phrasing.made import share

QUESTION, CAUTION = "How many studies report outcomes?", "Few studies were read."


@pytest.mark.parametrize(
    ("figure", "drawn"),
    [
        # n, total, unknown and whether the interval is drawn.
        (share("x", 22, 28), (22, 28, 0, True)),
        (share("x", 0, 20), (0, 20, 0, True)),
        (share("x", 6, 20, 5), (6, 25, 5, False)),
        (share("x", 3, 9), (3, 9, 0, False)),
        (share("x", 3, 3, 11), (3, 14, 11, False)),
        (share("x", 0, 0, 12), (0, 12, 12, False)),
        (share("x", 0, 0), (0, 0, 0, False)),
    ],
)
def test_bar_is_as_long_as_its_figure(figure: Figure, drawn: tuple[int, int, int, bool]) -> None:
    made = bar("Label", figure)
    assert (made.n, made.total, made.unknown, made.low is not None) == drawn
    assert (made.low is None) == (made.high is None)


def test_bar_has_the_words_and_the_interval_of_its_figure() -> None:
    figure = share("x.share", 22, 28)
    assert figure.interval is not None
    assert bar("Report outcomes", figure) == Bar(
        label="Report outcomes",
        n=22,
        total=28,
        words="22 of 28 studies (79%; 95% confidence interval 60% to 90%)",
        low=figure.interval.low,
        high=figure.interval.high,
        id="x.share",
        short="22 of 28, 79% (60% to 90%)",
    )


def test_interval_of_a_ratio_is_not_drawn_as_a_share() -> None:
    made = bar("Ratio", ratio(6, 18, 1 / 3, (0.19, 0.58)))
    assert (made.low, made.high) == (None, None)


def test_description_gives_every_bar() -> None:
    figures = [("Report outcomes", share("x", 22, 28)), ("Report harm", share("y", 0, 5, 3))]
    chart = chart_in_words(bars("x", figures), QUESTION, CAUTION)
    assert (chart.id, chart.kind, chart.title, chart.caution) == ("x", "bars", QUESTION, CAUTION)
    assert chart.description == (
        "Report outcomes: 22 of 28 studies (79%; 95% confidence interval 60% to 90%). "
        "Report harm: none of the 5 for which this is known (not known for 3 of 8 studies)."
    )
    assert [b.label for b in chart.bars] == ["Report outcomes", "Report harm"]


def test_title_of_a_chart_comes_before_the_question() -> None:
    data = bars("x", [("Report outcomes", share("x", 22, 28))], title="Studies by year")
    assert chart_in_words(data, QUESTION, CAUTION).title == "Studies by year"


def test_pairs_keep_the_names_of_their_series() -> None:
    data = pairs("x", [("A", share("x", 1, 2)), ("B", share("y", 1, 2))], ("Outcomes", "Process"))
    chart = chart_in_words(data, QUESTION, CAUTION)
    assert (chart.kind, chart.series) == ("pairs", ("Outcomes", "Process"))


TABLE = Table(
    "The map",
    ("Group", "Studies", "Reviews"),
    (("Women", Count(("a", "b")), Count(())), ("Others", Count(("a",)), Count(()))),
    id="x.map",
    row_ids=("women", "others"),
    column_ids=("studies", "reviews"),
)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (TABLE, "The map: 2 of 4 cells are not empty."),
        (replace(TABLE, note="Totals are last."), "The map: 2 of 4 cells are not empty. Totals are last."),
        (replace(TABLE, rows=(TABLE.rows[0],), row_ids=("women",)), "The map: 1 of 2 cells is not empty."),
    ],
)
def test_matrix_says_how_many_cells_are_not_empty(table: Table, words: str) -> None:
    chart = chart_in_words(matrix("x", table), QUESTION, CAUTION)
    assert (chart.kind, chart.title, chart.description) == ("matrix", QUESTION, words)
    assert (chart.table, chart.bars, chart.caution) == (table, (), CAUTION)
