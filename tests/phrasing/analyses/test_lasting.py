"""Cost, and whether effects last, in words."""

import pytest

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import share

Numbers = tuple[int, int, int]
NAMES = ("cost", "economic-evaluation", "over-6-months", "over-24-months")
IN_PART = "Only part of this question can be answered so far."


def _result(*numbers: Numbers, missing: tuple[str, ...] = ()) -> Result:
    figures = tuple(share(f"lasting.{name}", *given) for name, given in zip(NAMES, numbers, strict=True))
    return Result("lasting", figures=figures, missing=missing)


@pytest.mark.parametrize(
    ("result", "statement"),
    [
        (
            _result((3, 9, 0), (1, 9, 0), (2, 5, 4), (0, 4, 5)),
            (
                "9 studies are known to report an outcome. 3 of 9 studies measure cost in some way. 1 of 9 studies "
                "has a full economic evaluation. At least 2 of 9 studies follow effects for more than 6 months; this "
                "is not known for 4 studies. 0 of 4 studies follow effects for more than 24 months; this is not "
                "known for 5 more studies."
            ),
        ),
        (
            _result((0, 1, 0), (0, 1, 0), (1, 1, 0), (0, 0, 1)),
            (
                "1 study is known to report an outcome. 0 of 1 study measures cost in some way. 0 of 1 study has a "
                "full economic evaluation. 1 of 1 study follows effects for more than 6 months. We do not know "
                "whether the only study follows effects for more than 24 months."
            ),
        ),
        (
            _result((1, 2, 0), (0, 2, 0), (0, 0, 2), (0, 0, 2), missing=("follow_up",)),
            (
                f"{IN_PART} 2 studies are known to report an outcome. 1 of 2 studies measures cost in some way. 0 of 2 "
                "studies have a full economic evaluation."
            ),
        ),
        (
            _result((0, 0, 2), (0, 0, 2), (2, 2, 0), (2, 2, 0), missing=("cost",)),
            (
                f"{IN_PART} 2 studies are known to report an outcome. 2 of 2 studies follow effects for more than 6 "
                "months. 2 of 2 studies follow effects for more than 24 months."
            ),
        ),
        (
            _result(*((0, 0, 2),) * 4, missing=("cost", "follow_up")),
            "This question cannot be answered yet. 2 studies are known to report an outcome.",
        ),
        (_result(*((0, 0, 0),) * 4), "No study here is known to report an outcome."),
    ],
)
def test_statement(result: Result, statement: str, framework: Framework) -> None:
    assert words.statement(result, framework) == statement


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "cost",
            (
                "We do not know whether any study that reports an outcome measures cost. To answer the question, code "
                "cost_measure for each study from its full text."
            ),
        ),
        (
            "follow_up",
            (
                "We do not know how long any study that reports an outcome followed its effects. To answer the "
                "question, code follow_up for each finding from the full text."
            ),
        ),
    ],
)
def test_only_what_is_missing_is_named(name: str, sentence: str, framework: Framework) -> None:
    assert words.missing_sentence(_result(*((0, 0, 2),) * 4, missing=(name,)), framework) == sentence
