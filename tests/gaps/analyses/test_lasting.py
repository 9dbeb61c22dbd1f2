"""Cost and follow-up, on a base worked out by hand."""

from dataclasses import replace
from typing import Any

from coprod_review.gaps.analyses import lasting
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
    whole,
    without_one,
)

COST = {1: "economic_evaluation", 2: "cost_measure", 3: "cost_measure", **dict.fromkeys(range(4, 12), "none")}


def _after(*times: str, **codes: Any) -> list[dict[str, Any]]:
    return [{"follow_up": time, **codes} for time in times]


def _base() -> list[Study]:
    """Fifteen outcome studies, and others (6: over six months; 24: over 24 months)."""
    plain = [
        whole(1, *_after("over_24_months"), practice=("co-creation",)),  # 6, 24
        whole(2, *_after("6_to_24_months", "during")),  # 6, not 24
        found(3, *_after("6_to_24_months"), practice=("co-creation",)),  # 6; 24 not known from an abstract
        *(whole(n, *_after("up_to_6_months")) for n in range(4, 10)),  # neither
        whole(10, *_after("during"), practice=("co-creation",)),  # neither
        whole(11, *_after("during", "not_reported")),  # not known: one unreported
        whole(12, *_after("not_coded")),  # not known
        found(13, *_after("during")),  # not known: an abstract shows no absence
        whole(14, *_after("during"), *_after("over_24_months", level="experience")),  # neither: no change after 24
        whole(15, *_after("during"), design="evidence-summary"),  # neither
        whole(16, *_after("over_24_months"), role="context", cost_measure="cost_measure"),  # not counted
        whole(17, *_after("over_24_months"), status="retracted", cost_measure="cost_measure"),  # not counted
        whole(18, *_after("over_24_months", level="output"), cost_measure="cost_measure"),  # no outcome study
    ]
    return [replace(s, cost_measure=COST.get(n, s.cost_measure)) for n, s in enumerate(plain, 1)]


def test_any_measure_of_cost(framework: Framework) -> None:
    cost = figures(lasting.analyse(_base(), framework))["cost"]
    # Any: 1 2 3. None: 4 to 11. Not coded: 12 to 15. So 3 of 11.
    assert numbers(cost) == (3, 11, 4, 0.273)
    assert (cost.numerator_ids, cost.unknown_ids) == (named(1, 2, 3), named(12, 13, 14, 15))
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 8/11)) / (2 (11 + 3.8415)) = (9.8415 -+ 6.9485) / 29.6829
    assert limits(cost) == (0.097, 0.566)
    assert bounds(cost) == (0.2, 0.467)  # 3/15 and 7/15
    assert practices(cost) == {"co-creation": (2, 3, 0)}


def test_a_cost_measure_is_no_economic_evaluation(framework: Framework) -> None:
    economic = figures(lasting.analyse(_base(), framework))["economic-evaluation"]
    assert (numbers(economic), economic.numerator_ids) == ((1, 11, 4, 0.091), named(1))
    # (2 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 10/11)) / 29.6829 = (5.8415 -+ 5.3596) / 29.6829
    assert limits(economic) == (0.016, 0.377)
    assert without_one(economic) == (0.0, 0.1)


def test_follow_up_over_six_months(framework: Framework) -> None:
    months = figures(lasting.analyse(_base(), framework))["over-6-months"]
    # Yes: 1 2 3. No: 4 to 10, 14, 15. Not known: 11 12 13. So 3 of 12.
    assert numbers(months) == (3, 12, 3, 0.25)
    assert (months.numerator_ids, months.unknown_ids) == (named(1, 2, 3), named(11, 12, 13))
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 9/12)) / (2 (12 + 3.8415)) = (9.8415 -+ 7.0235) / 31.6829
    assert limits(months) == (0.089, 0.532)
    assert primary(months) == (3, 11, 0.273)  # without the summary, 15


def test_follow_up_over_24_months(framework: Framework) -> None:
    years = figures(lasting.analyse(_base(), framework))["over-24-months"]
    # Yes: 1. No: 2, 4 to 10, 14, 15. Not known: 3 11 12 13. So 1 of 11.
    assert numbers(years) == (1, 11, 4, 0.091)
    assert (years.numerator_ids, years.unknown_ids) == (named(1), named(3, 11, 12, 13))
    assert limits(years) == (0.016, 0.377)


def test_the_table_places_studies_by_follow_up(framework: Framework) -> None:
    assert filled(lasting.analyse(_base(), framework), "lasting.times") == {
        "during/studies": named(2, 10, 11, 13, 14, 15),
        "up_to_6_months/studies": named(*range(4, 10)),
        "6_to_24_months/studies": named(2, 3),
        "over_24_months/studies": named(1),
        "not_reported/studies": named(11),
        "not_coded/studies": named(12),
    }


def test_uncoded_base_lacks_both_codes(framework: Framework) -> None:
    result = lasting.analyse([found(1, {}), found(2, {})], framework)
    assert result.missing == ("cost", "follow_up")
    assert nothing_is_known(result) == []


def test_only_what_is_missing_is_asked_for(framework: Framework) -> None:
    result = lasting.analyse([whole(1, *_after("during"))], framework)
    assert result.missing == ("cost",)
    result = lasting.analyse([found(1, {}, cost_measure="cost_measure")], framework)
    assert result.missing == ("follow_up",)
    result = lasting.analyse([whole(1, *_after("during"), cost_measure="none")], framework)
    assert result.missing == ()


def test_unreported_follow_up_is_unknown(framework: Framework) -> None:
    by_id = figures(lasting.analyse([whole(n, *_after("not_reported")) for n in range(1, 13)], framework))
    assert (numbers(by_id["over-6-months"]), by_id["over-6-months"].reason) == ((None, 0, 12, None), "nothing_known")


def test_nine_full_texts_withhold_the_share(framework: Framework) -> None:
    read = [whole(n, *_after("during"), cost_measure="none") for n in range(1, 10)]
    seen = [found(n, *_after("over_24_months"), cost_measure="economic_evaluation") for n in range(10, 13)]
    result = lasting.analyse([*read, *seen, found(13, *_after("during"))], framework)
    assert [(numbers(f), f.reason) for f in result.figures] == [((3, 12, 1, None), "few_full_texts")] * 4


def test_base_without_outcome_studies_lacks_no_code(framework: Framework) -> None:
    for studies in ([], [whole(1, *_after("over_24_months"), role="context", cost_measure="none")]):
        result = lasting.analyse(studies, framework)
        assert result.missing == ()
        assert nothing_is_known(result) == []


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    result = lasting.analyse([whole(1, *_after("6_to_24_months"), cost_measure="cost_measure")], framework)
    assert [numbers(f) for f in result.figures] == [(1, 1, 0, None), (0, 1, 0, None), (1, 1, 0, None), (0, 1, 0, None)]
