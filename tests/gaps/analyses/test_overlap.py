"""What rests on reviews alone, and what their lists share, on a base worked out by hand."""

from dataclasses import replace
from typing import Any

from coprod_review.gaps.analyses import overlap
from coprod_review.model.base import Framework
from coprod_review.model.study import Search, Study
from coprod_review.results.result import Result
from tests.gaps.worked import (
    figures,
    filled,
    found,
    limits,
    named,
    nothing_is_known,
    numbers,
    practices,
    without_one,
)

MISSED = {"outcome": "organisations.use.attendance"}
HOME = {"outcome": "people.living.home", "level": "experience"}
WORK = {"outcome": "staff.work.ease"}


def _review(number: int, *codes: dict[str, Any], works: tuple[str, ...] = (), **changes: Any) -> Study:
    return found(number, *codes, design="scoping-review", search=Search(included_studies=works), **changes)


def _with_doi(made: Study, doi: str) -> Study:
    return replace(made, citation=replace(made.citation, doi=doi))


def _base() -> list[Study]:
    """Four reviews with lists, twelve primary studies, and two works that do not count."""
    return [
        _review(1, MISSED, works=("author5-2020", "10.1/A", "10.1/b"), practice=("ppi",)),
        _review(2, MISSED, works=("AUTHOR5-2020", "10.1/B", "10.5/EIGHT")),
        _review(3, MISSED, works=("10.5/SIX", "10.1/c")),
        _review(4, HOME, works=("author6-2020", "10.5/six")),  # one work under two names; no outcome study
        found(5, {}, practice=("ppi",)),
        _with_doi(found(6, {}), "10.5/six"),
        found(7, {}),
        _with_doi(found(8, {}), "10.5/eight"),
        *(found(n, {}) for n in range(9, 13)),
        *(found(n) for n in range(13, 17)),  # no finding, so no outcome study
        _review(17, WORK, works=("author7-2020",), role="context"),  # not counted, nor is its list
        found(18, MISSED, status="retracted"),  # not counted
    ]


def test_reviews_among_the_outcome_studies(framework: Framework) -> None:
    reviews = figures(overlap.analyse(_base(), framework))["reviews"]
    # Outcome studies: 1 2 3 and 5 to 12. Reviews: 1 2 3. So 3 of 11.
    assert numbers(reviews) == (3, 11, 0, 0.273)
    assert (reviews.numerator_ids, reviews.denominator_ids) == (named(1, 2, 3), named(1, 2, 3, *range(5, 13)))
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 8/11)) / (2 (11 + 3.8415)) = (9.8415 -+ 6.9485) / 29.6829
    assert limits(reviews) == (0.097, 0.566)
    assert without_one(reviews) == (0.2, 0.3)
    assert practices(reviews) == {"ppi": (1, 2, 0)}


def test_domains_known_through_reviews_alone(framework: Framework) -> None:
    domains = figures(overlap.analyse(_base(), framework))["review-only-domains"]
    # Health (5 to 12), home (4, at any level) and use of services (1 2 3; 18 is retracted). Work: context only.
    assert domains.denominator_ids == ("people.health", "people.living", "organisations.use")
    assert domains.numerator_ids == ("people.living", "organisations.use")
    assert (domains.unit, domains.numerator, domains.denominator, domains.interval) == ("domain", 2, 3, None)
    assert domains.value == 2 / 3
    assert domains.studies == ()


def test_primary_studies_that_a_review_includes_too(framework: Framework) -> None:
    twice = figures(overlap.analyse(_base(), framework))["held-twice"]
    # Named: 5 by its id in either case, 6 by its id and its DOI, 8 by its DOI. 7 is named by a context work alone.
    assert twice.numerator_ids == named(5, 6, 8)
    assert twice.denominator_ids == named(*range(5, 17))
    assert numbers(twice) == (3, 12, 0, 0.25)
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 9/12)) / (2 (12 + 3.8415)) = (9.8415 -+ 7.0235) / 31.6829
    assert limits(twice) == (0.089, 0.532)


def test_the_corrected_covered_area(framework: Framework) -> None:
    result = overlap.analyse(_base(), framework)
    area = figures(result)["cca"]
    # Lists: {5, a, b}, {5, b, 8}, {6, c}, {6}: N = 9 inclusions; works 5, a, b, 8, 6, c: r = 6; c = 4 reviews.
    # (9 - 6) / (6 x 4 - 6) = 3/18.
    assert (area.numerator, area.denominator, area.value, area.interval) == (3, 18, 3 / 18, None)
    assert (area.denominator_ids, area.unit) == (named(1, 2, 3, 4), "inclusion")
    assert (result.missing, result.facts) == ((), overlap.OverlapFacts(reviews=4))


def test_the_overlap_of_each_pair(framework: Framework) -> None:
    (pairs,) = (t for t in overlap.analyse(_base(), framework).tables if t.id == "overlap.pairs")
    assert [row[1:] for row in pairs.rows] == [
        (2, 4, "50.0%"),  # 1 and 2: 5 and b, of 5, a, b, 8
        (0, 5, "0.0%"),  # 1 and 3
        (0, 4, "0.0%"),  # 1 and 4
        (0, 5, "0.0%"),  # 2 and 3
        (0, 4, "0.0%"),  # 2 and 4
        (1, 2, "50.0%"),  # 3 and 4: 6, of 6 and c
    ]


def test_outcomes_that_several_reviews_report(framework: Framework) -> None:
    cells = filled(overlap.analyse(_base(), framework), "overlap.outcomes")
    assert cells == {"organisations.use.attendance/reviews": named(1, 2, 3)}


def test_the_worked_example_of_the_methods_notes(framework: Framework) -> None:
    # N = 8, r = 3, c = 5: (8 - 3) / (3 x 5 - 3) = 5/12 = 41.67%.
    lists = (("x", "y", "z"), ("x", "y"), ("x",), ("x",), ("y",))
    studies = [_review(n, works=tuple(f"10.9/{w}" for w in works)) for n, works in enumerate(lists, 1)]
    area = figures(overlap.analyse(studies, framework))["cca"]
    assert (area.numerator, area.denominator, round(area.value or 0, 4)) == (5, 12, 0.4167)


def _unfed(framework: Framework, *works: tuple[str, ...]) -> Result:
    reviews = [_review(n, MISSED, works=w) for n, w in enumerate(works, 1)]
    return overlap.analyse([*reviews, *(found(n, {}) for n in range(20, 32))], framework)


def test_without_lists_overlap_is_not_assessed(framework: Framework) -> None:
    result = _unfed(framework, (), ())
    assert (result.missing, result.facts) == (("lists",), overlap.OverlapFacts(reviews=2))
    by_id = figures(result)
    assert (by_id["cca"].numerator, by_id["cca"].denominator, by_id["cca"].value) == (None, None, None)
    assert by_id["cca"].reason == "few_lists"
    assert (numbers(by_id["held-twice"]), by_id["held-twice"].reason) == (
        (None, 0, 12, None),
        "no_list",
    )
    assert not [t for t in result.tables if t.id == "overlap.pairs"]


def test_partial_lists_leave_the_rest_unknown(framework: Framework) -> None:
    result = _unfed(framework, ("author20-2020", "Author21-2020"), ())
    assert result.missing == ("lists",)
    by_id = figures(result)
    assert (by_id["cca"].numerator, by_id["cca"].value) == (None, None)
    assert (by_id["held-twice"].numerator, by_id["held-twice"].value) == (2, None)
    assert by_id["held-twice"].numerator_ids == named(20, 21)


def test_one_review_overlaps_with_nothing(framework: Framework) -> None:
    result = _unfed(framework, ())
    assert (result.missing, result.facts) == ((), overlap.OverlapFacts(reviews=1))
    assert figures(result)["cca"].value is None


def test_empty_base_gives_no_number(framework: Framework) -> None:
    for studies in ([], [_review(1, MISSED, works=("a", "b"), role="context")]):
        assert nothing_is_known(overlap.analyse(studies, framework)) == []


def test_one_primary_study_is_counted_and_given_no_share(framework: Framework) -> None:
    by_id = figures(overlap.analyse([found(1, {})], framework))
    assert numbers(by_id["reviews"]) == (0, 1, 0, None)
    assert numbers(by_id["held-twice"]) == (None, 0, 1, None)
    assert (by_id["review-only-domains"].numerator, by_id["review-only-domains"].denominator) == (0, 1)
