"""Which characteristics of the people who took part primary studies report, in words."""

from coprod_review.gaps.shares import median_figure
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import NO_CRITERIA
from coprod_review.results.result import Result
from tests.phrasing.made import share

MEDIAN = "The median study reports 1.5 of 11 characteristics, over 2 studies with a code for every characteristic."


def _statement(
    framework: Framework, without: dict[str, tuple[int, int]], items: tuple[int, ...], studies: int = 13
) -> str:
    """The statement where so many of so many studies do not report a characteristic, and studies report so many."""
    ids = [str(n) for n in range(studies)]
    values = list(zip(ids, items, strict=False))
    median = median_figure("reporting.median-items", "Label", "definition", values, ids, NO_CRITERIA)
    numbers = ((t.id, without.get(t.id, (0, 1))) for t in framework.codebook.terms("characteristics"))
    shares = (share(f"reporting.{name}", known - number, known, 1) for name, (number, known) in numbers)
    return words.statement(Result("reporting", figures=(median, *shares)), framework)


def test_the_three_characteristics_that_are_reported_least(framework: Framework) -> None:
    without = {"age": (1, 9), "disability": (3, 9), "education": (2, 8), "religion": (9, 9)}
    assert _statement(framework, without, (1, 2)) == (
        "13 primary studies with participants were coded from the full text. "
        "Most often, they do not report religion (9 of 9 studies), "
        f"disability (3 of 9 studies) and education (2 of 8 studies). {MEDIAN}"
    )


def test_every_characteristic_is_reported(framework: Framework) -> None:
    assert _statement(framework, {}, ()) == (
        "13 primary studies with participants were coded from the full text. "
        "They report every characteristic that is coded."
    )


def test_one_study(framework: Framework) -> None:
    assert _statement(framework, {"religion": (1, 1)}, (3,), studies=1) == (
        "1 primary study with participants was coded from the full text. "
        "It does not report religion (1 of 1 study). The median study "
        "reports 3 of 11 characteristics, over 1 study with a code for every characteristic."
    )


def test_one_study_that_reports_every_characteristic(framework: Framework) -> None:
    assert _statement(framework, {}, (), studies=1) == (
        "1 primary study with participants was coded from the full text. It reports every characteristic that is coded."
    )


def test_where_nobody_read_a_study_for_this(framework: Framework) -> None:
    result = Result("reporting", missing=("characteristics",))
    assert words.statement(result, framework) == "This question cannot be answered yet."
    assert words.lacks(result, framework) == "No primary study has been read in full for this yet."
    assert words.missing_sentence(result, framework) == (
        "No primary study has been read in full for this yet. To answer the question, read full texts, set coded_from "
        "to full_text, and code under characteristics what each study reports of the people who took part."
    )
