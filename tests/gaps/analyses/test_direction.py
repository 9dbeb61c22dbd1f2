"""Which way findings point, and who looked for harm, on a base worked out by hand."""

from dataclasses import replace
from typing import Any

from coprod_review.gaps.analyses import direction
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


def _ways(*ways: str, level: str = "outcome") -> list[dict[str, Any]]:
    return [{"direction": way, "level": level} for way in ways]


LOOKED = {1: "looked", 4: "looked", **dict.fromkeys((*range(5, 12), 16, 19), "not_looked")}


def _base() -> list[Study]:
    """Fifteen studies that state a direction, and others (A: against benefit; H: harm)."""
    plain = [
        *(whole(n, *_ways("benefit", "mixed"), practice=("ppi",)) for n in (1, 2, 3)),  # A, and mixed is no harm
        whole(4, *_ways("harm", level="experience")),  # A, H: the burden of taking part counts
        whole(5, *_ways("no_change"), practice=("ppi", "co-research")),  # A, not H
        *(whole(n, *_ways("benefit")) for n in range(6, 12)),  # neither
        whole(12, *_ways("benefit", "not_stated"), practice=("ppi",)),  # one direction is open, so neither is known
        found(13, *_ways("benefit")),  # an abstract: neither is known
        found(14, *_ways("mixed")),  # A; H not known
        whole(15, *_ways("not_stated")),  # states no direction
        whole(16),  # has no finding
        whole(17, *_ways("harm"), role="context", looked_for_harm="looked"),  # not counted
        whole(18, *_ways("harm"), status="retracted", looked_for_harm="looked"),  # not counted
        whole(19, *_ways("benefit"), design="rapid-review"),  # neither
    ]
    return [replace(s, looked_for_harm=LOOKED.get(n, s.looked_for_harm)) for n, s in enumerate(plain, 1)]


def test_anything_but_benefit(framework: Framework) -> None:
    against = figures(direction.analyse(_base(), framework))["against"]
    # Yes: 1 2 3 4 5 14. No: 6 to 11, 19. Not known: 12 and 13. So 6 of 13, 0.462.
    assert numbers(against) == (6, 13, 2, 0.462)
    assert (against.numerator_ids, against.unknown_ids) == (named(1, 2, 3, 4, 5, 14), named(12, 13))
    # (12 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 6 x 7/13)) / (2 (13 + 3.8415)) = (15.8415 -+ 8.0250) / 33.6829
    assert limits(against) == (0.232, 0.709)
    assert bounds(against) == (0.4, 0.533)  # 6/15 and 8/15
    assert without_one(against) == (0.417, 0.5)  # 5/12 and 6/12
    assert primary(against) == (6, 12, 0.5)  # without the review, 19
    assert practices(against) == {"co-research": (1, 1, 0), "ppi": (4, 4, 1)}


def test_mixed_and_no_change_are_no_harm(framework: Framework) -> None:
    harm = figures(direction.analyse(_base(), framework))["harm"]
    # Yes: 4. No: 1 2 3 5 to 11, 19. Not known: 12, 13, 14. So 1 of 12.
    assert numbers(harm) == (1, 12, 3, 0.083)
    assert harm.numerator_ids == named(4)
    assert harm.unknown_ids == named(12, 13, 14)
    # (2 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 11/12)) / (2 (12 + 3.8415)) = (5.8415 -+ 5.3705) / 31.6829
    assert limits(harm) == (0.015, 0.354)
    assert without_one(harm) == (0.0, 0.091)  # 0/11 and 1/11


def test_looked_for_harm_covers_eligible_studies(framework: Framework) -> None:
    looked = figures(direction.analyse(_base(), framework))["looked-for-harm"]
    # Looked: 1 and 4. Did not: 5 to 11, 16, 19. Not coded: 2 3 12 13 14 15. So 2 of 11.
    assert numbers(looked) == (2, 11, 6, 0.182)
    assert looked.unknown_ids == named(2, 3, 12, 13, 14, 15)
    # (4 + 3.8415 -+ 1.96 sqrt(3.8415 + 8 x 9/11)) / (2 (11 + 3.8415)) = (7.8415 -+ 6.3167) / 29.6829
    assert limits(looked) == (0.051, 0.477)
    assert primary(looked) == (2, 10, 0.2)


def test_the_table_counts_findings_and_studies_by_direction(framework: Framework) -> None:
    cells = filled(direction.analyse(_base(), framework), "direction.findings")
    assert {name: cell for name, cell in cells.items() if name.endswith("studies")} == {
        "benefit/studies": named(1, 2, 3, *range(6, 14), 19),
        "benefit/outcome-studies": named(1, 2, 3, *range(6, 14), 19),
        "mixed/studies": named(1, 2, 3, 14),
        "mixed/outcome-studies": named(1, 2, 3, 14),
        "no_change/studies": named(5),
        "no_change/outcome-studies": named(5),
        "harm/studies": named(4),  # met while taking part, so no outcome study
        "not_stated/studies": named(12, 15),
        "not_stated/outcome-studies": named(12, 15),
    }
    assert cells["mixed/findings"] == ("author1-2020.2", "author2-2020.2", "author3-2020.2", "author14-2020.1")


def test_zero_of_ten_has_exact_upper_limit(framework: Framework) -> None:
    result = direction.analyse([whole(n, *_ways("benefit")) for n in range(1, 11)], framework)
    harm = figures(result)["harm"]
    assert (numbers(harm), limits(harm)) == ((0, 10, 0, 0.0), (0.0, 0.259))  # 1 - 0.05 ** (1/10)
    assert harm.interval is not None
    assert harm.interval.sides == 1


def test_findings_about_a_change_are_counted_separately(framework: Framework) -> None:
    # Of 1 2 3 4 5 14, study 4 reports harm while taking part.
    assert direction.analyse(_base(), framework).facts == direction.DirectionFacts(against_about_change=5)


def test_base_without_stated_direction_lacks_it(framework: Framework) -> None:
    result = direction.analyse([found(1, *_ways("not_stated")), found(2), found(3)], framework)
    assert result.missing == ("direction",)
    assert nothing_is_known(result) == []


def test_empty_base_gives_no_number(framework: Framework) -> None:
    for studies in ([], [whole(1, *_ways("harm"), role="context"), whole(2, *_ways("harm"), status="withdrawn")]):
        result = direction.analyse(studies, framework)
        assert (nothing_is_known(result), result.missing) == ([], ())


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    against, harm, looked = direction.analyse([whole(1, *_ways("harm"))], framework).figures
    assert [numbers(f) for f in (against, harm, looked)] == [(1, 1, 0, None), (1, 1, 0, None), (None, 0, 1, None)]


def test_abstracts_alone_show_presence_alone(framework: Framework) -> None:
    against, harm, looked = direction.analyse([found(n, *_ways("mixed")) for n in range(1, 13)], framework).figures
    assert numbers(against) == (12, 12, 0, 1.0)
    assert (numbers(harm), harm.reason) == ((None, 0, 12, None), "nothing_known")
    assert (numbers(looked), looked.reason) == ((None, 0, 12, None), "nothing_known")
    more = [found(13, *_ways("benefit"))]
    against = direction.analyse([*(found(n, *_ways("mixed")) for n in range(1, 13)), *more], framework).figures[0]
    assert (numbers(against), against.reason) == ((12, 12, 1, None), "one_sided")


def test_nine_full_texts_withhold_the_share(framework: Framework) -> None:
    read = [whole(n, *_ways("benefit"), looked_for_harm="not_looked") for n in range(1, 10)]
    seen = [found(n, *_ways("harm"), looked_for_harm="looked") for n in range(10, 13)]
    result = direction.analyse([*read, *seen, found(13, *_ways("benefit"))], framework)
    assert [(numbers(f), f.reason) for f in result.figures] == [((3, 12, 1, None), "few_full_texts")] * 3
    assert numbers(direction.analyse([*read, *seen], framework).figures[0]) == (3, 12, 0, 0.25)  # nothing is unknown
