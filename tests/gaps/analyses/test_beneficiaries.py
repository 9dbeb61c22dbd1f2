"""Whose the outcomes are, on a base worked out by hand."""

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
    nothing_is_known,
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
    """Twenty outcome studies and others; a comment explains each (W: for wider users, T: took part)."""
    return [
        *(whole(n, *_for("wider_user", "co_producer"), practice=("co-design",)) for n in (1, 2)),  # W, T
        whole(3, *_for("wider_user", "co_producer"), practice=("co-design", "co-production")),  # W, T
        whole(4, *_for("wider_user", "co_producer")),  # W, T
        *(whole(n, *_for("co_producer")) for n in range(5, 11)),  # not W, T
        whole(11, *_for("staff_wider", outcome="staff.practice.change")),  # W, not T
        whole(12, *_for("co_producer", "not_coded")),  # W unknown: one finding is not coded; T
        whole(13, *_for("public", outcome="community.knowledge.awareness")),  # W, not T
        whole(14, *_for("co_producer"), *_for("not_applicable", outcome=ELSEWHERE)),  # not W: both are coded; T
        found(15, *_for("co_producer"), practice=("co-design",)),  # W unknown: an abstract shows no absence; T
        found(16, *_for("wider_user")),  # W; T unknown
        whole(17, *_for("not_applicable", outcome=ELSEWHERE)),  # an outcome study, whose outcome is nobody's
        found(18, *_for("not_coded")),  # an outcome study of which nothing is coded
        whole(19, *_for("wider_user"), role="context"),  # not counted
        whole(20, *_for("wider_user"), status="retracted"),  # not counted
        whole(21, *_for("wider_user", level="experience")),  # tells of no change, so no outcome study
        whole(22, *_for("staff_involved", outcome="staff.work.ease", level="impact"), design="scoping-review"),
    ]


def test_an_outcome_for_anyone_who_did_not_take_part(framework: Framework) -> None:
    wider = figures(beneficiaries.analyse(_base(), framework))["wider"]
    # Yes: 1 2 3 4 11 13 16. No: 5 to 10, 14, 22. Not known: 12 and 15. So 7 of 15, 0.467.
    assert numbers(wider) == (7, 15, 2, 0.467)
    assert wider.numerator_ids == named(1, 2, 3, 4, 11, 13, 16)
    assert wider.unknown_ids == named(12, 15)
    # (2 x 7 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 7 x 8/15)) / (2 (15 + 3.8415)) = (17.8415 -+ 8.4925) / 37.6829
    assert limits(wider) == (0.248, 0.699)
    assert bounds(wider) == (0.412, 0.529)  # 7/17 and 9/17
    assert without_one(wider) == (0.429, 0.5)  # 6/14 and 7/14
    assert primary(wider) == (7, 14, 0.5)  # without the review, 22
    assert practices(wider) == {"co-production": (1, 1, 0), "co-design": (3, 3, 1)}


def test_an_outcome_for_those_who_took_part(framework: Framework) -> None:
    took_part = figures(beneficiaries.analyse(_base(), framework))["took-part"]
    # Yes: 1 to 10, 12, 14, 15, 22. No: 11 and 13. Not known: 16. So 14 of 16.
    assert numbers(took_part) == (14, 16, 1, 0.875)
    assert took_part.numerator_ids == named(*range(1, 11), 12, 14, 15, 22)
    assert took_part.unknown_ids == named(16)
    # (28 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 14 x 2/16)) / 39.6829 = (31.8415 -+ 6.4535) / 39.6829
    assert limits(took_part) == (0.64, 0.965)
    assert without_one(took_part) == (0.867, 0.933)  # 13/15 and 14/15
    assert primary(took_part) == (13, 15, 0.867)


def test_findings_about_people_are_counted_as_findings(framework: Framework) -> None:
    about = figures(beneficiaries.analyse(_base(), framework))["co-producer-findings"]
    # For co-producers: 14 studies with one each, but 22 is about staff: 1 to 10, 12, 14, 15. Coded in all: these 13,
    # and the findings for wider users of 1 to 4 and 16. Not coded: one of 12, and that of 18.
    assert (about.numerator, about.denominator, about.value, about.unit) == (13, 18, None, "finding")
    assert about.reason == "dependent_findings"
    assert about.studies == ()
    assert "author12-2020.1" in about.numerator_ids
    assert "author22-2020.1" not in about.denominator_ids


def test_table_counts_findings_and_studies_by_beneficiary(framework: Framework) -> None:
    cells = filled(beneficiaries.analyse(_base(), framework), "beneficiaries.findings")
    assert {name: cell for name, cell in cells.items() if name.endswith("/studies")} == {
        "co_producer/studies": named(*range(1, 11), 12, 14, 15),
        "wider_user/studies": named(1, 2, 3, 4, 16),
        "staff_involved/studies": named(22),
        "staff_wider/studies": named(11),
        "public/studies": named(13),
        "not_applicable/studies": named(14, 17),
        "not_coded/studies": named(12, 18),
    }
    assert cells["not_applicable/findings"] == ("author14-2020.2", "author17-2020.1")


def _asked(studies: list[Study], framework: Framework) -> Result:
    return beneficiaries.analyse(studies, framework)


def test_facts_count_every_outcome_study(framework: Framework) -> None:
    # 1 to 18 and 22, whether a beneficiary is coded or not.
    assert _asked(_base(), framework).facts == beneficiaries.BeneficiariesFacts(outcome_studies=19)


def test_base_without_coded_beneficiary_lacks_it(framework: Framework) -> None:
    result = _asked([found(n, *_for("not_coded")) for n in range(1, 13)], framework)
    assert result.missing == ("beneficiary",)
    assert nothing_is_known(result) == []
    assert {f.reason for f in result.figures[:2]} == {"empty"}


def test_uncoded_beneficiary_is_not_counted_as_nobody(framework: Framework) -> None:
    about = figures(_asked([found(n, *_for("not_coded")) for n in range(1, 13)], framework))["co-producer-findings"]
    assert (about.numerator, about.value) == (None, None)


def test_non_person_beneficiary_adds_no_study(framework: Framework) -> None:
    result = _asked([whole(n, *_for("not_applicable")) for n in range(1, 13)], framework)
    assert result.missing == ("beneficiary",)
    assert nothing_is_known(result) == []


def test_base_without_outcome_studies_lacks_nothing(framework: Framework) -> None:
    for studies in ([], [whole(1, *_for("wider_user"), role="context")]):
        result = _asked(studies, framework)
        assert (result.facts, result.missing) == (beneficiaries.BeneficiariesFacts(0), ())
        assert nothing_is_known(result) == []


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    wider, took_part, _ = _asked([whole(1, *_for("wider_user"))], framework).figures
    assert numbers(wider) == (1, 1, 0, None)
    assert numbers(took_part) == (0, 1, 0, None)


def test_abstracts_alone_show_presence_alone(framework: Framework) -> None:
    wider, took_part, _ = _asked([found(n, *_for("co_producer")) for n in range(1, 13)], framework).figures
    assert (numbers(wider), wider.reason) == ((None, 0, 12, None), "nothing_known")
    assert numbers(took_part) == (12, 12, 0, 1.0)


def test_nine_full_texts_withhold_the_share(framework: Framework) -> None:
    read = [whole(n, *_for("co_producer")) for n in range(1, 10)]
    seen = [found(n, *_for("wider_user")) for n in range(10, 13)]
    open_ = [found(13, *_for("co_producer"))]
    wider = figures(_asked([*read, *seen, *open_], framework))["wider"]
    assert (numbers(wider), wider.reason) == ((3, 12, 1, None), "few_full_texts")
    assert primary(wider) == (3, 12, None)
    # With a tenth full text the share is given, wherever it is in the base: it need not report an outcome.
    with_tenth = figures(_asked([*read, *seen, *open_, whole(14)], framework))["wider"]
    assert numbers(with_tenth) == (3, 12, 1, 0.25)
