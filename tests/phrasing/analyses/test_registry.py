"""The words of an analysis by its name: of one with words of its own, and of one that its figures tell."""

from dataclasses import replace

import pytest

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.registry import ANALYSES, all_results
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.results.chart import bars
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from tests.gaps.random_bases import ODD_BASES
from tests.gaps.worked import reviewed
from tests.phrasing.facts import FRAMEWORK, entry
from tests.phrasing.made import share

FIGURES = (
    replace(share("toy.primary", 12, 28), label="Primary studies"),
    replace(share("toy.reviews", 3, 3, 11), label="Reviews"),
)
FIXED, MADE = (Table(name, ("Row",), (("x",),), id=f"toy.{name}") for name in ("fixed", "made"))
RESULT = Result("toy", FIGURES, tables=(FIXED, MADE), charts=(bars("toy", [("Primary", FIGURES[0])]),), facts=7)
WORDING = Wording(
    statement=lambda facts, result, _: f"{facts} studies in {result.analysis}.",
    caution="Nothing follows.",
    missing={
        "appraisal": Missing("no study has a recorded appraisal", "record the tool"),
        "cost": Missing(
            lambda facts, *_: f"cost is not known for {facts} studies", lambda facts, *_: f"code {facts} studies"
        ),
    },
    notes={"toy.fixed": "A fixed note.", "toy.made": lambda facts, *_: f"A note on {facts} studies."},
    tables=lambda result, _: (replace(FIXED, id=f"{result.analysis}.more"),),
)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANALYSES, "toy", Analysis("toy", "How many?", lambda *_: RESULT))


@pytest.fixture
def worded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(words.WORDINGS, "toy", WORDING)


# An analysis without words of its own.


def test_figures_tell_an_analysis_without_words() -> None:
    assert words.statement(RESULT, FRAMEWORK) == (
        "Primary studies: 12 of 28 studies (43%; 95% confidence interval 27% to 61%). "
        "Reviews: at least 3 of 14 studies (not known for 11)."
    )
    assert words.question(RESULT, FRAMEWORK) == "How many?"
    assert words.caution(RESULT, FRAMEWORK) == FRAMEWORK.about.caution
    assert words.tables(RESULT, FRAMEWORK) == (FIXED, MADE)
    assert words.missing(RESULT, FRAMEWORK) == words.lacks(RESULT, FRAMEWORK) == ""
    assert words.missing_sentence(RESULT, FRAMEWORK) == ""


# An analysis with words.


@pytest.mark.usefixtures("worded")
def test_words_of_an_analysis_come_from_its_facts() -> None:
    assert words.statement(RESULT, FRAMEWORK) == "7 studies in toy."
    assert words.caution(RESULT, FRAMEWORK) == "Nothing follows."
    assert words.question(RESULT, FRAMEWORK) == "How many?"


def test_options_can_change_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    asks = replace(WORDING, question=lambda facts, *_: f"How many of {facts}?")
    monkeypatch.setitem(words.WORDINGS, "toy", asks)
    assert words.question(RESULT, FRAMEWORK) == "How many of 7?"
    assert [chart.title for chart in words.charts(RESULT, FRAMEWORK)] == ["How many of 7?"]


@pytest.mark.usefixtures("worded")
@pytest.mark.parametrize(
    ("names", "missing", "lacks", "sentence"),
    [
        ((), "", "", ""),
        (
            ("appraisal",),
            "no study has a recorded appraisal: record the tool",
            "No study has a recorded appraisal.",
            "No study has a recorded appraisal. To answer the question, record the tool.",
        ),
        (
            ("appraisal", "cost"),
            "no study has a recorded appraisal: record the tool; and cost is not known for 7 studies: code 7 studies",
            "No study has a recorded appraisal. Cost is not known for 7 studies.",
            (
                "No study has a recorded appraisal. To answer the question, record the tool. "
                "Cost is not known for 7 studies. To answer the question, code 7 studies."
            ),
        ),
    ],
)
def test_what_is_missing(names: tuple[str, ...], missing: str, lacks: str, sentence: str) -> None:
    result = replace(RESULT, missing=names)
    assert words.missing(result, FRAMEWORK) == missing
    assert words.lacks(result, FRAMEWORK) == lacks
    assert words.missing_sentence(result, FRAMEWORK) == sentence


@pytest.mark.usefixtures("worded")
def test_tables_have_notes_and_come_in_their_order() -> None:
    framework = reviewed(FRAMEWORK, published=[entry(beside="toy.unknown", n=4, N=34)])
    tables = words.tables(RESULT, framework)
    assert [(table.id, table.note) for table in tables[1:]] == [
        ("toy.fixed", "A fixed note."),
        ("toy.made", "A note on 7 studies."),
        ("toy.more", ""),
    ]
    assert tables[0].id == "toy.published"


@pytest.mark.usefixtures("worded")
def test_chart_has_the_question_and_the_caution() -> None:
    (chart,) = words.charts(RESULT, FRAMEWORK)
    assert (chart.id, chart.title, chart.caution) == ("toy", "How many?", "Nothing follows.")
    assert chart.description == "Primary: 12 of 28 studies (43%; 95% confidence interval 27% to 61%)."


# The analyses of the package.


def test_only_analyses_have_words() -> None:
    assert set(words.WORDINGS) <= set(ANALYSES)


@pytest.mark.parametrize("base", ODD_BASES)
def test_everything_that_can_be_missing_has_words(base: str, framework: Framework) -> None:
    for result in all_results(ODD_BASES[base], framework):
        if result.missing:
            assert set(result.missing) <= set(words.WORDINGS[result.analysis].missing), result.analysis
