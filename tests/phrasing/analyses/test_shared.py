"""A share of studies as a sentence, over everything that can be known of it."""

import pytest

from coprod_review.phrasing.analyses.shared import pool, share_clause, share_sentence
from coprod_review.phrasing.figures import share_in_words
from coprod_review.results.figure import Figure
from tests.phrasing.made import share

VERBS = ("measures cost", "measure cost")


def _share(yes: int, known: int, unknown: int = 0) -> Figure:
    return share("a.share", yes, known, unknown)


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (_share(0, 0), "There are no studies to count."),
        (_share(0, 0, 1), "We do not know whether the only study measures cost."),
        (_share(0, 0, 2), "We do not know whether any of 2 studies measures cost."),
        (_share(0, 1), "0 of 1 study measures cost."),
        (_share(1, 1), "1 of 1 study measures cost."),
        (_share(0, 9), "0 of 9 studies measure cost."),
        (_share(1, 9), "1 of 9 studies measures cost."),
        (_share(9, 9), "9 of 9 studies measure cost."),
        (_share(0, 1, 1), "0 of 1 study measures cost; this is not known for 1 more study."),
        (_share(0, 3, 4), "0 of 3 studies measure cost; this is not known for 4 more studies."),
        (_share(1, 1, 1), "At least 1 of 2 studies measures cost; this is not known for 1 study."),
        (_share(2, 5, 4), "At least 2 of 9 studies measure cost; this is not known for 4 studies."),
        (_share(12, 12, 2), "At least 12 of 14 studies measure cost; this is not known for 2 studies."),
    ],
)
def test_share_without_a_percentage(figure: Figure, sentence: str) -> None:
    assert share_sentence(figure, *VERBS) == sentence


@pytest.mark.parametrize(
    ("figure", "rest"),
    [
        (_share(0, 12), " measure cost."),
        (_share(1, 12), " measures cost."),
        (_share(3, 12), " measure cost."),
        (_share(3, 12, 1), " measure cost; this is not known for 1 more study."),
        (_share(0, 12, 2), " measure cost; this is not known for 2 more studies."),
    ],
)
def test_share_with_a_percentage(figure: Figure, rest: str) -> None:
    assert figure.value is not None
    assert share_sentence(figure, *VERBS) == f"{share_in_words(figure)}{rest}"


def test_clause_goes_on_in_a_sentence() -> None:
    assert share_clause(_share(2, 5, 4), *VERBS) == (
        "at least 2 of 9 studies measure cost; this is not known for 4 studies"
    )


def test_pool_counts_known_and_unknown() -> None:
    assert [pool(_share(*numbers)) for numbers in ((0, 0), (0, 0, 4), (2, 5), (2, 5, 4))] == [0, 4, 5, 9]
