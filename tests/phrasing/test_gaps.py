"""Gaps in words: what is missing, the rule that says so, and what was counted."""

from dataclasses import replace
from typing import get_args

import pytest

from coprod_review.gaps.gap_rules import GAP_RULES
from coprod_review.model.codebook import GAP_THRESHOLDS, Codebook
from coprod_review.phrasing.gaps import (
    gap_name,
    gap_observation,
    gap_rule,
    gap_statement,
    general_gap_statement,
    more_of_type,
)
from coprod_review.results.result import Gap, GeneralGap, PlaceKind
from tests.phrasing.facts import FRAMEWORK, RULES, gap

STATEMENTS = [
    (gap("testimony_only", statements=2), "people spoke of it, but no study reports on it"),
    (gap("none"), "no study in this base reports on it"),
    (gap("review_only", studies=1, reviews=1), "only 1 review and no primary study"),
    (gap("review_only", studies=2, reviews=2), "only 2 reviews and no primary study"),
    (gap("thin", studies=1), "only 1 study"),
    (gap("thin", studies=2), "only 2 studies"),
    (gap("single_source", studies=1, primary=1), "all primary studies come from one study or team"),
    (gap("mixed", directions=("benefit", "harm")), "the findings disagree"),
    (gap("indirect", studies=2), "no study is both about social care and from the nations of this base"),
    (gap("synthesis", primary=4), "no recent review brings its primary studies together"),
    (gap("quality", appraised=2), "every appraised study has a serious concern"),
    (gap("unappraised", studies=3), "no appraisal of its studies is recorded"),
    (gap("not_coded", studies=1, uncoded=3), "more studies are uncoded than coded"),
]
OBSERVATIONS = [
    (gap("testimony_only", statements=1), "0 studies, 1 statement by participants"),
    (gap("testimony_only", statements=2), "0 studies, 2 statements by participants"),
    (gap("none"), "0 studies"),
    (gap("review_only", studies=1, reviews=1), "1 review, 0 primary studies"),
    (gap("review_only", studies=3, reviews=2), "2 reviews, 0 primary studies"),
    (gap("thin", studies=1), "1 study"),
    (gap("thin", studies=2), "2 studies"),
    (gap("single_source", studies=3, primary=1), "1 primary study from one study family"),
    (gap("single_source", studies=3, primary=2), "2 primary studies from one study family"),
    (gap("mixed", directions=("benefit", "no_change")), "findings: benefit, no change"),
    (gap("indirect", studies=1), "0 of 1 study in the scope of this base"),
    (gap("indirect", studies=2), "0 of 2 studies in the scope of this base"),
    (
        gap("synthesis", studies=6, primary=4, reviews=2),
        "4 primary studies, and no review with a search up to 2021-11 or later",
    ),
    (gap("quality", studies=3, appraised=2), "2 of 2 appraised studies have a serious concern"),
    (gap("unappraised", studies=1), "0 of 1 study appraised"),
    (gap("unappraised", studies=3), "0 of 3 studies appraised"),
    (gap("not_coded", studies=0, uncoded=1), "1 study without codes, 0 with codes"),
    (gap("not_coded", studies=2, uncoded=3), "3 studies without codes, 2 with codes"),
]


def test_every_type_of_gap_is_tested() -> None:
    assert set(RULES) == set(GAP_RULES) == set(GAP_THRESHOLDS)
    assert {g.type for g, _ in STATEMENTS} == {g.type for g, _ in OBSERVATIONS} == set(GAP_RULES)


@pytest.mark.parametrize("kind", get_args(PlaceKind))
@pytest.mark.parametrize("gap_type", GAP_RULES)
def test_every_type_has_words_at_every_kind_of_place(gap_type: str, kind: PlaceKind) -> None:
    here = gap(gap_type, kind, studies=2, primary=2, reviews=2, appraised=2)
    assert gap_statement(here, FRAMEWORK).startswith(f"{here.label}: ")
    assert gap_observation(here, FRAMEWORK)
    assert gap_rule(here, FRAMEWORK)


@pytest.mark.parametrize(("here", "words"), STATEMENTS)
def test_statement_says_what_is_missing(here: Gap, words: str) -> None:
    assert gap_statement(here, FRAMEWORK) == f"People: health: {words}"


@pytest.mark.parametrize(
    ("here", "words"),
    [
        (gap("none", "group"), "no study focuses on them"),
        (gap("none", "group", included=1), "no study focuses on them, though 1 includes them"),
        (gap("none", "group", included=3), "no study focuses on them, though 3 include them"),
        (gap("none", "group", uncoded=2), "no study that is coded for groups focuses on them"),
        (
            gap("none", "group", uncoded=1, included=2),
            "no study that is coded for groups focuses on them, though 2 include them",
        ),
        (gap("thin", "group", studies=1, included=4), "only 1 study"),
    ],
)
def test_group_may_be_included_without_focus(here: Gap, words: str) -> None:
    assert gap_statement(here, FRAMEWORK) == f"Women: {words}"


def test_pair_without_a_study_is_named_with_both_of_its_sides() -> None:
    assert gap_statement(gap("none", "pair"), FRAMEWORK) == "Women, health: no study in this base reports on it"


@pytest.mark.parametrize(("here", "words"), OBSERVATIONS)
def test_observation_counts_what_is_there(here: Gap, words: str) -> None:
    assert gap_observation(here, FRAMEWORK) == words


def test_rule_has_the_thresholds_of_the_codebook() -> None:
    assert gap_rule(gap("thin", studies=1), FRAMEWORK) == "1 to 2 studies"
    rules = tuple(
        replace(r, thresholds={"most": 5}) if r.id == "thin" else r for r in FRAMEWORK.codebook.gap_rules
    )  # fmt: skip
    other = replace(FRAMEWORK, codebook=Codebook(vocabularies=FRAMEWORK.codebook.vocabularies, gap_rules=rules))
    assert gap_rule(gap("thin", studies=1), other) == "1 to 5 studies"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("outcome", "no study and no statement"),
        ("group", "no study and no statement"),
        ("pair", "there is no eligible study"),  # no statement by participants is about a pair
    ],
)
def test_rule_of_a_pair_has_no_statements(kind: PlaceKind, words: str) -> None:
    assert gap_rule(gap("none", kind), FRAMEWORK) == words
    assert gap_rule(GeneralGap("none", 12, 22, kind), FRAMEWORK) == words


@pytest.mark.parametrize(
    ("general", "words"),
    [
        (
            GeneralGap("unappraised", 16, 22, "outcome"),
            "Quality not known: this applies to 16 of 22 cells (no study is appraised).",
        ),
        (
            GeneralGap("none", 300, 500, "pair"),
            "No evidence: this applies to 300 of 500 cells (there is no eligible study).",
        ),
        (
            GeneralGap("testimony_only", 12, 22, "outcome"),
            "Named by people, not studied: this applies to 12 of 22 cells (no study and at least 1 statement).",
        ),
    ],
)
def test_general_gap_says_where_it_applies(general: GeneralGap, words: str) -> None:
    assert general_gap_statement(general, FRAMEWORK) == words


def test_gaps_that_are_not_listed_are_counted() -> None:
    assert more_of_type(23, "none") == "There are 23 more gaps of the type none, which --format json lists."


def test_gap_has_the_name_of_the_codebook() -> None:
    assert gap_name("thin", FRAMEWORK) == "Very little evidence"
    assert gap_name("unheard-of", FRAMEWORK) == "unheard-of"


def test_gap_without_a_rule_is_an_error() -> None:
    with pytest.raises(LookupError, match="the codebook has no rule `unheard-of`"):
        gap_rule(gap("unheard-of"), FRAMEWORK)
