"""Whether primary studies say who took part, in words."""

import pytest

from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.gaps.shares import median_figure
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import NO_CRITERIA
from coprod_review.results.result import Result
from tests.phrasing.made import share

NOT_YET = "This question cannot be answered yet."
MEDIAN = "The median study mentions 1.5 of 24 groups, over 2 studies with a code for every group."


def _statement(
    framework: Framework,
    silent: dict[str, tuple[int, int]],
    items: tuple[int, ...],
    *missing: str,
    studies: int = 13,
) -> str:
    """The statement where so many of so many studies do not mention a group, and studies mention so many groups."""
    ids = [str(n) for n in range(studies)]
    values = list(zip(ids, items, strict=False))
    median = median_figure("reporting.median-items", "Label", "definition", values, ids, NO_CRITERIA)
    numbers = ((t.id, silent.get(t.id, (0, 0 if missing else 1))) for t in groups_of(framework))
    groups = (share(f"reporting.{name}", known - none, known, 1) for name, (none, known) in numbers)
    return words.statement(Result("reporting", figures=(median, *groups), missing=missing), framework)


def test_the_three_groups_that_are_mentioned_least(framework: Framework) -> None:
    silent = {"women": (1, 9), "dementia": (3, 9), "older-people": (2, 8), "faith": (9, 9)}
    assert _statement(framework, silent, (1, 2)) == (
        "13 primary studies were coded from the full text. Most often, they do not mention people of a faith (9 of 9 "
        f"studies), people living with dementia (3 of 9 studies) and older people (2 of 8 studies). {MEDIAN}"
    )


def test_every_group_is_mentioned(framework: Framework) -> None:
    assert _statement(framework, {}, ()) == (
        "13 primary studies were coded from the full text. They mention every group that is coded."
    )


def test_one_study(framework: Framework) -> None:
    assert _statement(framework, {"faith": (1, 1)}, (3,), studies=1) == (
        "1 primary study was coded from the full text. It does not mention people of a faith (1 of 1 study). The "
        "median study mentions 3 of 24 groups, over 1 study with a code for every group."
    )


def test_one_study_that_mentions_every_group(framework: Framework) -> None:
    assert _statement(framework, {}, (), studies=1) == (
        "1 primary study was coded from the full text. It mentions every group that is coded."
    )


def test_where_the_base_cannot_answer(framework: Framework) -> None:
    assert _statement(framework, {}, (), "full_texts", studies=0) == NOT_YET
    assert _statement(framework, {}, (), "groups") == (f"{NOT_YET} 13 primary studies were coded from the full text.")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "full_texts",
            (
                "No primary study was coded from its full text, and an abstract cannot show what a study does not "
                "mention. To answer the question, read full texts, set coded_from to full_text and code every group "
                "under populations."
            ),
        ),
        (
            "groups",
            (
                "No group is coded for any primary study that was coded from its full text. To answer the question, "
                "code every group under populations, and use not_reported where the text does not mention it."
            ),
        ),
    ],
)
def test_what_is_missing(name: str, sentence: str, framework: Framework) -> None:
    assert words.missing_sentence(Result("reporting", missing=(name,)), framework) == sentence
