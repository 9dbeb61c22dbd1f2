"""Numbers of the review that the shipped base corrects or cannot confirm."""

import json
from typing import Any

import pytest

pytestmark = pytest.mark.shipped_data

Entry = dict[str, Any]


@pytest.fixture
def claims(run: Any) -> dict[str, Entry]:
    """Every claim as JSON, by its id."""
    return {claim["id"]: claim for claim in json.loads(run("claims", "--format", "json").out)}


def test_24_of_122_is_not_the_stated_20_percent(run: Any, claims: dict[str, Entry]) -> None:
    figure = claims["c09"]["figures"][0]
    assert (figure["n"], figure["N"], figure["percent"]) == (24, 122, 20)
    assert round(100 * figure["value"], 1) == 19.7
    assert (round(100 * figure["interval"]["low"], 1), round(100 * figure["interval"]["high"], 1)) == (13.6, 27.6)
    for format in ("terminal", "csv", "markdown"):
        text = " ".join(run("claims", "--section", "3", "--format", format).out.split())
        assert "24 of 122 (19.7%; 95% confidence interval 13.6% to 27.6%; the review states 20%)" in text, format


def test_shares_without_a_denominator_are_not_computed(run: Any, claims: dict[str, Entry]) -> None:
    figures = claims["c13"]["figures"]
    assert [figure["percent"] for figure in figures] == [84, 44, 52]
    assert [(figure["value"], figure["interval"]) for figure in figures] == [(None, None)] * 3
    text = " ".join(run("claims", "--section", "3.1.1").out.split())
    for percent in (84, 44, 52):
        assert f"{percent}%; the denominator is missing" in text
