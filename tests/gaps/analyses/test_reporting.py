"""Which characteristics of the people who took part primary studies report, on a base worked out by hand."""

from dataclasses import replace
from typing import Any

from coprod_review.gaps.analyses import reporting
from coprod_review.model.base import Framework
from coprod_review.model.study import Study
from tests.conftest import study
from tests.gaps.worked import bounds, figures, limits, named, nothing_is_known, numbers, primary, whole, without_one


def _base(framework: Framework) -> list[Study]:
    """Thirteen primary studies read in full, of which eleven are coded for every characteristic, and others."""
    terms = [term.id for term in framework.codebook.terms("characteristics")]
    nothing = dict.fromkeys(terms, "not_reported")

    def coded(*reported: str) -> dict[str, str]:
        return {**nothing, **dict.fromkeys(reported, "reported")}

    def read(number: int, characteristics: dict[str, str], **changes: Any) -> Study:
        return whole(number, characteristics=characteristics, **changes)

    return [
        *(read(n, coded("age", "ethnicity")) for n in (1, 2, 3)),  # two of 11
        *(read(n, coded("age")) for n in (4, 5, 6)),  # one
        *(read(n, nothing) for n in range(7, 12)),  # none
        read(12, {"age": "reported"}),  # not coded for the other characteristics
        read(13, {}),  # not coded for any
        study(14, characteristics=coded("age")),  # an abstract cannot show what is left out
        read(15, nothing, design="systematic-review"),  # no primary study
        read(16, coded("age"), role="context"),  # not counted
        read(17, coded("age"), status="retracted"),  # not counted
        read(18, dict.fromkeys(terms, "not_applicable")),  # nobody took part
    ]


def test_characteristic_reported_by_some_studies(framework: Framework) -> None:
    age = figures(reporting.analyse(_base(framework), framework))["age"]
    # Reported: 1 to 6 and 12. Not reported: 7 to 11. Not coded: 13. No participants: 18. So 7 of 12.
    assert numbers(age) == (7, 12, 1, 0.583)
    assert (age.numerator_ids, age.unknown_ids) == (named(*range(1, 7), 12), named(13))
    # (14 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 7 x 5/12)) / (2 (12 + 3.8415)) = (17.8415 -+ 7.7183) / 31.6829
    assert limits(age) == (0.32, 0.807)
    assert bounds(age) == (0.538, 0.615)  # 7/13 and 8/13
    assert without_one(age) == (0.545, 0.636)  # 6/11 and 7/11
    assert primary(age) == (7, 12, 0.583)


def test_characteristic_reported_by_few_studies(framework: Framework) -> None:
    ethnicity = figures(reporting.analyse(_base(framework), framework))["ethnicity"]
    # Reported: 1 2 3. Not reported: 4 to 11. Not coded: 12 and 13. So 3 of 11.
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 8/11)) / 29.6829 = (9.8415 -+ 6.9485) / 29.6829
    assert (numbers(ethnicity), limits(ethnicity)) == ((3, 11, 2, 0.273), (0.097, 0.566))


def test_characteristic_that_no_study_reports(framework: Framework) -> None:
    religion = figures(reporting.analyse(_base(framework), framework))["religion"]
    # Not reported: 1 to 11. Exact upper limit: 1 - 0.05 ** (1/11) = 0.238.
    assert (numbers(religion), limits(religion)) == ((0, 11, 2, 0.0), (0.0, 0.238))


def test_the_median_of_what_a_study_reports(framework: Framework) -> None:
    items = figures(reporting.analyse(_base(framework), framework))["median-items"]
    # Of 1 to 11: 2 2 2 1 1 1 0 0 0 0 0; in order 0 0 0 0 0 1 1 1 2 2 2, and the sixth of eleven is 1.
    assert (items.kind, items.numerator, items.denominator, items.value) == ("median", None, 11, 1.0)
    assert (items.denominator_ids, items.unknown_ids) == (named(*range(1, 12)), named(12, 13))


def test_even_number_has_the_mean_of_two_middles(framework: Framework) -> None:
    items = figures(reporting.analyse(_base(framework)[2:10], framework))["median-items"]
    # Of 3 to 10: 2 1 1 1 0 0 0 0; the fourth and fifth of eight are 0 and 1.
    assert (items.denominator, items.value) == (8, 0.5)


def test_every_characteristic_has_a_figure(framework: Framework) -> None:
    by_id = figures(reporting.analyse(_base(framework), framework))
    assert list(by_id) == [
        "median-items", "place_of_residence", "ethnicity", "occupation", "gender_sex", "religion", "education",
        "socioeconomic_status", "social_capital", "age", "disability", "sexual_orientation",
    ]  # fmt: skip


def test_groups_of_people_are_another_question(framework: Framework) -> None:
    about_women = [whole(n, populations={"women": "focus", "older-people": "included"}) for n in range(1, 13)]
    result = reporting.analyse(about_women, framework)
    assert nothing_is_known(result) == []
    assert {f.reason for f in result.figures} == {"nothing_known"}


def test_where_nobody_read_a_study_for_this_nothing_is_claimed(framework: Framework) -> None:
    abstracts = [study(n, characteristics={"age": "reported"}) for n in range(1, 13)]
    reviews = [whole(n, design="scoping-review", characteristics={"age": "not_reported"}) for n in range(13, 16)]
    uncoded = [whole(n) for n in range(16, 30)]
    for studies in (abstracts, reviews, uncoded, [*abstracts, *reviews, *uncoded], []):
        result = reporting.analyse(studies, framework)
        assert nothing_is_known(result) == []
        assert (result.missing, result.gaps, result.charts) == (("characteristics",), (), ())


def test_no_gap_is_named(framework: Framework) -> None:
    assert reporting.analyse(_base(framework), framework).gaps == ()


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    by_id = figures(reporting.analyse([whole(1, characteristics={"age": "reported"})], framework))
    assert numbers(by_id["age"]) == (1, 1, 0, None)
    assert numbers(by_id["religion"]) == (None, 0, 1, None)


def test_a_codebook_without_characteristics_gives_no_zero(framework: Framework) -> None:
    vocabularies = {k: v for k, v in framework.codebook.vocabularies.items() if k != "characteristics"}
    without = replace(framework, codebook=replace(framework.codebook, vocabularies=vocabularies))
    result = reporting.analyse([whole(n) for n in range(1, 13)], without)
    assert nothing_is_known(result) == []
    assert result.missing == ("characteristics",)
