"""Whether people chose what was measured, and how far they were involved, in words."""

import pytest

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import share

NAMES = ("chose-outcomes", "co-design-or-above", "co-production", "label-gap")
NONE = (0, 0, 0)
UNRATED = (NONE,) * 3
NOT_YET = "This question cannot be answered yet."
IN_PART = "Only part of this question can be answered so far."
NO_PRIMARY = "No primary study here is known to report an outcome."
CHOSE = (
    "8 primary studies are known to report an outcome. At least 4 of 8 studies involved people with lived experience "
    "in choosing what to measure; this is not known for 2 studies."
)
RATED = (
    "At least two people assessed how far people were involved in 8 studies. 3 of 8 studies are assessed as co-design "
    "or co-production. 1 of 8 studies is assessed as co-production. 2 of 8 studies call themselves co-production and "
    "are assessed as less than co-design."
)


def _result(chose: tuple[int, int, int], *rungs: tuple[int, int, int], missing: tuple[str, ...] = ()) -> Result:
    numbers = zip(NAMES, (chose, *rungs), strict=True)
    return Result("involvement", figures=tuple(share(f"involvement.{n}", *x) for n, x in numbers), missing=missing)


def _rated(unknown: int) -> tuple[tuple[int, int, int], ...]:
    return (3, 8, unknown), (1, 8, unknown), (2, 8, unknown)


@pytest.mark.parametrize(
    ("result", "statement"),
    [
        (_result((4, 6, 2), *_rated(0)), f"{CHOSE} {RATED}"),
        (
            _result((1, 1, 0), *_rated(0)),
            (
                "1 primary study is known to report an outcome. 1 of 1 study involved people with lived experience in "
                f"choosing what to measure. {RATED}"
            ),
        ),
        (
            _result((4, 6, 2), *_rated(1)),
            f"{CHOSE} {RATED} 1 more study was assessed by fewer than two people and is not counted.",
        ),
        (
            _result((4, 6, 2), *_rated(2)),
            f"{CHOSE} {RATED} 2 more studies were assessed by fewer than two people and are not counted.",
        ),
        (
            _result((4, 6, 2), *((0, 0, 3),) * 3),
            f"{CHOSE} 3 studies were assessed by fewer than two people and are not counted.",
        ),
        (_result((4, 6, 2), *UNRATED, missing=("rungs",)), f"{IN_PART} {CHOSE}"),
        (_result(NONE, *UNRATED, missing=("rungs",)), f"{NOT_YET} {NO_PRIMARY}"),
        (_result(NONE, *_rated(0)), f"{NO_PRIMARY} {RATED}"),
        (_result((0, 0, 2), *_rated(0), missing=("involvement_in_outcomes",)), f"{IN_PART} {RATED}"),
        (
            _result((0, 0, 2), *((0, 0, 1),) * 3, missing=("involvement_in_outcomes",)),
            f"{NOT_YET} 1 study was assessed by fewer than two people and is not counted.",
        ),
        (_result((0, 0, 2), *UNRATED, missing=("involvement_in_outcomes", "rungs")), NOT_YET),
    ],
)
def test_statement(result: Result, statement: str, framework: Framework) -> None:
    assert words.statement(result, framework) == statement


@pytest.mark.parametrize(
    ("studies", "lack"), [(2, "any of 2 primary studies that report"), (1, "the primary study that reports")]
)
def test_what_is_missing(studies: int, lack: str, framework: Framework) -> None:
    result = _result((0, 0, studies), *UNRATED, missing=("involvement_in_outcomes", "rungs"))
    assert words.missing_sentence(result, framework) == (
        f"We do not know whether people helped to choose what to measure in {lack} an outcome. To answer the question, "
        "read full texts and code involvement_in_outcomes. No study has codes for the rung of the ladder that it "
        "claims and the rung that coders assessed. To answer the question, have two people code rung_claimed and "
        "rung_assessed, and name them under coders."
    )
