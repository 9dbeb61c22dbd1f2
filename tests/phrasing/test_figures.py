"""Figures in words: the count, its denominator, its interval, and what is not known."""

from dataclasses import replace
from typing import get_args

import pytest

from coprod_review.phrasing.figures import (
    REASONS,
    figure_in_words,
    ratio_in_words,
    reason_in_words,
    share_in_words,
    short_label,
    unknown_count,
)
from coprod_review.results.figure import Figure, Reason, Unit, Unknown
from tests.phrasing.facts import ratio
from tests.phrasing.made import count, share

NO_ABSENCE = "and only a full text can show that something is missing"
WORDS: dict[Reason, str] = {
    "empty": "there are no studies to count",
    "nothing_known": "this is not known for any study",
    "few_known": "this is known for fewer than 10 studies",
    "few_full_texts": f"fewer than 10 studies were read in full, {NO_ABSENCE}",
    "presence_only": f"no study was read in full, {NO_ABSENCE}",
    "no_second_side": "no study is known to be on the second side",
    "complete_count": "everything was counted",
    "no_denominator": "there is nothing to divide by",
    "dependent_findings": "findings of one study depend on each other",
    "no_beneficiary": "no outcome finding says who benefited",
    "no_list": "for no review is it recorded which studies it includes",
    "few_lists": "for fewer than two reviews is it recorded which studies they include",
    "one_sided": "every study for which this is known is counted, so it could only be 100%",
    "no_kind": "the codebook does not say which terms are meant",
}


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(get_args(Reason)) == set(WORDS)


@pytest.mark.parametrize("reason", get_args(Reason))
def test_reason_is_a_clause_after_because(reason: Reason) -> None:
    figure = replace(share("x", 3, 9), reason=reason)
    assert REASONS[reason] == WORDS[reason]
    assert reason == "no_kind" or reason_in_words(figure) == WORDS[reason]


def test_figure_without_the_kinds_that_it_counts_cannot_be_counted() -> None:
    figure = replace(share("x", 0, 0, 12), numerator=None, reason="no_kind", lacks=("directions", "for", "mixed"))
    why = (
        "the vocabulary directions does not say which of its terms are meant; "
        "add `kind: for` and `kind: mixed` to those that are"
    )
    assert figure_in_words(figure) == f"cannot be counted because {why}"
    assert short_label(figure) == "cannot be counted"


def test_reason_of_a_ratio_that_could_only_be_one() -> None:
    figure = ratio(12, 12, unknown=Unknown(3, 1.0, 1.0), reason="one_sided")
    assert reason_in_words(figure) == "no study is known to be on one side alone, so it could only be 1"


def test_figure_with_value_and_interval_has_no_reason() -> None:
    assert reason_in_words(share("x", 22, 28)) == ""


SHARES = [
    # Nothing known, nothing to count.
    (share("x", 0, 0), "no studies to count"),
    (share("x", 0, 0, 12), "not known for any of 12 studies"),
    (share("x", 0, 0, 1), "not known for any of 1 study"),
    # Everything known: a share, under ten studies, a zero, all, and very few of many.
    (share("x", 22, 28), "22 of 28 studies (79%; 95% confidence interval 60% to 90%)"),
    (share("x", 3, 9), "3 of 9 studies"),
    (share("x", 1, 1), "1 of 1 study"),
    (share("x", 0, 9), "0 of 9 studies"),
    (share("x", 0, 20), "0 of 20 studies (95% confidence interval up to 14%)"),
    (share("x", 20, 20), "20 of 20 studies (100%; 95% confidence interval 84% to 100%)"),
    (share("x", 1, 400), "1 of 400 studies (under 1%; 95% confidence interval under 1% to 1%)"),
    (share("x", 399, 400), "399 of 400 studies (over 99%; 95% confidence interval 99% to over 99%)"),
    # Some unknown: with a share, without one, and a zero among those that are known.
    (share("x", 6, 20, 5), "6 of 20 studies (30%; 95% confidence interval 15% to 52%), and not known for 5 more"),
    (share("x", 0, 20, 5), "0 of 20 studies (95% confidence interval up to 14%), and not known for 5 more"),
    (share("x", 3, 3, 11), "at least 3 of 14 studies (not known for 11)"),
    (share("x", 2, 5, 1), "at least 2 of 6 studies (not known for 1)"),
    (share("x", 0, 5, 3), "none of the 5 for which this is known (not known for 3 of 8 studies)"),
]


@pytest.mark.parametrize(("figure", "words"), SHARES)
def test_share_has_its_denominator_and_its_unknown(figure: Figure, words: str) -> None:
    assert figure_in_words(figure) == words


@pytest.mark.parametrize(
    ("unit", "one", "several"),
    [
        ("study", "1 of 1 study", "1 of 2 studies"),
        ("finding", "1 of 1 finding", "1 of 2 findings"),
        ("published share", "1 of 1 published share", "1 of 2 published shares"),
    ],
)
def test_denominator_names_what_is_counted(unit: Unit, one: str, several: str) -> None:
    assert share_in_words(count("x", ["a"], ["a"], unit)) == one
    assert share_in_words(count("x", ["a"], ["a", "b"], unit)) == several


def test_complete_count_has_no_interval() -> None:
    assert share_in_words(replace(count("x", ["a"], ["a", "b"], "claim"), value=0.5)) == "1 of 2 claims"


def test_nothing_to_count_names_its_unit() -> None:
    figure = replace(share("x", 0, 0), unit="claim")
    assert figure_in_words(figure) == figure_in_words(count("x", [], [], "claim")) == "no claims to count"
    assert short_label(figure) == "no claims"


@pytest.mark.parametrize(
    ("figure", "unknown"), [(share("x", 3, 9, 4), 4), (share("x", 3, 9), 0), (count("x", [], [], "claim"), 0)]
)
def test_unknown_studies_are_counted(figure: Figure, unknown: int) -> None:
    assert unknown_count(figure) == unknown


EXAMINE = ("examine outcomes", "examine the process")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (
            ratio(22, 21, 1.05, (0.77, 1.43)),
            (
                "For every 10 studies that examine the process, about 10 examine outcomes "
                "(ratio 1.05; 95% confidence interval 0.77 to 1.43)."
            ),
        ),
        (
            ratio(6, 18, 1 / 3, (0.19, 0.58)),
            (
                "For every 10 studies that examine the process, about 3 examine outcomes "
                "(ratio 0.33; 95% confidence interval 0.19 to 0.58)."
            ),
        ),
        (
            ratio(1, 30, 1 / 30, (0.005, 0.204)),
            (
                "For every 100 studies that examine the process, about 3 examine outcomes "
                "(ratio 0.03; 95% confidence interval 0.01 to 0.20)."
            ),
        ),
        (
            ratio(20, 4, 5.0, (2.5, None)),
            (
                "For every 10 studies that examine the process, about 50 examine outcomes "
                "(ratio 5.00; 95% confidence interval 2.50 to no upper limit)."
            ),
        ),
        (ratio(3, 6, reason="few_known"), "No ratio is given because this is known for fewer than 10 studies."),
        (
            ratio(12, 0, reason="no_second_side"),
            "No ratio is given because no study is known to be on the second side.",
        ),
        (ratio(None, 0, reason="nothing_known"), "No ratio is given because this is not known for any study."),
    ],
)
def test_ratio_is_a_sentence(figure: Figure, words: str) -> None:
    assert ratio_in_words(figure, *EXAMINE) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (share("x", 0, 0), "no studies"),
        (share("x", 0, 0, 12), "not known for any of 12"),
        (share("x", 22, 28), "22 of 28, 79% (60% to 90%)"),
        (share("x", 6, 20, 5), "6 of 20, 30% (15% to 52%)"),
        (share("x", 0, 20), "0 of 20 (up to 14%)"),
        (share("x", 3, 9), "3 of 9"),
        (share("x", 0, 9), "0 of 9"),
        (share("x", 3, 3, 11), "at least 3 of 14; 11 not known"),
        (share("x", 0, 5, 3), "none of 5 known; 3 not known"),
    ],
)
def test_label_beside_a_bar_is_short(figure: Figure, words: str) -> None:
    assert short_label(figure) == words
