"""What a briefing reports of findings: the source, the direction, the count and the corroboration.

The check of a briefing works a passage out again by the same code, so these tests pin the words themselves.
"""

from dataclasses import replace

import pytest

from coprod_review.briefing import template_context
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.effects import AGAINST, DIRECTIONS, EFFECTS, TAKING_PART, clauses
from coprod_review.briefing.passages import passage_for
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.study import Certainty, Finding, ReportedIn
from tests.briefing.made import source_with, with_study
from tests.conftest import finding, study

OWN = (ReportedIn(source="abstract"),)
REVIEW = (ReportedIn(source="scie-review-2022"),)
DISTINCT_WORDS = {
    "benefit": "benefit",
    "mixed": "mixed",
    "no_change": "change",
    "harm": "harm",
}
"""A word that a row of a direction has, and no row of another."""
PART = {
    ("experience", "benefit"): "as good",
    ("experience", "mixed"): "good and bad sides",
    ("experience", "no_change"): "no difference",
    ("experience", "harm"): "burden",
    ("output", "benefit"): "well of it",
    ("output", "mixed"): "mixed views",
    ("output", "no_change"): "changed nothing",
    ("output", "harm"): "did harm",
}


# --- the table of wording -----------------------------------------------------------


@pytest.mark.parametrize("row", EFFECTS)
def test_effect_words_match_one_direction(row: tuple[str, str, str | None]) -> None:
    direction, role, _ = row
    words = EFFECTS[row]
    assert {d for d, word in DISTINCT_WORDS.items() if word in words} == ({direction} & set(DISTINCT_WORDS))
    if direction != "not_stated":
        assert ("relay" in words) == (role == "reported_by_review")
        assert "good" not in words


@pytest.mark.parametrize("row", TAKING_PART)
def test_taking_part_words_match_one_direction(row: tuple[str, str]) -> None:
    level, direction = row
    assert ("made or done" in TAKING_PART[row]) == (level == "output")
    stated = {d for (of, d), words in PART.items() if of == level and words in TAKING_PART[row]}
    assert stated == ({direction} - {"not_stated"})


def test_what_is_no_benefit_is_against_one() -> None:
    assert set(AGAINST) == set(DIRECTIONS) - {"benefit", "not_stated"}


def test_unknown_role_or_certainty_claims_least(framework: Framework) -> None:
    certain = Certainty(
        level="beyond-doubt", methodological_limitations="a", coherence="b", adequacy="c", relevance="d", assessor="e",
        date="2026-01-01",
    )  # fmt: skip
    found = finding(evidence_role="overheard", certainty=certain)
    (clause,) = clauses([(study(findings=(found,)), found)], framework.codebook)
    assert clause.words == EFFECTS["benefit", "reported_by_review", None]


def test_several_findings_count_one_study(framework: Framework) -> None:
    one = study(findings=(finding(number=1), finding(number=2)))
    passage = passage_for(source_with(framework, one), "effect", "people.health.wellbeing")
    assert passage.text == "1 primary study reports a benefit "


def test_review_only_results_are_separate(bundled: EvidenceBase) -> None:
    source = source_with(
        bundled.framework,
        study(1, findings=(finding("author1-2020", direction="benefit", reported_in=REVIEW),)),
        study(2, findings=(finding("author2-2020", direction="harm", reported_in=OWN),)),
        study(3, findings=(finding("author3-2020", direction="harm", reported_in=(*REVIEW, *OWN)),)),
    )
    assert passage_for(source, "effect", "people.health.wellbeing").text == (
        "By the SCIE review alone, 1 primary study reports a benefit ; but as was seen in the work itself, "
        "2 primary studies report harm "
    )


# --- one finding --------------------------------------------------------------------


def finding_text(bundled: EvidenceBase, *found: Finding) -> str:
    """Return one passage on findings of as many studies, under the review of the bundled base."""
    studies = [study(n, findings=(f,)) for n, f in enumerate(found, 1)]
    return passage_for(source_with(bundled.framework, *studies), "finding", ",".join(f.id for f in found)).text


def of(number: int, **codes: object) -> Finding:
    return finding(f"author{number}-2020", 1, **codes)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({}, "Reported: Something changed "),
        ({"evidence_role": "reported_by_review"}, "Relayed: Something changed "),
        ({"reported_in": (*REVIEW, *OWN)}, "Reported: Something changed "),
        ({"reported_in": REVIEW}, "The SCIE review says: Something changed "),
        ({"direction": "no_change"}, "Reported: Something changed  [no change]"),
        ({"direction": "mixed"}, "Reported: Something changed  [mixed]"),
        ({"direction": "harm", "level": "experience"}, "Reported: Something changed  [harm]"),
        (
            {"direction": "mixed", "figures": (Quantity(label="a", n=4, N=34, denominator="reported"),)},
            "Reported: Something changed  [mixed; 4 of 34]",
        ),
        (
            {"figures": (Quantity(label="a", percent=75, denominator="not_reported"),)},
            "Reported: Something changed  [of how many people is not said]",
        ),
    ],
)
def test_finding_states_source_direction_and_count(codes: dict[str, object], words: str, bundled: EvidenceBase) -> None:
    assert finding_text(bundled, of(1, **codes)) == words


@pytest.mark.parametrize(
    ("seen", "tail"),
    [
        (("not_seen",), "[not seen in what was read of the work]"),
        (("partly",), "[what was read of it fits in part]"),
        (("not_judged",), "[not compared with the work]"),
        ((None,), "[not compared with the work]"),
        (("not_seen", "not_seen"), "[not seen in what was read of the works]"),
        (("not_seen", "partly"), "[what was read of some fits in part]"),
        (("not_seen", "not_judged"), "[not compared with the work]"),
    ],
)
def test_review_only_finding_states_corroboration(
    seen: tuple[str | None, ...], tail: str, bundled: EvidenceBase
) -> None:
    review = bundled.framework.review
    assert review is not None
    judged = {f"author{n}-2020": code for n, code in enumerate(seen, 1) if code}
    claim = replace(review.claims[0], corroboration=judged)
    framework = replace(bundled.framework, review=replace(review, claims=(claim,)))
    place = (ReportedIn(source=review.id, claim=claim.id),)
    words = finding_text(
        replace(bundled, framework=framework), *(of(n, reported_in=place) for n in range(1, len(seen) + 1))
    )
    assert words == f"The SCIE review says: Something changed  {tail}"


# --- how many, which way, and by whom -------------------------------------------------


def test_overall_passage_counts_outcomes_and_taking_part(bundled: EvidenceBase) -> None:
    source = source_with(
        bundled.framework,
        study(1, findings=(of(1, direction="no_change"), replace(of(1, level="experience"), id="author1-2020.2"))),
        study(2, design="scoping-review", findings=(of(2, reported_in=REVIEW),)),
        study(3, findings=(of(3, level="experience"),)),
        study(4, findings=(of(4, outcome="staff.work.motivation"),)),
        study(5, role="context"),
    )
    assert passage_for(source, "overall", "people").text == (
        "2 of 4 studies (1 primary study and 1 review) are said to report an outcome of this kind: "
        "benefit 1 and no change 1; which way it went is known from the SCIE review alone for 1 of these 2; "
        "1 more speaks only of taking part or of what was made"
    )
    assert passage_for(source, "in_brief", "people").text == "2 of 4 studies (1 of them by the SCIE review alone)"


def test_overall_passage_ignores_other_groups(bundled: EvidenceBase) -> None:
    staff = replace(of(1, outcome="staff.work.motivation", reported_in=REVIEW), id="author1-2020.2")
    source = source_with(bundled.framework, study(1, findings=(of(1, direction="harm"), staff)))
    whole = "1 of 1 study (1 primary study) is said to report an outcome of this kind: "
    assert (
        passage_for(source, "overall", "staff").text
        == f"{whole}benefit 1; which way it went is known from the SCIE review alone"
    )
    assert passage_for(source, "overall", "people").text == f"{whole}harm 1"


def test_undirected_finding_confirms_no_direction(bundled: EvidenceBase) -> None:
    silent = replace(of(1, direction="not_stated", reported_in=OWN), id="author1-2020.2")
    source = source_with(bundled.framework, study(1, findings=(of(1, reported_in=REVIEW), silent)))
    assert passage_for(source, "overall", "people").text.endswith(
        "; which way it went is known from the SCIE review alone"
    )
    assert passage_for(source, "in_brief", "people").text == "1 of 1 study"  # something of it was seen in the work


# --- what a seal rests on -------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [{"direction": "harm"}, {"level": "experience"}, {"evidence_role": "reported_by_review"}, {"reported_in": OWN}],
    ids=lambda code: next(iter(code)),
)
def test_changed_finding_code_changes_evidence(code: dict[str, object], bundled: EvidenceBase) -> None:
    before, after = (
        source_with(bundled.framework, study(1, findings=(of(1, reported_in=(*REVIEW, *OWN)),)))
        if not changed
        else source_with(bundled.framework, study(1, findings=(of(1, **{"reported_in": (*REVIEW, *OWN), **changed}),)))
        for changed in ({}, code)
    )
    for kind, key in (("finding", "author1-2020.1"), ("effect", "people.health.wellbeing"), ("overall", "people")):
        assert passage_for(before, kind, key).evidence != passage_for(after, kind, key).evidence, kind


def test_finding_summary_is_evidence(bundled: EvidenceBase, context: BriefingContext) -> None:
    work, _ = context.findings_by_id["lwembe-2017.4"]
    others = tuple(replace(f, summary=f"{f.summary} Or not.") for f in work.findings)
    changed = BriefingContext(with_study(bundled, replace(work, findings=others)))
    assert (
        passage_for(changed, "finding", "lwembe-2017.4").evidence
        != passage_for(context, "finding", "lwembe-2017.4").evidence
    )


# --- lists ----------------------------------------------------------------------------


def test_adverse_findings_come_last_and_complete(framework: Framework) -> None:
    source = source_with(
        framework,
        study(1, findings=(of(1, direction="harm", summary="Harm."),)),
        study(2, findings=(of(2, summary="Good."),)),
        study(3, findings=(of(3, summary="Good."),)),
        study(4, findings=(of(4, direction="not_stated", summary="Open."),)),
        study(5, findings=(of(5, direction="no_change", level="experience", summary="None."),)),
    )
    keys = ["author2-2020.1,author3-2020.1", "author4-2020.1", "author1-2020.1"]
    assert template_context.findings(source, "people.health.wellbeing") == keys
    assert template_context.findings_against(source) == ["author1-2020.1", "author5-2020.1"]


def test_focus_studies_are_not_listed_as_included(context: BriefingContext) -> None:
    both = 0
    for group in context.codebook.terms("groups"):
        figure = context.figures.get(f"representation.{group.id}.included")
        if figure:
            focus, included = (template_context.studies_on(context, group.id, place) for place in ("focus", "included"))
            assert set(focus) & set(included) == set()
            assert {*focus, *included} == set(figure.numerator_ids)
            both += bool(focus and included)
    assert both


def test_carer_findings_include_shared_ones(bundled: EvidenceBase) -> None:
    whose = ("person", "carer", "both", "not_coded")
    found = [replace(of(n), whose=code) for n, code in enumerate(whose, 1)]
    source = source_with(bundled.framework, *(study(n, findings=(f,)) for n, f in enumerate(found, 1)))
    assert template_context.findings_about(source, "unpaid-carers") == ["author2-2020.1", "author3-2020.1"]
    assert template_context.findings_about(source, "dementia") == []
