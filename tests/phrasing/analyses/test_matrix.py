"""The evidence map and crossings of two facets in words."""

from dataclasses import replace

import pytest

from coprod_review.gaps.analyses.matrix import CrossingFacts, MapFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.chart import matrix
from coprod_review.results.result import Result
from coprod_review.results.table import Table

FACTS = MapFacts("outcome domain", places=22, studied=16, with_outcome=14, testimony_only=3, has_testimony=True)
CROSSING = CrossingFacts("sector", "place", studies=28, uncoded=0, cells=114, filled=24)
COUNTS = "Each cell and each total counts a study once."


def _statement(facts: MapFacts | CrossingFacts, framework: Framework) -> str:
    return words.statement(Result("matrix", facts=facts), framework)


def test_map_with_findings_and_testimony(framework: Framework) -> None:
    assert _statement(FACTS, framework) == (
        "16 of 22 outcome domains have a finding from at least one study in this base. "
        "14 of them have a finding about a change, and not only about the process. "
        "6 of 22 outcome domains have no finding; participants of the review named 3 of them."
    )


def test_map_of_single_outcomes_without_testimony(framework: Framework) -> None:
    facts = MapFacts("outcome", places=63, studied=1, with_outcome=0, testimony_only=0, has_testimony=False)
    assert _statement(facts, framework) == (
        "1 of 63 outcomes has a finding from at least one study in this base. "
        "0 of them have a finding about a change, and not only about the process. 62 of 63 outcomes have no finding."
    )


def test_map_without_findings(framework: Framework) -> None:
    facts = replace(FACTS, studied=0, with_outcome=0, testimony_only=0)
    assert _statement(facts, framework) == (
        "0 of 22 outcome domains have a finding from at least one study in this base. "
        "22 of 22 outcome domains have no finding; participants of the review named 0 of them."
    )


def test_complete_map_names_no_gap(framework: Framework) -> None:
    facts = replace(FACTS, studied=22, testimony_only=0)
    assert _statement(facts, framework) == (
        "22 of 22 outcome domains have a finding from at least one study in this base. "
        "14 of them have a finding about a change, and not only about the process."
    )


@pytest.mark.parametrize(
    ("facts", "statement", "note"),
    [
        (CROSSING, "24 of 114 cells have at least one study.", COUNTS),
        (
            replace(CROSSING, filled=1, uncoded=1),
            "1 of 114 cells has at least one study.",
            f"{COUNTS} Of 28 studies, 1 has no code for one of the two facets.",
        ),
        (
            replace(CROSSING, filled=0, uncoded=28),
            "0 of 114 cells have at least one study.",
            f"{COUNTS} Of 28 studies, 28 have no code for one of the two facets.",
        ),
    ],
)
def test_crossing_of_two_facets(facts: CrossingFacts, statement: str, note: str, framework: Framework) -> None:
    table = Table("Sector by place", ("Sector", "All"), (), id="matrix.sector-by-place")
    result = Result("matrix", tables=(table,), charts=(matrix("matrix", table),), facts=facts)
    assert words.question(result, framework) == "How many studies are there by sector and place of the data?"
    assert words.statement(result, framework) == statement
    assert [t.note for t in words.tables(result, framework)] == [note]
    assert [c.table.note for c in words.charts(result, framework) if c.table] == [note]


def test_chart_of_the_map_does_not_speak_of_gaps(framework: Framework) -> None:
    table, drawn = (
        Table("Evidence map", ("Outcome domain", "Studies"), (), id=f"matrix.{name}") for name in ("map", "chart")
    )
    result = Result("matrix", tables=(table,), charts=(matrix("matrix", drawn),), facts=FACTS)
    (noted,), (chart,) = words.tables(result, framework), words.charts(result, framework)
    assert chart.table is not None
    assert noted.note == f"{chart.table.note} A gap that applies to most rows is listed once, after the table."
    assert chart.title == words.question(result, framework)
