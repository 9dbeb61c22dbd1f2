"""The wording of effects: never stronger than direction, role and certainty allow, and never one side alone."""

import itertools
import re
from dataclasses import replace

import pytest

from coprod_review.model.base import Framework
from coprod_review.phrasing.effects import (
    AGAINST,
    CERTAINTY_LEVELS,
    DIRECTIONS,
    ROLES,
    TAKING_PART,
    Effect,
    ReportingStudies,
    change_in_words,
    effects_in_words,
)
from coprod_review.phrasing.pieces import CitedStudies

CAUSAL = re.compile(
    r"\b(prove|caus|lead|led|result in|increase|reduce|improv|effective|significant|work[s]?\b|demonstrat|because)",
    re.I,
)
WORD_OF_DIRECTION = {"for": "benefit", "mixed": "mixed", "no_change": "change", "against": "harm"}
"""A word that every row of a direction has, and no row of another."""
REVIEW = "SCIE review"
EFFECTS = {row: change_in_words(*row) for row in itertools.product(DIRECTIONS, ROLES, CERTAINTY_LEVELS)}
"""What studies say of a change, by direction, role and certainty."""


# --- the table of words -------------------------------------------------------------


def test_every_code_of_the_codebook_has_words(framework: Framework) -> None:
    book = framework.codebook
    directions = [t.kind for t in book.terms("directions")]
    roles = [t.kind for t in book.terms("evidence_roles")]
    levels = [None, *(t.id for t in book.terms("certainty_levels"))]
    assert set(EFFECTS) == set(itertools.product(directions, roles, levels))
    assert set(TAKING_PART) == {(level, d) for level in ("experience", "output") for d in directions}


def test_hint_about_taking_part_is_a_possibility() -> None:
    hinted = Effect("for", "experience", strength="hints")
    assert hinted.verb == "describe{s} a good experience of taking part, as a possibility"
    assert replace(hinted, strength="suggests").verb == TAKING_PART["experience", "for"]


@pytest.mark.parametrize("words", [*EFFECTS.values(), *TAKING_PART.values()])
def test_no_words_claim_a_cause(words: str) -> None:
    assert not CAUSAL.search(words.format(s="s"))


@pytest.mark.parametrize("row", EFFECTS)
def test_words_follow_direction_role_and_certainty(row: tuple[str, str, str | None]) -> None:
    direction, role, certainty = row
    words = EFFECTS[row]
    assert {d for d, word in WORD_OF_DIRECTION.items() if word in words} == {direction} - {"not_stated"}
    if direction != "not_stated":
        assert ("show" in words) == (certainty == "high")
        assert ("probably" in words) == (certainty == "moderate")
        assert (" may be " in words) == (certainty == "low")
        assert ("very uncertain" in words) == (certainty == "very_low")
        assert words.startswith("cite{s} studies") == (role == "relayed")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("for", "original", None), "reports a benefit"),
        (("for", "original", "very_low"), "reports a benefit, on very uncertain evidence"),
        (("for", "original", "low"), "suggests there may be a benefit"),
        (("mixed", "original", "moderate"), "suggests results are probably mixed"),
        (("no_change", "original", "high"), "shows little or no change"),
        (("against", "relayed", None), "cites studies that report harm"),
        (
            ("no_change", "relayed", "low"),
            "cites studies that suggest there may be little or no change",
        ),
        (("mixed", "relayed", "high"), "cites studies that show mixed results"),
        (("not_stated", "original", None), "mentions this outcome and states no direction"),
    ],
)
def test_words_of_one_study(row: tuple[str, str, str | None], words: str) -> None:
    assert EFFECTS[row].format(s="s") == words


def test_taking_part_claims_no_effect() -> None:
    for (level, _), words in TAKING_PART.items():
        assert not re.search(r"benefit|effect|outcome|gain|cite|report", words)
        assert ("made or done" in words) == (level == "output")
    assert len(set(TAKING_PART.values())) == len(TAKING_PART)


def test_what_is_no_benefit_is_against_one() -> None:
    assert set(AGAINST) == set(DIRECTIONS) - {"for", "not_stated"}
    assert CERTAINTY_LEVELS[-1] is None


# --- sentences ----------------------------------------------------------------------


def studies(*ids: str, kind: str = "") -> ReportingStudies:
    return ReportingStudies(ids, kind or ("1 primary study" if len(ids) == 1 else f"{len(ids)} primary studies"))


def written(effects: dict[Effect, ReportingStudies]) -> str:
    pieces = effects_in_words(effects, REVIEW)
    return "".join(p if isinstance(p, str) else f"[{', '.join(p.ids)}]" for p in pieces)


def test_no_effect_is_no_report() -> None:
    assert effects_in_words({}, REVIEW) == ("No study in this base reports on this.",)


def test_citations_are_pieces() -> None:
    assert effects_in_words({Effect("for", "change"): studies("a")}, REVIEW) == (
        "1 primary study reports a benefit ",
        CitedStudies(("a",)),
        ".",
    )


@pytest.mark.parametrize(
    ("effects", "words"),
    [
        ({Effect("for", "change"): studies("a", "b")}, "2 primary studies report a benefit [a, b]."),
        (
            {
                Effect("against", "change"): studies("d"),
                Effect("no_change", "change"): studies("c"),
                Effect("for", "change"): studies("a"),
                Effect("for", "change", "relayed"): studies("b", kind="1 review"),
            },
            (
                "1 primary study reports a benefit [a], and 1 review cites studies that report a benefit [b], "
                "but 1 primary study reports no change [c], and 1 primary study reports harm [d]."
            ),
        ),
        (
            {Effect("mixed", "change"): studies("a"), Effect("against", "change"): studies("b")},
            "1 primary study reports mixed results [a], and 1 primary study reports harm [b].",
        ),
        (
            {Effect("for", "change"): studies("a"), Effect("not_stated", "change"): studies("b")},
            (
                "1 primary study reports a benefit [a], and 1 primary study mentions this outcome and states no "
                "direction [b]."
            ),
        ),
        (
            {Effect("for", "change", second_hand=True): studies("a")},
            "According to the SCIE review alone, 1 primary study reports a benefit [a].",
        ),
        (
            {
                Effect("for", "change", second_hand=True): studies("a"),
                Effect("against", "change"): studies("b"),
                Effect("against", "change", second_hand=True): studies("c"),
            },
            (
                "1 primary study reports harm [b]. According to the SCIE review alone, "
                "1 primary study reports a benefit [a], but 1 primary study reports harm [c]."
            ),
        ),
        (
            {
                Effect("for", "change", "original", "low"): studies("a"),
                Effect("for", "change"): studies("b"),
                Effect("for", "change", "original", "high"): studies("c"),
            },
            (
                "1 primary study shows a benefit [c], and 1 primary study suggests there may be a benefit [a], "
                "and 1 primary study reports a benefit [b]."
            ),
        ),
        (
            {
                Effect("for", "experience"): studies("a"),
                Effect("against", "experience"): studies("b", "c"),
                Effect("for", "output"): studies("d", "e"),
            },
            (
                "1 primary study describes a good experience of taking part [a], and 2 primary studies describe "
                "something that was made or done, and value it [d, e], but 2 primary studies describe taking part as a "
                "burden [b, c]."
            ),
        ),
    ],
)
def test_sentences_on_one_outcome(effects: dict[Effect, ReportingStudies], words: str) -> None:
    assert written(effects) == words
