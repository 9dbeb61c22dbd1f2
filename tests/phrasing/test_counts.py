"""Counts within the sentences of briefings: with a denominator, and with what is not known."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps.shares import share
from coprod_review.model.base import Framework
from coprod_review.phrasing.counts import (
    focus_on_group,
    inclusion_of_group,
    labelled_share,
    numerator_in_words,
    share_in_count,
    share_in_tenths,
    share_with_interval,
    tenths,
)
from coprod_review.phrasing.figure_details import headline
from coprod_review.results.figure import Figure
from coprod_review.results.intervals import Interval
from tests.conftest import study


def of(yes: int, known: int, framework: Framework, *, unknown: int = 0) -> Figure:
    """A share of studies: the first pass, the last are not known."""
    studies = [study(n) for n in range(1, known + unknown + 1)]
    answers = {s.id: None if n > known else n <= yes for n, s in enumerate(studies, 1)}
    return share("a.b", "Studies that do it", "rule", studies, lambda s: answers[s.id], framework.codebook)


@pytest.mark.parametrize(
    ("yes", "known", "unknown", "words"),
    [
        (22, 28, 0, "22 of 28 studies (79%)"),
        (1, 21, 0, "1 of 21 studies (5%)"),
        (28, 28, 0, "28 of 28 studies (100%)"),
        (0, 28, 0, "none of 28 studies"),
        (3, 9, 0, "3 of 9 studies"),
        (1, 1, 0, "1 of 1 study"),
        (0, 0, 0, "none of 0 studies"),
        (22, 25, 3, "22 of 25 studies (88%; not known for 3 more)"),
        (0, 25, 3, "none of 25 studies (not known for 3 more)"),
        (6, 6, 16, "at least 6 of 22 studies (not known for 16)"),
        (0, 2, 16, "none of 2 studies (not known for 16 more)"),
        (0, 0, 28, "an unknown number of 28 studies"),
        (0, 0, 1, "an unknown number of 1 study"),
    ],
)
def test_share_has_its_denominator_and_unknowns(
    yes: int, known: int, unknown: int, words: str, framework: Framework
) -> None:
    assert share_in_count(of(yes, known, framework, unknown=unknown)) == words


@pytest.mark.parametrize(
    ("yes", "known", "unknown", "words"),
    [
        (22, 28, 0, "22 of 28 studies (79%; 95% confidence interval 60% to 90%)"),
        (0, 28, 0, "0 of 28 studies (95% confidence interval up to 10%)"),
        (3, 9, 0, "3 of 9 studies"),
        (22, 25, 3, "22 of 25 studies (88%; not known for 3 more)"),
        (6, 6, 16, "at least 6 of 22 studies (not known for 16)"),
        (0, 0, 28, "an unknown number of 28 studies"),
    ],
)
def test_interval_is_given_only_if_all_is_known(
    yes: int, known: int, unknown: int, words: str, framework: Framework
) -> None:
    assert share_with_interval(of(yes, known, framework, unknown=unknown)) == words


@pytest.mark.parametrize(
    ("yes", "known", "unknown", "words"),
    [
        (22, 28, 0, "22 of 28 studies (about 8 in 10)"),
        (6, 20, 0, "6 of 20 studies (about 3 in 10)"),  # docs/methods/figures.md
        (2, 28, 0, "2 of 28 studies (about 1 in 14)"),
        (1, 21, 0, "1 of 21 studies"),
        (0, 28, 0, "none of 28 studies"),
        (28, 28, 0, "28 of 28 studies (all of them)"),
        (27, 28, 0, "27 of 28 studies (nearly all)"),
        (3, 9, 0, "3 of 9 studies"),
        (6, 6, 16, "at least 6 of 22 studies (not known for 16)"),
        (19, 27, 1, "19 of 27 studies (about 7 in 10; 1 not known)"),
        (0, 27, 1, "none of 27 studies (not known for 1 more)"),
    ],
)
def test_plain_share_is_in_tenths(yes: int, known: int, unknown: int, words: str, framework: Framework) -> None:
    assert share_in_tenths(of(yes, known, framework, unknown=unknown)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.5, "about 5 in 10"),
        (0.149, "about 1 in 7"),
        (0.199, "about 1 in 5"),
        (0.25, "about 1 in 4"),
        (0.76, "about 3 in 4"),
        (0.35, "about 4 in 10"),
        (0.45, "about 5 in 10"),
    ],
)
def test_tenths_are_used_where_they_are_fine_enough(value: float, words: str) -> None:
    assert tenths(value) == words


def plain(kind: str, numerator: int | None, denominator: int | None, **changes: Any) -> Figure:
    """A figure that is no share."""
    return Figure("a.b", "Label", "rule", numerator, denominator, None, kind=kind, **changes)  # type: ignore[arg-type]


def test_other_kinds_of_figures_keep_their_form() -> None:
    assert share_in_count(plain("count", 7, 21)) == "7 of 21 studies"
    assert share_in_count(plain("count", 0, 21)) == "none of 21 studies"
    assert share_in_count(plain("count", 5, None, unit="claim")) == "5 claims"
    median = replace(plain("median", None, 12), value=4.0)
    assert share_in_count(median) == headline(median)
    ratio = replace(plain("ratio", 22, 21), value=1.05, interval=Interval(0.8, 1.4, 0.95, 2, "m"))
    assert share_with_interval(ratio).startswith("22 to 21 ")


def test_numerator_is_never_zero_if_unknown(framework: Framework) -> None:
    assert numerator_in_words(of(22, 28, framework)) == "22 studies"
    assert numerator_in_words(of(0, 28, framework)) == "0 studies"
    assert numerator_in_words(of(0, 0, framework, unknown=28)) == "an unknown number of 28 studies"


def test_labelled_share_is_a_sentence(framework: Framework) -> None:
    assert labelled_share(of(22, 28, framework)) == "The figure “Studies that do it” is 22 of 28 studies (79%)."
    assert labelled_share(of(0, 0, framework, unknown=28)) == (
        "The figure “Studies that do it” is not known for any of 28 studies."
    )


@pytest.mark.parametrize(
    ("yes", "known", "unknown", "words"),
    [
        (2, 28, 0, "2 of 28 studies (7%) focus on unpaid carers."),
        (1, 28, 0, "1 of 28 studies (4%) focuses on unpaid carers."),
        (1, 5, 0, "1 of 5 studies focuses on unpaid carers."),
        (0, 28, 0, "None of the 28 studies focuses on unpaid carers."),
        (2, 25, 3, "At least 2 of 28 studies focus on unpaid carers. For 3 more, we do not know."),
        (0, 25, 3, "None of the 25 studies focuses on unpaid carers. For 3 more, we do not know."),
        (0, 0, 28, "We do not know whether any of the 28 studies focuses on unpaid carers."),
    ],
)
def test_focus_on_a_group(yes: int, known: int, unknown: int, words: str, framework: Framework) -> None:
    assert focus_on_group(of(yes, known, framework, unknown=unknown), "Unpaid carers") == words


@pytest.mark.parametrize(
    ("yes", "known", "studies", "words"),
    [
        (9, 9, 28, "At least 9 of 28 studies include LGBT people. For 19 more, we do not know."),
        (1, 2, 28, "At least 1 of 28 studies includes LGBT people. For 26 more, we do not know."),
        (0, 2, 28, "None of the 2 studies includes LGBT people. For 26 more, we do not know."),
        (0, 0, 28, "We do not know whether any of the 28 studies includes LGBT people."),
        (9, 28, 28, "9 of 28 studies (32%) include LGBT people."),
        (0, 28, 28, "None of the 28 studies includes LGBT people."),
    ],
)
def test_inclusion_of_a_group_says_at_least(
    yes: int, known: int, studies: int, words: str, framework: Framework
) -> None:
    assert inclusion_of_group(of(yes, known, framework), "LGBT people", studies) == words
