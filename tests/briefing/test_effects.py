"""The wording of effects: never stronger than direction, role and certainty allow, and never one side alone."""

import itertools
import re

import pytest

from coprod_review.briefing.effects import AGAINST, DIRECTIONS, EFFECTS, ROLES, TAKING_PART, clauses
from coprod_review.briefing.passages import passage_for
from coprod_review.briefing.passages.passage import CitedStudies
from coprod_review.model.base import Framework
from coprod_review.model.study import Certainty, ReportedIn
from tests.briefing.made import source_with
from tests.conftest import finding, study

CERTAINTY = (None, "very_low", "low", "moderate", "high")
CAUSAL = re.compile(
    r"\b(prove|caus|lead|led|result in|increase|reduce|improv|effective|significant|work[s]?\b|demonstrat|because)",
    re.I,
)


def certain(level: str) -> Certainty:
    return Certainty(
        level=level, methodological_limitations="a", coherence="b", adequacy="c", relevance="d", assessor="e",
        date="2026-01-01",
    )  # fmt: skip


def test_effects_cover_every_codebook_combination(framework: Framework) -> None:
    book = framework.codebook
    directions = [t.id for t in book.terms("directions")]
    roles = [t.id for t in book.terms("evidence_roles")]
    levels = [None, *(t.id for t in book.terms("certainty_levels"))]
    assert set(EFFECTS) == set(itertools.product(directions, roles, levels))
    assert set(TAKING_PART) == {(level, d) for level in ("experience", "output") for d in directions}


@pytest.mark.parametrize("words", [*EFFECTS.values(), *TAKING_PART.values()])
def test_no_row_claims_a_cause(words: str) -> None:
    assert not CAUSAL.search(words.format(s="s"))


def test_verb_strength_follows_certainty() -> None:
    for (direction, role, certainty), words in EFFECTS.items():
        if direction == "not_stated":
            continue
        verb = words.partition("{")[0]
        assert ("show" in words) == (certainty == "high")
        assert ("probably" in words) == (certainty == "moderate")
        assert (" may " in words) == (certainty == "low")
        assert ("very uncertain" in words) == (certainty == "very_low")
        if role == "reported_by_review":
            assert verb == "relay"


def test_taking_part_words_claim_no_effect() -> None:
    for words in TAKING_PART.values():
        assert not re.search(r"benefit|effect|outcome|gain|relay|report", words)


def made(*codes: dict[str, object]) -> list[tuple[object, object]]:
    pairs = []
    for number, code in enumerate(codes, 1):
        found = finding(f"author{number}-2020", 1, **code)
        pairs.append((study(number, findings=(found,)), found))
    return pairs  # type: ignore[return-value]


def test_benefits_precede_adverse_effects(framework: Framework) -> None:
    pairs = made(
        {"direction": "harm"},
        {"direction": "benefit"},
        {"direction": "no_change"},
        {"direction": "mixed"},
        {"direction": "benefit", "evidence_role": "reported_by_review"},
    )
    stated = list(clauses(pairs, framework.codebook))  # type: ignore[arg-type]
    assert [c.words.partition("{")[0] + c.words.partition("}")[2] for c in stated] == [
        "report a benefit", "relay a benefit", "report mixed results", "report no change", "report harm",
    ]  # fmt: skip
    assert [c.against for c in stated] == [False, False, True, True, True]


def test_certainty_parts_studies_that_point_the_same_way(framework: Framework) -> None:
    pairs = made({"certainty": certain("low")}, {}, {"certainty": certain("high")})
    sentences = [c.words.format(s="s") for c in clauses(pairs, framework.codebook)]  # type: ignore[arg-type]
    assert sentences == ["shows a benefit", "suggests that there may be a benefit", "reports a benefit"]


def test_effect_cites_studies_by_kind(framework: Framework) -> None:
    one = study(1, findings=(finding("author1-2020", 1),))
    two = study(2, design="scoping-review", findings=(finding("author2-2020", 1, evidence_role="reported_by_review"),))
    three = study(3, findings=(finding("author3-2020", 1, direction="no_change"),))
    passage = passage_for(source_with(framework, one, two, three), "effect", "people.health.wellbeing")
    assert passage.pieces == (
        "1 primary study reports a benefit ", CitedStudies(("author1-2020",)),
        "; and ", "1 review relays a benefit ", CitedStudies(("author2-2020",)),
        "; but ", "1 primary study reports no change ", CitedStudies(("author3-2020",)),
    )  # fmt: skip


def test_process_only_findings_give_no_effect(framework: Framework) -> None:
    one = study(1, findings=(finding("author1-2020", 1, level="experience", outcome="people.self.valued"),))
    source = source_with(framework, one)
    assert passage_for(source, "effect", "people.self.valued").text == "no study in this base reports on it"
    assert (
        passage_for(source, "part", "people.self.valued").text
        == "1 primary study describes this side of taking part as good "
    )


def test_effect_marks_review_only_results(bundled: object, framework: Framework) -> None:
    from coprod_review.loading.evidence_base import EvidenceBase

    assert isinstance(bundled, EvidenceBase)
    relayed = (ReportedIn(source="scie-review-2022"),)
    studies = (
        study(1, findings=(finding("author1-2020", 1, reported_in=relayed),)),
        study(2, findings=(finding("author2-2020", 1),)),
    )
    both = passage_for(source_with(bundled.framework, *studies), "effect", "people.health.wellbeing")
    assert both.pieces == (
        "1 primary study reports a benefit ", CitedStudies(("author2-2020",)),
        "; and ", "by the SCIE review alone, ", "1 primary study reports a benefit ", CitedStudies(("author1-2020",)),
    )  # fmt: skip
    alone = passage_for(source_with(bundled.framework, studies[0]), "effect", "people.health.wellbeing").text
    assert alone == "By the SCIE review alone, 1 primary study reports a benefit "


def test_unknown_direction_claims_nothing(framework: Framework) -> None:
    (clause,) = clauses(made({"direction": "splendid"}), framework.codebook)  # type: ignore[arg-type]
    assert clause.words == EFFECTS["not_stated", "original", None]
    assert set(AGAINST) < set(DIRECTIONS)
    assert len(ROLES) == 2
