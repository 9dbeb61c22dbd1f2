"""Who chose the outcomes, and how far people were involved, on a base worked out by hand."""

from dataclasses import replace
from typing import Any

from coprod_review.gaps.analyses import involvement
from coprod_review.model.base import Framework
from coprod_review.model.study import Study
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
    without_one,
)

TWO = ("A. One", "B. Two")
CHOSE = {
    **dict.fromkeys((1, 2, 3, 4, 14, 15, 16, 17), "involved"),
    **dict.fromkeys(range(5, 12), "not_involved"),
    12: "not_reported",
}
RUNGS = {  # claimed, assessed, by whom
    1: ("co-production", "co-production", TWO),
    2: ("co-production", "co-production", TWO),
    3: ("co-production", "co-design", TWO),
    4: ("co-production", "engagement", TWO),
    5: ("co-production", "engagement", TWO),
    6: ("co-design", "informing", TWO),  # less than it claims, but it claims no co-production
    7: ("engagement", "engagement", TWO),
    8: ("engagement", "engagement", TWO),
    9: ("engagement", "engagement", TWO),
    10: ("co-production", "co-production", TWO[:1]),  # one person's judgement
    11: ("co-production", "educating", ()),  # coded once
    12: ("co-production", "not_coded", TWO),
    13: ("not_coded", "engagement", TWO),
    14: ("co-production", "consultation", TWO),
    16: ("co-production", "co-production", TWO),
    17: ("co-production", "co-production", TWO),
}


def _base() -> list[Study]:
    """Thirteen primary outcome studies, a review, and works that do not count."""
    plain = [
        *(found(n, {}, practice=("co-design",) if n in (1, 5, 12) else ()) for n in range(1, 14)),
        found(14, {}, design="scoping-review"),  # no primary study; its rungs count
        found(15, {"level": "experience"}),  # no outcome study
        found(16, {}, role="context"),  # not counted
        found(17, {}, status="retracted"),  # not counted
    ]
    return [_coded(s, n) for n, s in enumerate(plain, 1)]


def _coded(made: Study, number: int) -> Study:
    claimed, assessed, coders = RUNGS.get(number, ("not_coded", "not_coded", ()))
    chose = CHOSE.get(number, "not_coded")
    return replace(
        made, rung_claimed=claimed, rung_assessed=assessed, coders=coders, involvement_in_outcomes=chose
    )  # fmt: skip


def test_chose_outcomes_covers_primary_outcome_studies(framework: Framework) -> None:
    chose = figures(involvement.analyse(_base(), framework))["chose-outcomes"]
    # Involved: 1 to 4. Not: 5 to 11. Not reported: 12. Not coded: 13. So 4 of 11.
    assert numbers(chose) == (4, 11, 2, 0.364)
    assert (chose.numerator_ids, chose.unknown_ids) == (named(1, 2, 3, 4), named(12, 13))
    # (8 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 4 x 7/11)) / (2 (11 + 3.8415)) = (11.8415 -+ 7.3396) / 29.6829
    assert limits(chose) == (0.152, 0.646)
    assert bounds(chose) == (0.308, 0.462)  # 4/13 and 6/13
    assert without_one(chose) == (0.3, 0.4)
    assert practices(chose) == {"co-design": (1, 2, 1)}


def test_a_rung_counts_where_two_people_assessed_it(framework: Framework) -> None:
    by_id = figures(involvement.analyse(_base(), framework))
    design, top, gap = (by_id[n] for n in ("co-design-or-above", "co-production", "label-gap"))
    # Both rungs coded: 1 to 11 and 14; of these 10 and 11 were assessed by fewer than two people.
    assert {f.denominator_ids for f in (design, top, gap)} == {named(*range(1, 10), 14)}
    assert {f.unknown_ids for f in (design, top, gap)} == {named(10, 11)}
    assert (design.numerator_ids, top.numerator_ids, gap.numerator_ids) == (
        named(1, 2, 3),
        named(1, 2),
        named(4, 5, 14),
    )
    assert [numbers(f) for f in (design, top, gap)] == [(3, 10, 2, 0.3), (2, 10, 2, 0.2), (3, 10, 2, 0.3)]
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 7/10)) / (2 (10 + 3.8415)) = (9.8415 -+ 6.8575) / 27.6829
    assert (limits(design), limits(gap)) == ((0.108, 0.603), (0.108, 0.603))
    # (4 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 2 x 8/10)) / 27.6829 = (7.8415 -+ 6.2723) / 27.6829
    assert limits(top) == (0.057, 0.51)
    assert primary(gap) == (2, 9, None)  # fewer than ten without the review


def test_table_shows_claimed_and_assessed_rungs(framework: Framework) -> None:
    assert filled(involvement.analyse(_base(), framework), "involvement.rungs") == {
        "educating/assessed": named(11),
        "informing/assessed": named(6),
        "consultation/assessed": named(14),
        "engagement/claimed": named(7, 8, 9),
        "engagement/assessed": named(4, 5, 7, 8, 9),
        "co-design/claimed": named(6),
        "co-design/assessed": named(3),
        "co-production/claimed": named(*range(1, 6), 10, 11, 14),
        "co-production/assessed": named(1, 2, 10),
    }


def test_uncoded_base_lacks_both_codes(framework: Framework) -> None:
    result = involvement.analyse([found(1, {}), found(2, {})], framework)
    assert result.missing == ("involvement_in_outcomes", "rungs")
    assert nothing_is_known(result) == []
    assert result.tables == ()


def test_what_a_work_does_not_report_is_not_known(framework: Framework) -> None:
    studies = [found(n, {}, involvement_in_outcomes="not_reported", coded_from="full_text") for n in range(1, 13)]
    chose = figures(involvement.analyse(studies, framework))["chose-outcomes"]
    assert (numbers(chose), chose.reason) == ((None, 0, 12, None), "nothing_known")


def _rated(number: int, claimed: str, assessed: str, *coders: str, **changes: Any) -> Study:
    return found(number, rung_claimed=claimed, rung_assessed=assessed, coders=coders, **changes)


def test_single_coder_rungs_give_no_figure(framework: Framework) -> None:
    studies = [_rated(n, "co-production", "engagement", "A. One") for n in range(1, 13)]
    result = involvement.analyse(studies, framework)
    assert nothing_is_known(result) == []


def test_repeated_coder_counts_once(framework: Framework) -> None:
    gap = figures(involvement.analyse([_rated(1, "co-production", "engagement", "A. One", "A. One")], framework))[
        "label-gap"
    ]
    assert numbers(gap) == (None, 0, 1, None)


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    by_id = figures(involvement.analyse([_rated(1, "co-production", "consultation", *TWO)], framework))
    assert numbers(by_id["label-gap"]) == (1, 1, 0, None)
    assert numbers(by_id["co-design-or-above"]) == (0, 1, 0, None)


def test_empty_base_gives_no_number(framework: Framework) -> None:
    for studies in ([], [_rated(1, "co-production", "engagement", *TWO, role="context")]):
        result = involvement.analyse(studies, framework)
        assert nothing_is_known(result) == []
        assert result.missing == ("rungs",)
