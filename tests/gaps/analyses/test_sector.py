"""The sectors of the outcome studies, on a base worked out by hand."""

from coprod_review.gaps.analyses import sector
from coprod_review.model.base import Framework
from coprod_review.model.study import Reports
from tests.conftest import finding, study
from tests.gaps.worked import bounds, filled, found, limits, named, nothing_is_known, numbers, practices


def test_sector_uses_outcome_studies_alone(framework: Framework) -> None:
    outcome = [
        study(
            n,
            sector=("social-care",) if n == 1 else ("health", "social-care") if n < 4 else ("health",),
            findings=(finding(f"author{n}-2020"),),
        )
        for n in range(1, 21)
    ]
    process = [
        study(n, sector=("social-care",), findings=(finding(f"author{n}-2020", level="experience"),))
        for n in range(21, 26)
    ]
    direct, including = sector.analyse([*outcome, *process], framework).figures
    assert (direct.numerator, direct.denominator, including.numerator) == (1, 20, 3)
    assert direct.interval is not None
    assert (round(direct.interval.low, 3), round(direct.interval.high or 0, 3)) == (0.009, 0.236)


def test_missing_and_double_sectors(framework: Framework) -> None:
    sectors = [("social-care",)] * 2 + [("social-care", "health")] * 2 + [("health",)] * 8 + [()] * 3
    studies = [
        found(n, {}, sector=s, practice=("ppi",) if n in (1, 5, 13) else ()) for n, s in enumerate(sectors, 1)
    ]  # fmt: skip
    studies += [found(20, {}, sector=("social-care",), role="context"), study(21, sector=("social-care",))]
    result = sector.analyse(studies, framework)
    direct, including = result.figures
    # Alone: 1 2. Included: 1 to 4. Others: to 12. Not coded: 13 14 15. 20 is context, and 21 reports no outcome.
    assert (numbers(direct), direct.numerator_ids) == ((2, 12, 3, 0.167), named(1, 2))
    assert (numbers(including), including.numerator_ids) == ((4, 12, 3, 0.333), named(1, 2, 3, 4))
    # (4 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 2 x 10/12)) / (2 (12 + 3.8415)) = (7.8415 -+ 6.3535) / 31.6829
    assert (limits(direct), bounds(direct)) == ((0.047, 0.448), (0.133, 0.333))  # 2/15 and 5/15
    assert practices(direct) == {"ppi": (1, 2, 1)}
    assert filled(result, "sector.sectors") == {
        "social-care/outcome": named(1, 2, 3, 4),
        "social-care/eligible": named(1, 2, 3, 4, 21),
        "health/outcome": named(*range(3, 13)),
        "health/eligible": named(*range(3, 13)),
        "not_coded/outcome": named(13, 14, 15),
        "not_coded/eligible": named(13, 14, 15),
        "all/outcome": named(*range(1, 16)),
        "all/eligible": named(*range(1, 16), 21),
    }


def test_facts_count_all_eligible_studies(framework: Framework) -> None:
    studies = [
        found(1, {}, sector=("social-care", "health")),
        found(2, {}, sector=("health",)),
        study(3, sector=("social-care",)),  # whether it reports an outcome is not known
        study(4, coded_from="full_text", reports=Reports(outcome="absent")),
        study(5, sector=("social-care",), role="context"),
    ]
    assert sector.analyse(studies, framework).facts == sector.SectorFacts(4, of_sector=2, outcome_not_known=1)


def test_uncoded_sectors_give_no_zero(framework: Framework) -> None:
    assert nothing_is_known(sector.analyse([found(n, {}) for n in range(1, 13)], framework)) == []
