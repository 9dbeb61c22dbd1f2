"""Gaps as sentences of briefings, in full and in plain language."""

from typing import Any

import pytest

from coprod_review.gaps.gap_rules import GAP_RULES
from coprod_review.model.base import Framework
from coprod_review.phrasing.gaps import (
    closed_gap_sentence,
    gap_sentence,
    general_gap_sentence,
    plain_gap_sentence,
)
from coprod_review.results.result import Gap, GapCounts, GeneralGap

NOTHING = {"studies": 0, "primary": 0, "reviews": 0, "statements": 0, "uncoded": 0, "included": 0, "appraised": 0}


def gap(kind: str, where: str, label: str, of_kind: Any, **counts: int) -> Gap:
    return Gap(kind, where, label, of_kind, GapCounts(**{**NOTHING, **counts}, directions=()), ())


def group(kind: str, **counts: int) -> Gap:
    return gap(kind, "unpaid-carers", "Unpaid carers", "group", **counts)


def domain(kind: str, **counts: int) -> Gap:
    return gap(kind, "people.living", "People: home and daily living", "outcome", **counts)


LIVING = "home and daily living (people)"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (group("none"), "No study in this base focuses on unpaid carers"),
        (
            group("none", included=9),
            "No study in this base focuses on unpaid carers, although 9 studies include them",
        ),
        (
            group("none", included=1, uncoded=3),
            "No study in this base that is coded for this focuses on unpaid carers, although 1 study includes them",
        ),
        (domain("none", uncoded=3), f"No study in this base reports on {LIVING}"),
        (
            domain("testimony_only", statements=2),
            f"Review participants raised {LIVING}, but no study here does",
        ),
        (
            domain("review_only", reviews=1),
            f"Only 1 review in this base reports on {LIVING}, and no primary study does",
        ),
        (
            domain("review_only", reviews=2),
            f"Only 2 reviews in this base report on {LIVING}, and no primary study does",
        ),
        (group("thin", studies=1), "Only 1 study in this base focuses on unpaid carers"),
        (group("thin", studies=2), "Only 2 studies in this base focus on unpaid carers"),
        (domain("thin", studies=2), f"Only 2 studies in this base report on {LIVING}"),
        (domain("single_source", primary=1), f"Only 1 primary study in this base reports on {LIVING}"),
        (
            domain("single_source", primary=2),
            f"The 2 primary studies in this base that report on {LIVING} come from one source",
        ),
        (domain("mixed"), f"The findings in this base on {LIVING} do not agree"),
        (
            domain("indirect"),
            f"On {LIVING}, no study is both about social care and from the nations of this base",
        ),
        (
            domain("synthesis", primary=4),
            f"No recent review in this base brings together the 4 primary studies on {LIVING}",
        ),
        (domain("quality", appraised=2), f"Each of the 2 appraised studies on {LIVING} has a serious concern"),
        (
            domain("unappraised"),
            f"No study on {LIVING} has been appraised, so we do not know how good this evidence is",
        ),
        (
            domain("not_coded", uncoded=5, studies=1),
            f"5 studies may belong to {LIVING} and are not coded yet; 1 is known to belong there",
        ),
        (
            domain("not_coded", uncoded=1),
            f"1 study may belong to {LIVING} and is not coded yet; 0 are known to belong there",
        ),
    ],
)  # fmt: skip
def test_gap_says_what_is_missing_where(gap: Gap, words: str, framework: Framework) -> None:
    assert gap_sentence(gap, framework) == words
    assert closed_gap_sentence(gap, framework) == f"The earlier state of the base had this gap: “{words}.”"


def test_domain_that_names_its_group_does_so_once(framework: Framework) -> None:
    harm = gap("none", "people.harm", "People: harm and burden to people", "outcome")
    assert gap_sentence(harm, framework) == "No study in this base reports on harm and burden to people"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (group("none", included=9), "No study here is about unpaid carers"),
        (group("thin", studies=1), "Only 1 study here is about unpaid carers"),
        (group("thin", studies=2), "Only 2 studies here are about unpaid carers"),
        (domain("testimony_only"), "People spoke about home and daily living, but no study here does"),
        (domain("review_only"), "Only reviews here are about home and daily living"),
        (domain("single_source"), "All first-hand evidence here on home and daily living has one source"),
        (domain("mixed"), "Studies here do not agree about home and daily living"),
        (domain("indirect"), "Studies here on home and daily living are from other services or places"),
        (domain("synthesis"), "No recent review here sums up home and daily living"),
        (domain("quality"), "Every checked study here on home and daily living has serious weaknesses"),
        (domain("unappraised"), "Nobody has checked how good the studies on home and daily living are"),
        (domain("not_coded"), "Many studies here are not yet coded for home and daily living"),
    ],
)
def test_plain_gap_is_short(gap: Gap, words: str, framework: Framework) -> None:
    assert plain_gap_sentence(gap, framework) == words
    assert len(words.split()) <= 15


@pytest.mark.parametrize(("kind", "places"), [("outcome", "domains"), ("group", "groups"), ("pair", "pairs")])
def test_general_gap_says_in_how_many_places(kind: Any, places: str, framework: Framework) -> None:
    words = general_gap_sentence(GeneralGap("unappraised", 16, 22, kind), framework)
    assert words == f"16 of 22 {places} have this gap: quality not known."


def test_every_type_of_gap_has_sentences(framework: Framework) -> None:
    for kind in GAP_RULES:
        assert gap_sentence(domain(kind), framework)
        assert plain_gap_sentence(domain(kind), framework)
        assert general_gap_sentence(GeneralGap(kind, 1, 1, "outcome"), framework)
