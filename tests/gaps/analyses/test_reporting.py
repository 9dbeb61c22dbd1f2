"""What primary studies say of who took part, on a base worked out by hand."""

from typing import Any

from coprod_review.gaps.analyses import reporting
from coprod_review.model.base import Framework
from coprod_review.model.study import Study
from tests.conftest import study
from tests.gaps.worked import bounds, figures, limits, named, nothing_is_known, numbers, primary, whole, without_one

NEEDED = (
    "no primary study was coded from its full text, and an abstract cannot show what a work leaves out: read full "
    "texts, set coded_from to full_text and code every group under populations, not_reported included"
)


def _base(framework: Framework) -> list[Study]:
    """Thirteen primary studies read whole, of which eleven are coded for every group, and others."""
    silent = {t.id: "not_reported" for t in framework.codebook.terms("groups") if t.id != "no-particular-group"}

    def coded(**codes: str) -> dict[str, str]:
        return {**silent, **{group.replace("_", "-"): code for group, code in codes.items()}}

    def read(number: int, populations: dict[str, str], **changes: Any) -> Study:
        return whole(number, populations=populations, **changes)

    return [
        *(read(n, coded(women="included_n", older_people="included")) for n in (1, 2, 3)),  # two of 24
        read(4, coded(women="focus")),  # one
        read(5, coded(women="excluded")),  # one: who was kept out is reported
        read(6, coded(women="none_recruited")),  # one
        *(read(n, silent) for n in range(7, 11)),  # none
        read(11, coded(women="not_applicable")),  # none, and women cannot apply to it
        read(12, {"women": "included"}),  # not coded for the other groups
        read(13, {}),  # not coded for any
        study(14, populations={"women": "focus"}),  # an abstract cannot show what is left out
        read(15, silent, design="systematic-review"),  # no primary study
        read(16, coded(women="focus"), role="context"),  # not counted
        read(17, coded(women="focus"), status="retracted"),  # not counted
    ]


def test_group_reported_by_some_studies(framework: Framework) -> None:
    women = figures(reporting.analyse(_base(framework), framework))["women"]
    # Said: 1 to 6 and 12. Silent: 7 to 10. Not coded: 13. Cannot apply: 11. So 7 of 11.
    assert numbers(women) == (7, 11, 1, 0.636)
    assert (women.numerator_ids, women.unknown_ids) == (named(*range(1, 7), 12), named(13))
    # (14 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 7 x 4/11)) / (2 (11 + 3.8415)) = (17.8415 -+ 7.3396) / 29.6829
    assert limits(women) == (0.354, 0.848)
    assert bounds(women) == (0.583, 0.667)  # 7/12 and 8/12
    assert without_one(women) == (0.6, 0.7)
    assert primary(women) == (7, 11, 0.636)


def test_a_group_that_few_report(framework: Framework) -> None:
    older = figures(reporting.analyse(_base(framework), framework))["older-people"]
    # Said: 1 2 3. Silent: 4 to 11. Not coded: 12 and 13. So 3 of 11.
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 8/11)) / 29.6829 = (9.8415 -+ 6.9485) / 29.6829
    assert (numbers(older), limits(older)) == ((3, 11, 2, 0.273), (0.097, 0.566))


def test_a_group_that_all_are_silent_on(framework: Framework) -> None:
    faith = figures(reporting.analyse(_base(framework), framework))["faith"]
    # Silent: 1 to 11. Exact upper limit: 1 - 0.05 ** (1/11) = 0.238.
    assert (numbers(faith), limits(faith)) == ((0, 11, 2, 0.0), (0.0, 0.238))


def test_the_median_of_what_a_study_reports(framework: Framework) -> None:
    items = figures(reporting.analyse(_base(framework), framework))["median-items"]
    # Of 1 to 11: 2 2 2 1 1 1 0 0 0 0 0; in order 0 0 0 0 0 1 1 1 2 2 2, and the sixth of eleven is 1.
    assert (items.kind, items.numerator, items.denominator, items.value) == ("median", None, 11, 1.0)
    assert (items.denominator_ids, items.unknown_ids) == (named(*range(1, 12)), named(12, 13))


def test_even_number_has_the_mean_of_two_middles(framework: Framework) -> None:
    items = figures(reporting.analyse(_base(framework)[2:10], framework))["median-items"]
    # Of 3 to 10: 2 1 1 1 0 0 0 0; the fourth and fifth of eight are 0 and 1.
    assert (items.denominator, items.value) == (8, 0.5)


def test_every_specific_group_has_a_figure(framework: Framework) -> None:
    by_id = figures(reporting.analyse(_base(framework), framework))
    assert len(by_id) == 25
    assert "no-particular-group" not in by_id


def test_where_only_abstracts_were_read_it_is_not_assessed(framework: Framework) -> None:
    abstracts = [study(n, populations={"women": "focus"}) for n in range(1, 13)]
    reviews = [whole(n, design="scoping-review", populations={"women": "not_reported"}) for n in range(13, 16)]
    result = reporting.analyse([*abstracts, *reviews], framework)
    assert result.missing == ("full_texts",)
    assert nothing_is_known(result) == []
    assert {f.reason for f in result.figures[1:]} == {"empty"}
    assert result.charts == ()


def test_full_texts_without_codes_show_no_silence(framework: Framework) -> None:
    result = reporting.analyse([whole(n) for n in range(1, 13)], framework)
    assert nothing_is_known(result) == []
    assert {f.reason for f in result.figures} == {"nothing_known"}
    assert result.missing == ("groups",)


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    by_id = figures(reporting.analyse([whole(1, populations={"women": "focus"})], framework))
    assert numbers(by_id["women"]) == (1, 1, 0, None)
    assert numbers(by_id["faith"]) == (None, 0, 1, None)


def test_empty_base_gives_no_number(framework: Framework) -> None:
    result = reporting.analyse([], framework)
    assert nothing_is_known(result) == []
    assert result.missing == ("full_texts",)
