"""An analysis takes one module and one line of the registry: the example of CONTRIBUTING.md, added and found.

Its words take a second module and a second line. ``tests/documentation/test_contributing.py`` compares the two.
"""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.registry import ANALYSES
from coprod_review.gaps.shares import share
from coprod_review.gaps.study_sets import is_primary
from coprod_review.model.base import Framework
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible
from coprod_review.phrasing.analyses.registry import WORDINGS
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria
from coprod_review.results.result import Result
from tests.conftest import study

QUESTION = "How many of the studies are primary studies?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report the share of eligible studies that are primary."""

    def primary(study: Study) -> bool | None:
        return None if study.design == NOT_CODED else is_primary(study, framework.codebook)

    figure = share(
        "toy.primary",
        "Primary studies",
        "counts a study if its design is primary; out of the eligible studies whose design is coded",
        eligible(studies, framework.codebook),
        primary,
        framework.codebook,
        criteria=Criteria(("design",)),
    )
    return Result("toy", figures=(figure,), charts=(bars("toy", [("Primary", figure)]),))


ANALYSIS = Analysis("toy", QUESTION, analyse)


def _statement(facts: None, result: Result, framework: Framework) -> str:
    (primary,) = result.figures
    return f"The base codes {figure_in_words(primary)} as primary."


WORDING = Wording(statement=_statement, caution="Reviews can be evidence too.")


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANALYSES, ANALYSIS.name, ANALYSIS)
    monkeypatch.setitem(WORDINGS, ANALYSIS.name, WORDING)


def test_primary_studies_are_counted(framework: Framework) -> None:
    studies = [study(1, design="qualitative"), study(2, design="guidance"), study(3, design="not_coded")]
    (primary,) = analyse(studies, framework).figures
    assert (primary.numerator_ids, primary.unknown_ids) == (("author1-2020",), ("author3-2020",))


def test_every_analysis_in_full_includes_it(run: Any) -> None:
    done = run("gaps", "--all")
    assert (done.code, done.err) == (0, "")
    assert f"TOY: {QUESTION}" in done.out
    assert "The base codes 12 of 28 studies (43%" in done.out
    assert "Reviews can be evidence too." in done.out


def test_without_words_its_figures_are_shown(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(WORDINGS, ANALYSIS.name)
    assert "Primary studies: 12 of 28 studies (43%" in run("gaps", "--all").out


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
