"""What a briefing reports of findings: which facts reach the words, and which studies they rest on."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.passages import passage_for
from coprod_review.briefing.passages.findings import effect_of
from coprod_review.briefing.template_context import Base
from coprod_review.errors import UnknownName
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.study import Certainty, Erratum, Finding, ReportedIn
from coprod_review.phrasing.effects import Effect
from coprod_review.phrasing.findings import ReportingCounts, reporting_in_brief, reporting_in_full
from coprod_review.phrasing.pieces import CitedStudies
from tests.briefing.made import source_with, with_study
from tests.conftest import finding, study

OWN = (ReportedIn(source="abstract"),)
REVIEW = (ReportedIn(source="scie-review-2022"),)


def of(number: int, **codes: object) -> Finding:
    return finding(f"author{number}-2020", 1, **codes)


def certain(level: str) -> Certainty:
    return Certainty(
        level=level, methodological_limitations="a", coherence="b", adequacy="c", relevance="d", assessor="e",
        date="2026-01-01",
    )  # fmt: skip


# --- effects --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "effect"),
    [
        ({}, Effect("for", "change")),
        ({"level": "impact", "direction": "harm"}, Effect("against", "change")),
        ({"level": "experience"}, Effect("for", "experience")),
        ({"level": "output", "direction": "mixed"}, Effect("mixed", "output")),
        ({"level": "experience", "evidence_role": "reported_by_review"}, Effect("for", "experience")),
        ({"evidence_role": "reported_by_review"}, Effect("for", "change", "relayed")),
        ({"certainty": certain("low")}, Effect("for", "change", certainty="low")),
        ({"reported_in": REVIEW}, Effect("for", "change", second_hand=True)),
        ({"reported_in": (*REVIEW, *OWN)}, Effect("for", "change")),
        # codes that a codebook adds have no words, and claim the least
        ({"direction": "splendid"}, Effect("not_stated", "change")),
        ({"evidence_role": "overheard"}, Effect("for", "change", "relayed")),
        ({"certainty": certain("beyond-doubt")}, Effect("for", "change")),
    ],
)
def test_codes_of_a_finding_decide_its_words(codes: dict[str, Any], effect: Effect, context: BriefingContext) -> None:
    assert effect_of(context, of(1, **codes)) == effect


def test_nothing_is_second_hand_without_a_review(framework: Framework) -> None:
    source = source_with(framework, study(1, findings=(of(1, reported_in=REVIEW),)))
    assert not effect_of(source, of(1, reported_in=REVIEW)).second_hand


def test_effect_cites_studies_by_kind(framework: Framework) -> None:
    one = study(1, findings=(of(1),))
    two = study(2, design="scoping-review", findings=(of(2, evidence_role="reported_by_review"),))
    three = study(3, findings=(of(3, direction="no_change"),))
    passage = passage_for(source_with(framework, one, two, three), "effect", "people.health.wellbeing")
    assert [p for p in passage.pieces if isinstance(p, CitedStudies)] == [
        CitedStudies(("author1-2020",)),
        CitedStudies(("author2-2020",)),
        CitedStudies(("author3-2020",)),
    ]
    assert passage.pieces[::2] == (
        "1 primary study reports a benefit ",
        ", and ",
        CitedStudies(("author2-2020",)),
        "1 primary study reports no change ",
        ".",
    )


def test_several_findings_count_one_study(framework: Framework) -> None:
    one = study(findings=(finding(number=1), finding(number=2)))
    passage = passage_for(source_with(framework, one), "effect", "people.health.wellbeing")
    assert passage.numbers == ("1",)
    assert passage.pieces[1:] == (CitedStudies(("author1-2020",)), ".")


def test_sides_are_apart(framework: Framework) -> None:
    one = study(1, findings=(of(1, level="experience", outcome="people.self.valued"),))
    source = source_with(framework, one)
    assert passage_for(source, "effect", "people.self.valued").cited == frozenset()
    assert passage_for(source, "effect", "people.self.valued#change").text.startswith("No study")
    assert passage_for(source, "effect", "people.self.valued#taking_part").cited == {"author1-2020"}


# --- one finding ----------------------------------------------------------------------


def finding_text(base: EvidenceBase, *found: Finding, design: str = "qualitative") -> str:
    """Return one passage on findings of as many studies, under the review of a base."""
    studies = [study(n, design=design, findings=(f,)) for n, f in enumerate(found, 1)]
    return passage_for(source_with(base.framework, *studies), "finding", ",".join(f.id for f in found)).text


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({}, "The study reports: Something changed ."),
        ({"evidence_role": "reported_by_review"}, "The study reports from other studies: Something changed ."),
        ({"reported_in": (*REVIEW, *OWN)}, "The study reports: Something changed ."),
        ({"reported_in": REVIEW}, "The SCIE review says: Something changed ."),
        ({"direction": "splendid"}, "The study reports: Something changed ."),
        (
            {"direction": "mixed", "figures": (Quantity(label="a", n=4, N=34, denominator="reported"),)},
            "The study reports: Something changed . This is a mixed result. The number is 4 of 34.",
        ),
        (
            {"figures": (Quantity(label="a", percent=75, denominator="not_reported"),)},
            "The study reports: Something changed . The number of people behind this is not reported.",
        ),
    ],
)
def test_codes_of_a_finding_reach_its_passage(codes: dict[str, object], words: str, bundled: EvidenceBase) -> None:
    assert finding_text(bundled, of(1, **codes)) == words


def test_finding_of_a_review_names_it_so(bundled: EvidenceBase) -> None:
    relayed = of(1, evidence_role="reported_by_review")
    assert finding_text(bundled, relayed, design="scoping-review").startswith("The cited review reports from other")


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (("not_seen",), "We did not find this in the text that we read."),
        (("partly",), "In the text that we read we found only a part of the claim, and not this finding."),
        (("supported",), "In the text that we read we found only a part of the claim, and not this finding."),
        (("not_judged",), "Nobody has compared this with the study."),
        ((None,), "Nobody has compared this with the study."),
        (("not_seen", "not_seen"), "We did not find this in the text that we read."),
        (
            ("not_seen", "partly"),
            "In the text that we read of the studies we found only a part of the claim, and not this finding.",
        ),
        (("not_seen", "not_judged"), "Nobody has compared this with the studies."),
    ],
)
def test_review_only_finding_states_corroboration(
    seen: tuple[str | None, ...], words: str, bundled: EvidenceBase
) -> None:
    review = bundled.framework.review
    assert review is not None
    judged = {f"author{n}-2020": code for n, code in enumerate(seen, 1) if code}
    claim = replace(review.claims[0], corroboration=judged)
    framework = replace(bundled.framework, review=replace(review, claims=(claim,)))
    place = (ReportedIn(source=review.id, claim=claim.id),)
    found = [of(n, reported_in=place) for n in range(1, len(seen) + 1)]
    text = finding_text(replace(bundled, framework=framework), *found)
    assert text == f"The SCIE review says: Something changed . {words}"


@pytest.mark.parametrize(
    ("denies", "studies", "noted"),
    [(True, (), True), (True, ("author1-2020",), True), (True, ("author9-2020",), False), (False, (), False)],
)
def test_erratum_that_denies_the_claim_follows_a_finding_of_the_review_alone(
    denies: bool, studies: tuple[str, ...], noted: bool, bundled: EvidenceBase
) -> None:
    review = bundled.framework.review
    assert review is not None
    claim = replace(review.claims[0], corroboration={"author1-2020": "not_seen"})
    wrong = Erratum(
        id="er1", about="A number.", correction="Others were asked.", basis="b", confidence="high",
        verified_at_original=True, claims=(claim.id,), studies=studies, denies=(claim.id,) if denies else (),
    )  # fmt: skip
    framework = replace(bundled.framework, review=replace(review, claims=(claim,), errata=(wrong,)))
    for source, expected in ((review.id, noted), ("abstract", False)):
        found = of(1, reported_in=(ReportedIn(source=source, claim=claim.id),))
        text = finding_text(replace(bundled, framework=framework), found)
        assert text.endswith(" But note: Others were asked.") is expected


def test_findings_in_other_words_share_no_passage(framework: Framework) -> None:
    source = source_with(framework, study(1, findings=(of(1), replace(of(1, summary="Other."), id="author1-2020.2"))))
    with pytest.raises(UnknownName, match="do not have the same words"):
        passage_for(source, "finding", "author1-2020.1,author1-2020.2")


# --- how many, which way, and by whom -------------------------------------------------


def test_reported_counts_outcomes_and_taking_part(bundled: EvidenceBase) -> None:
    source = source_with(
        bundled.framework,
        study(1, findings=(of(1, direction="no_change"), replace(of(1, level="experience"), id="author1-2020.2"))),
        study(2, design="scoping-review", findings=(of(2, reported_in=REVIEW),)),
        study(3, findings=(of(3, level="experience"),)),
        study(4, findings=(of(4, outcome="staff.work.motivation"),)),
        study(5, role="context"),
    )
    kinds = "1 primary study and 1 review"
    counts = ReportingCounts(4, 1, 1, kinds, (("no_change", "states", 1),), (("for", "states", 1),), taking_part=1)
    assert passage_for(source, "reported", "people").text == reporting_in_full(counts, "SCIE review", of_group=True)
    assert passage_for(source, "reported", "people#brief").text == reporting_in_brief(
        counts, "SCIE review", of_group=True
    )
    assert "of this kind" in passage_for(source, "reported", "people.health").text


@pytest.mark.parametrize(
    ("place", "opens"),
    [
        ("people", "focus.groups/people/outcome"),
        ("people.health", "matrix.map/people.health/studies"),
        ("people.health.wellbeing", "matrix.map/people.health/studies"),
        ("community", ""),
    ],
)
def test_reported_opens_the_studies_that_it_counts(place: str, opens: str, bundled: EvidenceBase) -> None:
    source = source_with(bundled.framework, study(1, findings=(of(1),)))
    assert passage_for(source, "reported", place).opens == opens


def test_roles_are_counted_by_study_and_apart_for_the_review(bundled: EvidenceBase) -> None:
    studies = (
        study(1, findings=(of(1, person_role="patient"), replace(of(1, person_role="student"), id="author1-2020.2"))),
        study(2, findings=(of(2, person_role="patient"),)),
        study(3, findings=(of(3, person_role="prisoner", reported_in=REVIEW),)),
    )
    source = source_with(bundled.framework, *studies)
    brief = "The people are patients (2) and students (1)."
    assert passage_for(source, "roles", "people#brief").text == brief
    full = f"{brief} According to the SCIE review alone, they are people in prison (1)."
    assert passage_for(source, "roles", "people").text == full
    base = Base(source)
    assert [group for group in ("people", "staff", "community", "nobody") if base.has_roles(group)] == ["people"]
    with pytest.raises(UnknownName, match="says what the staff are"):
        passage_for(source, "roles", "staff")


def test_reported_ignores_other_groups(bundled: EvidenceBase) -> None:
    staff = replace(of(1, outcome="staff.work.motivation", reported_in=REVIEW), id="author1-2020.2")
    source = source_with(bundled.framework, study(1, findings=(of(1, direction="harm"), staff)))
    assert "1 reports harm." in passage_for(source, "reported", "people").text
    assert "harm" not in passage_for(source, "reported", "staff").text
    assert "The SCIE review says 1 does." in passage_for(source, "reported", "staff").text


def test_undirected_finding_confirms_no_direction(bundled: EvidenceBase) -> None:
    silent = replace(of(1, direction="not_stated", reported_in=OWN), id="author1-2020.2")
    source = source_with(bundled.framework, study(1, findings=(of(1, reported_in=REVIEW), silent)))
    text = passage_for(source, "reported", "people").text
    assert text.startswith("1 of 1 study reports an outcome")  # something of it was read in the work
    assert text.endswith("According to the SCIE review alone, 1 reports a benefit.")


# --- what a fingerprint rests on ------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [{"direction": "harm"}, {"level": "experience"}, {"evidence_role": "reported_by_review"}, {"reported_in": OWN}],
    ids=lambda code: next(iter(code)),
)
def test_changed_finding_code_changes_evidence(code: dict[str, object], bundled: EvidenceBase) -> None:
    before, after = (
        source_with(bundled.framework, study(1, findings=(of(1, **{"reported_in": (*REVIEW, *OWN), **changed}),)))
        for changed in ({}, code)
    )
    for kind, key in (("finding", "author1-2020.1"), ("effect", "people.health.wellbeing"), ("reported", "people")):
        assert passage_for(before, kind, key).evidence != passage_for(after, kind, key).evidence, kind


def test_finding_summary_is_evidence(bundled: EvidenceBase, context: BriefingContext) -> None:
    work, _ = context.findings_by_id["lwembe-2017.4"]
    others = tuple(replace(f, summary=f"{f.summary} Or not.") for f in work.findings)
    changed = BriefingContext(with_study(bundled, replace(work, findings=others)))
    assert (
        passage_for(changed, "finding", "lwembe-2017.4").evidence
        != passage_for(context, "finding", "lwembe-2017.4").evidence
    )
