"""Verdicts on counts, figures and quotations, worked out by hand."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.stated import Quoted, Stated, StatedCount, StatedFigure
from coprod_review.model.study import Study
from coprod_review.replication.evaluator import (
    compare,
    compare_count,
    compare_figure,
    compare_quote,
    replicate,
)
from coprod_review.replication.items import items_of
from coprod_review.results.figure import Figure, Unknown
from coprod_review.results.intervals import Interval
from coprod_review.results.replication import CountComparison, ReplicationRow
from tests.conftest import aims, study
from tests.replication.reviews import claim, review

WELLBEING, TRUST = "people.health.wellbeing", "people.services.trust"
PRACTICE = "staff.practice.change"


@pytest.mark.parametrize(
    ("number", "comparator", "published", "tolerance", "verdict"),
    [
        ((37, 37), "equal", 37, 0, "agree"),
        ((36, 36), "equal", 37, 0, "differ"),
        ((36, 36), "equal", 37, 1, "agree"),
        ((38, 38), "equal", 37, 1, "agree"),
        ((39, 39), "equal", 37, 1, "differ"),
        # Two unknown: 36 to 38 may be 37, and so may 37 to 39; 38 to 40 may not, unless 1 apart is enough.
        ((36, 38), "equal", 37, 0, "cannot_tell"),
        ((37, 39), "equal", 37, 0, "cannot_tell"),
        ((38, 40), "equal", 37, 0, "differ"),
        ((38, 40), "equal", 37, 1, "cannot_tell"),
        ((36, 38), "equal", 37, 1, "agree"),
        ((2, 5), "at_least", 2, 0, "agree"),
        ((1, 5), "at_least", 2, 0, "cannot_tell"),
        ((0, 1), "at_least", 2, 0, "differ"),
        ((1, 1), "at_least", 2, 1, "agree"),
        ((0, 2), "at_most", 2, 0, "agree"),
        ((0, 3), "at_most", 2, 0, "cannot_tell"),
        ((3, 3), "at_most", 2, 0, "differ"),
        ((3, 3), "at_most", 2, 1, "agree"),
        ((3, 4), "more_than", 2, 0, "agree"),
        ((2, 4), "more_than", 2, 0, "cannot_tell"),
        ((1, 2), "more_than", 2, 0, "differ"),
        ((2, 2), "more_than", 2, 1, "agree"),
        ((0, 1), "less_than", 2, 0, "agree"),
        ((0, 2), "less_than", 2, 0, "cannot_tell"),
        ((2, 3), "less_than", 2, 0, "differ"),
        ((2, 2), "less_than", 2, 1, "agree"),
    ],
)
def test_comparators(number: Any, comparator: Any, published: float, tolerance: float, verdict: str) -> None:
    assert compare(number, comparator, published, tolerance) == verdict


# --- counts ----------------------------------------------------------------------------------


def _count(framework: Framework, studies: tuple[Study, ...], **stated: Any) -> CountComparison:
    asked = StatedCount(**{"what": "works", "count": "works", "of": "evidence", **stated})
    framework = replace(framework, review=review())
    row = Stated(id="R01", section="1", statement="A.", claims=("c02",))
    return compare_count(asked, items_of(asked, row, studies, framework), framework.codebook)


def _numbers(comparison: CountComparison) -> list[tuple[int, int]]:
    """The number and the unknown of each part."""
    return [(len(count.passing), count.unknown) for count in comparison.counts]


HEALTH = study(1, sector=("health",))
BOTH = study(2, sector=("health", "social-care"))
SOCIAL = study(3, sector=("social-care",))
UNKNOWN = study(4)


def test_condition_counts_out_of_all(framework: Framework) -> None:
    made = _count(framework, (HEALTH, BOTH, SOCIAL), where=("sector=health",), comparator="equal", published=2)
    assert (made.verdict, _numbers(made), made.total) == ("agree", [(2, 0)], 3)
    made = _count(framework, (HEALTH, BOTH, UNKNOWN), where=("sector=health",), comparator="equal", published=2)
    assert (made.verdict, _numbers(made), made.total) == ("cannot_tell", [(2, 1)], 3)
    made = _count(framework, (HEALTH, BOTH, UNKNOWN), where=("sector=health",), comparator="equal", published=4)
    assert made.verdict == "differ"


def test_every_condition_must_pass(framework: Framework) -> None:
    two = ("sector=health", "sector=social-care")
    assert _numbers(_count(framework, (HEALTH, BOTH, SOCIAL), where=two)) == [(1, 0)]
    # A study that fails one condition is out, whatever is not known of the other.
    assert _numbers(_count(framework, (HEALTH,), where=("sector=social-care", "phase=design"))) == [(0, 0)]


def test_first_part_is_compared_with_each_other_part(framework: Framework) -> None:
    parts = {"health": "sector=health", "social care": "sector=social-care"}
    more = {"parts": parts, "comparator": "more_than"}
    made = _count(framework, (HEALTH, BOTH), **more)
    assert (made.verdict, _numbers(made), made.total) == ("agree", [(2, 0), (1, 0)], 2)
    # 2 to 1 with one unknown may be 2 to 2; with three known more, 5 to 1, it may not.
    assert _count(framework, (HEALTH, BOTH, UNKNOWN), **more).verdict == "cannot_tell"
    lead = tuple(study(n, sector=("health",)) for n in range(5, 8))
    assert _count(framework, (HEALTH, BOTH, UNKNOWN, *lead), **more).verdict == "agree"
    assert _count(framework, (HEALTH, SOCIAL), **more).verdict == "differ"
    # One of the others that is as large is enough to differ.
    third = {**parts, "both": "practice=co-design"}
    assert (
        _count(framework, (replace(HEALTH, practice=("co-design",)),), **{**more, "parts": third}).verdict == "differ"
    )
    fewer = {"parts": {"social care": "sector=social-care", "health": "sector=health"}, "comparator": "less_than"}
    assert _count(framework, (HEALTH, BOTH), **fewer).verdict == "agree"


def test_parts_divide_what_passes_the_conditions(framework: Framework) -> None:
    parts = {"health": "sector=health", "social care": "sector=social-care"}
    made = _count(framework, (HEALTH, BOTH, SOCIAL), where=("sector=health",), parts=parts)
    assert (_numbers(made), made.total, made.verdict) == ([(2, 0), (1, 0)], 2, None)
    # The fourth may pass the condition, so it may belong to either part.
    made = _count(framework, (HEALTH, BOTH, SOCIAL, UNKNOWN), where=("sector=health",), parts=parts)
    assert (_numbers(made), made.total) == ([(2, 1), (1, 1)], 3)


def test_each_part_must_reach_the_published_number(framework: Framework) -> None:
    parts = {"health": "sector=health", "social care": "sector=social-care"}
    each = {"parts": parts, "comparator": "at_least", "published": 1}
    assert _count(framework, (BOTH,), **each).verdict == "agree"
    assert _count(framework, (HEALTH,), **each).verdict == "differ"
    assert _count(framework, (HEALTH, UNKNOWN), **each).verdict == "cannot_tell"


def test_a_limit_allows_no_exception(framework: Framework) -> None:
    recent = {"where": ("year>=2017",), "comparator": "every"}
    old, undated = (replace(HEALTH, citation=replace(HEALTH.citation, issued=year)) for year in (2015, None))
    assert _count(framework, (HEALTH,), **recent).verdict == "agree"
    assert _count(framework, (HEALTH, undated), **recent).verdict == "cannot_tell"
    made = _count(framework, (HEALTH, undated, old), **recent)
    assert (made.verdict, made.counts[0].failing) == ("differ", (old.id,))
    nothing = {"where": ("sector=social-care",), "comparator": "none"}
    assert _count(framework, (HEALTH,), **nothing).verdict == "agree"
    assert _count(framework, (HEALTH, UNKNOWN), **nothing).verdict == "cannot_tell"
    assert _count(framework, (HEALTH, UNKNOWN, SOCIAL), **nothing).verdict == "differ"


def test_nothing_to_count_gives_no_verdict(framework: Framework) -> None:
    for stated in ({"comparator": "equal", "published": 0}, {"where": ("sector=health",), "comparator": "every"}):
        assert _count(framework, (), **stated).verdict == "cannot_tell"


# --- figures ---------------------------------------------------------------------------------

RATIO = Figure(
    "focus.ratio", "Ratio", "of both sides", 22, 21, 1.05, Interval(0.77, 1.43, 0.95, 2, "Bonett-Price"), kind="ratio"
)
SHARE = Figure("focus.outcome-share", "Share", "of all", 6, 10, 0.6, unknown=Unknown(2, 0.5, 0.7))
COUNT = Figure(
    "overlap.reviews",
    "Reviews",
    "of all",
    16,
    28,
    None,
    unknown=Unknown(1, None, None),
    reason="complete_count",
    kind="count",
)
WITHHELD = replace(SHARE, value=None, unknown=None, reason="few_known")


@pytest.mark.parametrize(
    ("figure", "comparator", "published", "verdict"),
    [
        # An order needs the whole interval on one side; a value is compared as it is.
        (RATIO, "less_than", 1, "cannot_tell"),
        (RATIO, "less_than", 1.5, "agree"),
        (RATIO, "less_than", 0.7, "differ"),
        (RATIO, "equal", 1.05, "agree"),
        (RATIO, "equal", 1, "differ"),
        (replace(RATIO, interval=Interval(1.02, None, 0.95, 2, "exact")), "at_most", 9, "cannot_tell"),
        # The unknown codes leave 0.5 to 0.7 open.
        (SHARE, "equal", 0.6, "cannot_tell"),
        (SHARE, "equal", 0.8, "differ"),
        (SHARE, "at_least", 0.5, "agree"),
        (SHARE, "at_least", 0.55, "cannot_tell"),
        (replace(SHARE, unknown=Unknown(1, None, None)), "at_least", 0.5, "cannot_tell"),
        (replace(SHARE, unknown=Unknown(0, None, None)), "at_least", 0.5, "agree"),
        # 16 reviews and one that may be another.
        (COUNT, "equal", 16, "cannot_tell"),
        (COUNT, "at_least", 16, "agree"),
        (COUNT, "more_than", 17, "differ"),
        (WITHHELD, "equal", 0.6, "cannot_tell"),
        (None, "equal", 0.6, "cannot_tell"),
    ],
)
def test_figures(figure: Figure | None, comparator: Any, published: float, verdict: str) -> None:
    stated = StatedFigure(what="studies", figure="focus.ratio", comparator=comparator, published=published)
    assert compare_figure(stated, figure).verdict == verdict


def test_tolerance_of_a_figure() -> None:
    stated = StatedFigure(what="studies", figure="focus.ratio", comparator="equal", published=1, tolerance=0.1)
    assert compare_figure(stated, RATIO).verdict == "agree"


# --- quotations ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("judgements", "verdict"),
    [
        (("supported",), "agree"),
        (("contradicted",), "differ"),
        *((code, "cannot_tell") for code in (("partly",), ("not_seen",), ("not_judged",), ("a new term",))),
        (("supported", "partly"), "cannot_tell"),
        (("supported", "not_seen", "contradicted"), "differ"),
    ],
)
def test_the_weakest_judgement_decides(judgements: tuple[str, ...], verdict: str) -> None:
    corroboration = {f"author{n}-2020": code for n, code in enumerate(judgements)}
    made = compare_quote(Quoted(claim="c01"), review(claims=(claim("c01", corroboration),)))
    assert (made.verdict, made.judgements, made.number_verdict) == (verdict, corroboration, None)


def test_cited_work_without_judgement_is_not_judged() -> None:
    unjudged = replace(claim("c01", {"author1-2020": "supported"}), corroboration={})
    assert compare_quote(Quoted(claim="c01"), review(claims=(unjudged,))).verdict == "cannot_tell"


@pytest.mark.parametrize(
    ("quantity", "quoted", "verdict"),
    [
        # 24 of 122 is 19.7%.
        ({"n": 24, "N": 122}, {"published": 20, "tolerance": 0.5}, "agree"),
        ({"n": 24, "N": 122}, {"published": 20}, "differ"),
        ({"n": 30, "N": 122}, {"published": 20, "tolerance": 0.5}, "differ"),
        ({"percent": 20}, {"published": 20}, "agree"),
        ({"n": 50, "unit": "years"}, {"published": 50, "unit": "years"}, "agree"),
        ({}, {"published": 50}, "cannot_tell"),
        ({"percent": 25, "unit": "percent a year"}, {"unit": "percent in all"}, "differ"),
        ({"percent": 25, "unit": "percent a year"}, {"published": 25, "unit": "percent in all"}, "differ"),
        ({"percent": 25, "unit": "percent a year"}, {"unit": "percent a year"}, "agree"),
    ],
)
def test_printed_numbers_are_compared(quantity: dict[str, Any], quoted: dict[str, Any], verdict: str) -> None:
    supported = claim("c01", {"author1-2020": "supported"}, Quantity(label="One", **quantity))
    assert compare_quote(Quoted(claim="c01", number=1, **quoted), review(claims=(supported,))).verdict == verdict


def test_a_number_has_the_judgement_on_its_own_work() -> None:
    works = {"author1-2020": "contradicted", "author2-2020": "supported"}
    numbers = (Quantity(label="One", percent=35, study="author1-2020"), Quantity(label="Two", percent=25))
    of_two = review(claims=(claim("c01", works, *numbers),))
    first, second, third = (compare_quote(Quoted(claim="c01", number=n), of_two) for n in (1, 2, 3))
    assert (first.verdict, dict(first.judgements), first.quantities) == (
        "differ",
        {"author1-2020": "contradicted"},
        numbers[:1],
    )
    assert (second.judgements, second.quantities) == (works, numbers[1:])
    assert (third.verdict, third.judgements) == ("cannot_tell", {})
    assert (
        compare_quote(
            Quoted(claim="c01", number=2), review(claims=(claim("c01", {"a": "supported"}, *numbers),))
        ).verdict
        == "agree"
    )
    assert compare_quote(Quoted(claim="c09"), of_two).verdict == "cannot_tell"


# --- rows ------------------------------------------------------------------------------------

ONE = StatedCount(what="works", count="works", of="references", comparator="equal", published=1)
TWO = replace(ONE, published=2)


def _rows(framework: Framework, *rows: Stated, studies: tuple[Study, ...] = ()) -> list[ReplicationRow]:
    studies = studies or (replace(HEALTH, reference=1),)
    return list(replicate(studies, replace(framework, review=review(stated=rows))))


def _stated(**fields: Any) -> Stated:
    return Stated(**{"id": "R01", "section": "1", "statement": "A.", **fields})


def test_a_difference_outweighs_and_an_open_point_comes_next(framework: Framework) -> None:
    partly, supported = Quoted(claim="c01"), Quoted(claim="c02")
    verdicts = [
        row.verdict
        for row in _rows(
            framework,
            _stated(counts=(ONE, ONE)),
            _stated(counts=(ONE, TWO), quoted=(partly,)),
            _stated(counts=(ONE,), quoted=(partly,)),
            _stated(counts=(ONE,), quoted=(supported,)),
            _stated(counts=(replace(TWO, comparator=None, published=None), ONE)),
            _stated(counts=(TWO,), not_comparable_because="No."),
            _stated(),
        )
    ]
    assert verdicts == ["agree", "differ", "cannot_tell", "agree", "agree", "cannot_tell", "cannot_tell"]


def test_a_row_rests_on_what_it_counted(framework: Framework) -> None:
    studies = (
        replace(HEALTH, reference=1),
        replace(SOCIAL, reference=3, citation=replace(SOCIAL.citation, issued=1981)),
    )
    recent = replace(ONE, where=("year>=2017",), comparator="every", published=None)
    (row, limit) = _rows(
        framework,
        _stated(counts=(ONE,), quoted=(Quoted(claim="c01"),), claims=("c03",), errata=("e01",)),
        _stated(counts=(recent,)),
        studies=studies,
    )
    assert row.rests_on == ("author1-2020", "author3-2020", "author2-2020", "c03", "c01", "e01")
    assert limit.rests_on == ("author3-2020",)


def test_named_figures_are_computed(framework: Framework) -> None:
    studies = tuple(study(n, aims=aims("outcome" if n > 2 else "process")) for n in range(1, 13))
    figure = StatedFigure(what="studies", figure="focus.ratio", comparator="more_than", published=1)
    absent = replace(figure, figure="focus.nothing")
    elsewhere = replace(figure, figure="nothing.ratio")
    rows = _rows(framework, *(_stated(figures=(f,)) for f in (figure, absent, elsewhere)), studies=studies)
    # 10 studies on outcomes to 2 on process: the whole interval, 1.2 to 20.3, lies above 1.
    assert [row.verdict for row in rows] == ["agree", "cannot_tell", "cannot_tell"]
    assert rows[0].rests_on == tuple(s.id for s in (*studies[2:], *studies[:2]))


def test_base_without_review_has_no_rows(framework: Framework) -> None:
    assert replicate((HEALTH,), framework) == ()
