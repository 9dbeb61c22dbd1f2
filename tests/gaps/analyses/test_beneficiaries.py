"""Who benefited, on a base worked out by hand."""

from typing import Any

from coprod_review.gaps.analyses import beneficiaries
from coprod_review.model.base import Framework
from coprod_review.model.study import Study
from coprod_review.results.result import Result
from tests.gaps.worked import (
    bounds,
    figures,
    filled,
    found,
    limits,
    named,
    numbers,
    practices,
    primary,
    whole,
    without_one,
)

ELSEWHERE = "organisations.use.uptake"


def _for(*terms: str, **codes: Any) -> list[dict[str, Any]]:
    return [{"beneficiary": term, **codes} for term in terms]


def _base() -> list[Study]:
    """Studies with outcomes for people or the community, and others; comments explain (W: others, T: took part)."""
    return [
        *(whole(n, *_for("others", "took_part"), practice=("co-design",)) for n in (1, 2)),  # W, T
        whole(3, *_for("both"), practice=("co-design", "co-production")),  # W, T
        whole(4, *_for("others", "took_part")),  # W, T
        *(whole(n, *_for("took_part")) for n in range(5, 11)),  # not W, T
        whole(11, *_for("others", direction="harm")),  # W, not T
        whole(12, *_for("took_part", "not_coded")),  # W unknown: one finding is not coded; T
        whole(13, *_for("others", outcome="community.knowledge.awareness")),  # W, not T
        whole(14, *_for("took_part"), {"outcome": ELSEWHERE}),  # not W: the other finding has no beneficiary; T
        found(15, *_for("took_part"), practice=("co-design",)),  # W unknown: an abstract shows no absence; T
        found(16, *_for("others")),  # W; T unknown
        whole(17, {"outcome": ELSEWHERE}),  # not in the pool: the outcome of an organisation
        found(18, *_for("not_coded")),  # both unknown
        whole(19, *_for("others"), role="context"),  # not counted
        whole(20, *_for("others"), status="retracted"),  # not counted
        whole(21, *_for("others", level="experience")),  # not in the pool: it reports no change
        whole(22, *_for("took_part", level="impact"), design="scoping-review"),  # not W, T
        whole(23, *_for("not_separated")),  # both unknown
        whole(24, *_for("not_stated", "others")),  # W; T unknown: one finding does not say
    ]


def test_an_outcome_for_anyone_who_did_not_take_part(framework: Framework) -> None:
    wider = figures(beneficiaries.analyse(_base(), framework))["wider"]
    # Yes: 1 2 3 4 11 13 16 24. No: 5 to 10, 14, 22. Not known: 12, 15, 18 and 23. So 8 of 16.
    assert numbers(wider) == (8, 16, 4, 0.5)
    assert wider.numerator_ids == named(1, 2, 3, 4, 11, 13, 16, 24)
    assert wider.unknown_ids == named(12, 15, 18, 23)
    # (16 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 8 x 8/16)) / (2 (16 + 3.8415)) = (19.8415 -+ 8.7308) / 39.6829
    assert limits(wider) == (0.28, 0.72)
    assert bounds(wider) == (0.4, 0.6)  # 8/20 and 12/20
    assert without_one(wider) == (0.467, 0.533)  # 7/15 and 8/15
    assert primary(wider) == (8, 15, 0.533)  # without the review, 22
    assert practices(wider) == {"co-production": (1, 1, 0), "co-design": (3, 3, 1)}


def test_an_outcome_for_those_who_took_part(framework: Framework) -> None:
    took_part = figures(beneficiaries.analyse(_base(), framework))["took-part"]
    # Yes: 1 to 10, 12, 14, 15, 22. No: 11 and 13. Not known: 16, 18, 23 and 24. So 14 of 16.
    assert numbers(took_part) == (14, 16, 4, 0.875)
    assert took_part.numerator_ids == named(*range(1, 11), 12, 14, 15, 22)
    assert took_part.unknown_ids == named(16, 18, 23, 24)
    # (28 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 14 x 2/16)) / 39.6829 = (31.8415 -+ 6.4535) / 39.6829
    assert limits(took_part) == (0.64, 0.965)
    assert without_one(took_part) == (0.867, 0.933)  # 13/15 and 14/15
    assert primary(took_part) == (13, 15, 0.867)


def test_studies_that_leave_it_open_are_counted(framework: Framework) -> None:
    by_name = figures(beneficiaries.analyse(_base(), framework))
    assert by_name["not-separated"].numerator_ids == named(23)
    assert by_name["not-stated"].numerator_ids == named(12, 18, 24)  # not stated, and not coded
    assert {by_name[name].denominator for name in ("not-separated", "not-stated")} == {20}


def test_findings_about_people_are_counted_as_findings(framework: Framework) -> None:
    about = figures(beneficiaries.analyse(_base(), framework))["co-producer-findings"]
    # For people who took part, or for both: one each of 1 to 10, 12, 14, 15 and 22. For others alone: those of 1, 2, 4,
    # 11, 16 and 24; that of 13 is about the community. The rest do not say.
    assert (about.numerator, about.denominator, about.value, about.unit) == (14, 20, None, "finding")
    assert about.reason == "dependent_findings"
    assert about.studies == ()
    assert "author12-2020.1" in about.numerator_ids
    assert "author13-2020.1" not in about.denominator_ids


def test_table_counts_studies_by_beneficiary_and_direction(framework: Framework) -> None:
    cells = filled(beneficiaries.analyse(_base(), framework), "beneficiaries.directions")
    assert cells == {
        "took_part/all": named(1, 2, *range(4, 11), 12, 14, 15, 22),
        "took_part/benefit": named(1, 2, *range(4, 11), 12, 14, 15, 22),
        "others/all": named(1, 2, 4, 11, 13, 16, 24),
        "others/benefit": named(1, 2, 4, 13, 16, 24),
        "others/harm": named(11),
        "both/all": named(3),
        "both/benefit": named(3),
        "not_separated/all": named(23),
        "not_separated/benefit": named(23),
        "not_stated/all": named(24),
        "not_stated/benefit": named(24),
        "not_coded/all": named(12, 18),
        "not_coded/benefit": named(12, 18),
    }


def test_people_and_staff_are_counted_by_what_they_are(framework: Framework) -> None:
    studies = [
        found(1, {"person_role": "patient"}, {"person_role": "patient"}, {"person_role": "student"}),
        found(2, {"outcome": "staff.practice.change", "staff_role": "researcher"}, {"person_role": "patient"}),
    ]
    result = beneficiaries.analyse(studies, framework)
    people, staff = filled(result, "beneficiaries.people"), filled(result, "beneficiaries.staff")
    assert people["patient/studies"] == named(1, 2)
    assert len(people["patient/findings"]) == 3
    assert people["student/studies"] == named(1)
    assert {name: ids for name, ids in staff.items() if name.endswith("/studies")} == {"researcher/studies": named(2)}


def _asked(studies: list[Study], framework: Framework) -> Result:
    return beneficiaries.analyse(studies, framework)


def test_facts_count_benefits_alone(framework: Framework) -> None:
    # Of 20 studies, 14 have a benefit for people who took part (3 for both), and 7 for others: 11 reports harm to them.
    assert _asked(_base(), framework).facts == beneficiaries.BeneficiariesFacts(20, 14, 7)


def test_base_without_coded_beneficiary_lacks_it(framework: Framework) -> None:
    result = _asked([found(n, *_for("not_coded")) for n in range(1, 13)], framework)
    assert result.missing == ("beneficiary",)
    assert [f.numerator for f in result.figures[:2]] == [None, None]
    assert {f.reason for f in result.figures[:2]} == {"nothing_known"}


def test_uncoded_beneficiary_is_not_counted_as_nobody(framework: Framework) -> None:
    about = figures(_asked([found(n, *_for("not_coded")) for n in range(1, 13)], framework))["co-producer-findings"]
    assert (about.numerator, about.value) == (None, None)


def test_base_without_outcomes_for_people_lacks_nothing(framework: Framework) -> None:
    for studies in ([], [whole(1, *_for("others"), role="context")], [whole(1, {"outcome": ELSEWHERE})]):
        result = _asked(studies, framework)
        assert (result.facts, result.missing) == (beneficiaries.BeneficiariesFacts(0, 0, 0), ())


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    wider, took_part, *_ = _asked([whole(1, *_for("others"))], framework).figures
    assert numbers(wider) == (1, 1, 0, None)
    assert numbers(took_part) == (0, 1, 0, None)


def test_abstracts_alone_show_presence_alone(framework: Framework) -> None:
    wider, took_part, *_ = _asked([found(n, *_for("took_part")) for n in range(1, 13)], framework).figures
    assert (numbers(wider), wider.reason) == ((None, 0, 12, None), "nothing_known")
    assert numbers(took_part) == (12, 12, 0, 1.0)


def test_nine_full_texts_withhold_the_share(framework: Framework) -> None:
    read = [whole(n, *_for("took_part")) for n in range(1, 10)]
    seen = [found(n, *_for("others")) for n in range(10, 13)]
    open_ = [found(13, *_for("took_part"))]
    wider = figures(_asked([*read, *seen, *open_], framework))["wider"]
    assert (numbers(wider), wider.reason) == ((3, 12, 1, None), "few_full_texts")
    assert primary(wider) == (3, 12, None)
    # With a tenth full text the share is given, wherever it is in the base: it need not report an outcome.
    with_tenth = figures(_asked([*read, *seen, *open_, whole(14)], framework))["wider"]
    assert numbers(with_tenth) == (3, 12, 1, 0.25)
