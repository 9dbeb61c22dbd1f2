"""An analysis takes one module and one line of the registry: the example of CONTRIBUTING.md, added and found."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.registry import ANALYSES
from coprod_review.gaps.shares import share
from coprod_review.gaps.study_sets import is_primary
from coprod_review.model.base import Framework
from coprod_review.model.study import Study, eligible
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria
from coprod_review.results.result import Result

QUESTION = "How many of the studies are primary studies?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report the share of eligible studies that are primary."""
    primary = share(
        "toy.primary",
        "Primary studies",
        "counts a study if its design is primary; out of the eligible studies",
        eligible(studies),
        lambda study: is_primary(study, framework.codebook),
        framework.codebook,
        criteria=Criteria(("design",)),
    )
    return Result("toy", figures=(primary,), charts=(bars("toy", [("Primary", primary)]),))


ANALYSIS = Analysis("toy", QUESTION, analyse)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANALYSES, ANALYSIS.name, ANALYSIS)


def test_every_analysis_in_full_includes_it(run: Any) -> None:
    done = run("gaps", "--all")
    assert (done.code, done.err) == (0, "")
    assert f"TOY: {QUESTION}" in done.out
    assert "Primary studies: 12 of 28 studies (43%" in done.out


def test_json_has_its_figure(run: Any) -> None:
    (result,) = json.loads(run("gaps", "toy", "--format", "json").out)["results"]
    assert (result["analysis"], result["question"]) == ("toy", QUESTION)
    assert [(f["id"], f["numerator"], f["denominator"]) for f in result["figures"]] == [("toy.primary", 12, 28)]


def test_why_opens_its_figure(run: Any) -> None:
    payload = json.loads(run("why", "toy.primary", "--format", "json").out)
    places = [study["place"] for study in payload["studies"]]
    assert (places.count("counted"), places.count("not counted")) == (12, 16)


def test_it_is_drawn(run: Any) -> None:
    assert "<svg" in run("gaps", "toy", "--format", "svg").out


def test_a_similar_name_is_suggested(run: Any) -> None:
    done = run("gaps", "toyy")
    assert done.code == 2
    assert "`toy`" in done.err
