"""How recent the evidence is and where it comes from, on a base worked out by hand."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps.analyses import currency
from coprod_review.model.base import Framework, Scope
from coprod_review.model.study import Geography, Search, Study
from coprod_review.results.result import Result
from tests.conftest import study
from tests.gaps.worked import (
    bounds,
    cells,
    figures,
    filled,
    found,
    issued,
    limits,
    named,
    nothing_is_known,
    numbers,
    practices,
    primary,
    without_one,
)

YEARS = {
    1: 2010, 2: 2014, 3: 2016, 4: 2016, 5: 2017, **dict.fromkeys(range(6, 11), 2019), 11: 2021, 12: 2021, 13: None,
    14: 2018, 15: 2022, 16: 2022, 17: 2022, 18: 2022,
}  # fmt: skip
ENDS: dict[int, int | str | None] = {12: 2020, 14: "2016-09", 15: "2021-04", 16: None}
DATA = {
    **dict.fromkeys(range(1, 6), ("England",)),
    6: ("Wales", "Italy"),
    **dict.fromkeys(range(7, 12), ("Italy",)),
    12: ("International",),
    14: ("England", "International"),
    15: ("Italy", "International"),
    17: ("England",),
    18: ("England",),
}


def _made(number: int) -> Study:
    changes = {
        14: {"design": "scoping-review"},
        15: {"design": "rapid-review"},
        16: {"design": "systematic-review"},
        17: {"role": "context"},
        18: {"status": "retracted"},
    }.get(number, {})
    codes: list[dict[str, Any]] = [{}] if number in (1, 7, 14) else []
    practice = ("participation",) if number in (1, 7, 12) else ()
    plain = found(number, *codes, practice=practice, geography=Geography(data=DATA.get(number, ())), **changes)
    search = Search(end=ENDS[number]) if number in ENDS else None
    return issued(replace(plain, search=search), YEARS[number])


def _result(framework: Framework) -> Result:
    return currency.analyse([_made(n) for n in YEARS], framework)


def test_the_year_of_publication_against_the_declared_window(framework: Framework) -> None:
    window = figures(_result(framework))["in-window"]
    # From 2017: 5 to 12, 14, 15, 16. Before: 1 2 3 4. No year: 13. So 11 of 15.
    assert numbers(window) == (11, 15, 1, 0.733)
    assert (window.numerator_ids, window.unknown_ids) == (named(*range(5, 13), 14, 15, 16), named(13))
    # (22 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 11 x 4/15)) / (2 (15 + 3.8415)) = (25.8415 -+ 7.7350) / 37.6829
    assert limits(window) == (0.48, 0.891)
    assert without_one(window) == (0.714, 0.786)  # 10/14 and 11/14
    assert primary(window) == (8, 12, 0.667)


def test_publication_year_differs_from_evidence_year(framework: Framework) -> None:
    evidence = figures(_result(framework))["evidence-in-window"]
    # Reviews alone: the search of 15 ended in 2021, that of 14 (of 2018) in 2016; that of 16 is not known. When
    # primary data were gathered is not coded, so 12 is not known, whatever its search has.
    assert (numbers(evidence), evidence.reason) == ((1, 2, 14, None), "few_known")
    assert (evidence.numerator_ids, evidence.denominator_ids) == (named(15), named(14, 15))
    assert bounds(evidence) == (0.062, 0.938)  # 1/16 and 15/16


def test_data_from_the_nations_of_the_base(framework: Framework) -> None:
    home = figures(_result(framework))["home-data"]
    # Ours: 1 to 6, and 14 whatever else. Not ours: 7 to 11. Several countries may hold ours: 12 and 15. Not seen: 13
    # and 16. So 7 of 12.
    assert numbers(home) == (7, 12, 4, 0.583)
    assert (home.numerator_ids, home.unknown_ids) == (named(*range(1, 7), 14), named(12, 13, 15, 16))
    # (14 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 7 x 5/12)) / (2 (12 + 3.8415)) = (17.8415 -+ 7.7184) / 31.6829
    assert limits(home) == (0.32, 0.807)
    assert bounds(home) == (0.438, 0.688)  # 7/16 and 11/16
    assert practices(home) == {"participation": (1, 2, 1)}


def test_the_median_year(framework: Framework) -> None:
    year = figures(_result(framework))["median-year"]
    # 2010 2014 2016 2016 2017 2018 2019 2019 2019 2019 2019 2021 2021 2022 2022: the eighth of fifteen.
    assert (year.kind, year.numerator, year.denominator, year.value) == ("median", None, 15, 2019.0)
    assert year.unknown_ids == named(13)


def test_the_median_end_of_searches_is_of_reviews_alone(framework: Framework) -> None:
    end = figures(_result(framework))["median-search-end"]
    # 2016 and 2021, of 14 and 15; not known for 16.
    assert (end.denominator, end.value, end.denominator_ids, end.unknown_ids) == (2, 2018.5, named(14, 15), named(16))


def test_the_table_of_years(framework: Framework) -> None:
    assert filled(_result(framework), "currency.years") == {
        "2010/published": named(1),
        "2014/published": named(2),
        "2016/published": named(3, 4),
        "2016/search-ended": named(14),
        "2017/published": named(5),
        "2018/published": named(14),
        "2019/published": named(*range(6, 11)),
        "2021/published": named(11, 12),
        "2021/search-ended": named(15),
        "2022/published": named(15, 16),
        "not-known/published": named(13),
        "not-known/search-ended": named(16),
    }


def test_the_table_of_places(framework: Framework) -> None:
    result = _result(framework)
    assert filled(result, "currency.places") == {
        "england/studies": named(1, 2, 3, 4, 5, 14),
        "england/outcome": named(1, 14),
        "england/primary": named(1, 2, 3, 4, 5),
        "wales/studies": named(6),
        "wales/primary": named(6),
        "uk/studies": named(*range(1, 7), 14),
        "uk/outcome": named(1, 14),
        "uk/primary": named(*range(1, 7)),
        "italy/studies": named(*range(6, 12), 15),
        "italy/outcome": named(7),
        "italy/primary": named(*range(6, 12)),
        "international/studies": named(12, 14, 15),
        "international/outcome": named(14),
        "international/primary": named(12),
        "not-seen/studies": named(13, 16),
        "not-seen/primary": named(13),
    }
    assert cells(result)["currency.places/scotland/studies"] == ()  # a nation of the base that nobody used


def _undated(number: int) -> Study:
    return issued(study(number), None)


def test_uncoded_base_claims_nothing(framework: Framework) -> None:
    result = currency.analyse([_undated(n) for n in range(1, 13)], framework)
    assert nothing_is_known(result) == []
    assert {f.reason for f in result.figures[:4]} == {"nothing_known"}
    assert result.missing == ("published", "evidence", "places")


def test_coded_base_lacks_nothing(framework: Framework) -> None:
    assert _result(framework).missing == ()


def test_base_without_window_has_no_window_figure(framework: Framework) -> None:
    about = replace(framework.about, scope=Scope(sector="social-care"))
    result = currency.analyse([_made(n) for n in YEARS], replace(framework, about=about))
    assert result.missing == ("window",)
    by_id = figures(result)
    assert numbers(by_id["in-window"]) == (None, 0, 16, None)
    assert numbers(by_id["home-data"]) == (7, 12, 4, 0.583)


@pytest.mark.parametrize(
    ("data", "ours"),
    [
        (("uk",), True),
        (("Italy", "Wales"), True),
        (("International", "Wales"), True),
        (("Italy",), False),
        (("Ireland", "Italy"), False),
        (("International",), None),
        (("Italy", "International"), None),
        ((), None),
    ],
)
def test_where_the_data_come_from(data: tuple[str, ...], ours: bool | None, framework: Framework) -> None:
    home = figures(currency.analyse([study(1, geography=Geography(data=data))], framework))["home-data"]
    expected = {True: (1, 1, 0, None), False: (0, 1, 0, None), None: (None, 0, 1, None)}
    assert numbers(home) == expected[ours]


def test_ten_known_searches_give_a_share(framework: Framework) -> None:
    # The window opens in 2017: the searches of 1 to 6 ended before it, those of 7 to 10 in it, one in its first month.
    ends = ["2016-12", *["2010"] * 5, "2017-01", "2018", "2020-06", "2021"]
    reviews = [study(n, design="scoping-review", search=Search(end=e)) for n, e in enumerate(ends, 1)]
    evidence = figures(currency.analyse(reviews, framework))["evidence-in-window"]
    assert numbers(evidence) == (4, 10, 0, 0.4)
    assert evidence.numerator_ids == named(7, 8, 9, 10)


def test_empty_base_gives_no_number(framework: Framework) -> None:
    for studies in ([], [study(1, role="context", geography=Geography(data=("England",)))]):
        assert nothing_is_known(currency.analyse(studies, framework)) == []


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    by_id = figures(currency.analyse([study(1)], framework))
    assert numbers(by_id["in-window"]) == (1, 1, 0, None)
    assert numbers(by_id["evidence-in-window"]) == (None, 0, 1, None)
    assert by_id["median-year"].value == 2020.0
    assert by_id["median-search-end"].value is None
