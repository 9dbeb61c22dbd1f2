"""Each sentence of a replication, for every kind of number and verdict."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.model.quantity import Quantity
from coprod_review.model.stated import Quoted, Stated, StatedCount, StatedFigure
from coprod_review.phrasing.replication import replication_numbers, replication_reason
from coprod_review.results.figure import Figure, Unknown
from coprod_review.results.intervals import Interval
from coprod_review.results.replication import (
    Comparison,
    CountComparison,
    FigureComparison,
    PartCount,
    QuoteComparison,
    ReplicationRow,
)

COUNT: dict[str, Any] = {"what": "works on trust", "count": "works", "of": "reported"}
WHERE = {"where": ("outcome=people.services.trust",)}
PARTS = {"parts": {"staff": "stakeholder=staff", "people": "stakeholder=people"}}


def _row(*comparisons: Comparison, verdict: Any = None, **stated: Any) -> ReplicationRow:
    row = Stated(**{"id": "R01", "section": "1", "statement": "A.", **stated})
    return ReplicationRow(row, comparisons, verdict or comparisons[0].verdict or "cannot_tell", ())


def _count(verdict: Any, total: int, *parts: tuple[int, int, int], **stated: Any) -> CountComparison:
    """A comparison with the passing, failing and unknown items of each part."""
    counts = tuple(
        PartCount(tuple(f"a{i}" for i in range(yes)), tuple(f"b{i}" for i in range(no)), unknown, name)
        for (yes, no, unknown), name in zip(parts, stated.get("parts", {"": ""}), strict=True)
    )
    return CountComparison(StatedCount(**{**COUNT, **stated}), counts, total, verdict)


@pytest.mark.parametrize(
    ("comparison", "sentences"),
    [
        (_count(None, 20, (20, 0, 0)), "The number of works on trust is 20."),
        (
            _count(None, 20, (6, 14, 0), **WHERE),
            "The number of works on trust is 6, out of 20 works that the review cites for outcomes.",
        ),
        (
            _count(None, 20, (6, 4, 10), **WHERE),
            (
                "The number of works on trust is at least 6, out of 20 works that the review cites for outcomes. We "
                "do not know this for 10 of them."
            ),
        ),
        (
            _count(None, 20, (0, 0, 20), **WHERE),
            (
                "We cannot give the number of works on trust. We do not know it for any of the 20 works that the "
                "review cites for outcomes."
            ),
        ),
        (
            _count(None, 1, (0, 1, 0), **WHERE, of="evidence"),
            "The number of works on trust is 0, out of 1 study that counts as evidence.",
        ),
        (
            _count(None, 9, (0, 9, 0), **WHERE, count="findings"),
            "The number of works on trust is 0, out of 9 findings in works that the review cites for outcomes.",
        ),
        (
            _count(None, 20, (8, 12, 0), (13, 7, 0), **PARTS),
            (
                "The number of works on trust is 8 for staff and 13 for people, out of 20 works. One work can belong "
                "to several of these."
            ),
        ),
        (
            _count(None, 34, (23, 0, 11), (0, 24, 10), **PARTS, count="findings"),
            (
                "The known number of works on trust is 23 for staff and 0 for people, out of 34 findings. We do "
                "not know this for 11 of them."
            ),
        ),
        (_count("cannot_tell", 0, (0, 0, 0)), "This base has no works that the review cites for outcomes."),
        (_count("cannot_tell", 0, (0, 0, 0), what="topics", count="topics", of=None), "This base has no topics."),
    ],
)
def test_counts(comparison: CountComparison, sentences: str) -> None:
    assert replication_numbers(_row(comparison)) == sentences


@pytest.mark.parametrize(
    ("comparison", "sentences"),
    [
        (_count("agree", 37, (37, 0, 0), comparator="equal", published=37), "This is what the review states."),
        (_count("differ", 36, (36, 0, 0), comparator="equal", published=37), "The review states 37."),
        (
            _count("cannot_tell", 37, (2, 34, 1), **WHERE, comparator="equal", published=3),
            "The statement needs 3. This base leaves open whether that is so.",
        ),
        (
            _count("agree", 20, (1, 19, 0), (2, 18, 0), **PARTS, comparator="at_least", published=1),
            "This fits the statement, which needs at least 1 for each.",
        ),
        (
            _count("differ", 20, (3, 17, 0), **WHERE, comparator="at_most", published=2),
            "This does not fit the statement, which needs at most 2.",
        ),
        (
            _count("cannot_tell", 20, (2, 17, 1), **WHERE, comparator="more_than", published=2),
            "The statement needs more than 2. This base leaves open whether that is so.",
        ),
        (
            _count("agree", 20, (13, 7, 0), (8, 12, 0), **PARTS, comparator="more_than"),
            "There are more for staff than for people, as the statement says.",
        ),
        (
            _count("differ", 20, (13, 7, 0), (8, 12, 0), **PARTS, comparator="less_than"),
            "There are not fewer for staff than for people.",
        ),
        (
            _count("cannot_tell", 20, (13, 0, 7), (8, 5, 7), **PARTS, comparator="less_than"),
            "Those that are not known could decide whether there are fewer for staff than for people.",
        ),
        (_count("agree", 20, (20, 0, 0), **WHERE, comparator="every"), "There is no exception."),
        (
            _count("differ", 20, (18, 2, 0), **WHERE, comparator="every"),
            "The statement allows no exception, but b0 and b1 are exceptions.",
        ),
        (
            _count("agree", 20, (0, 20, 0), **WHERE, comparator="none"),
            "No case speaks against the statement.",
        ),
        (
            _count("differ", 20, (1, 19, 0), **WHERE, comparator="none"),
            "The statement allows no exception, but a0 is one.",
        ),
        *(
            (
                _count("cannot_tell", 20, (0, 0, 20), **WHERE, comparator=comparator),
                "We know of no exception, but there may be one among those that are not known.",
            )
            for comparator in ("every", "none")
        ),
        (_count("cannot_tell", 0, (0, 0, 0), comparator="equal", published=1), "There is nothing to count."),
    ],
)
def test_reasons_of_counts(comparison: CountComparison, sentences: str) -> None:
    assert replication_reason(_row(comparison)) == sentences


RATIO = Figure("f", "F", "of all", 22, 21, 22 / 21, Interval(0.774, 1.426, 0.95, 2, "exact"), kind="ratio")
SHARE = Figure("f", "F", "of all", 6, 10, 0.6, Interval(0.31, 0.83, 0.95, 2, "Wilson"), Unknown(2, 0.5, 0.7))
FEW = replace(SHARE, value=None, interval=None, unknown=None, reason="few_known")
REVIEWS = Figure("f", "F", "of all", 16, 28, None, kind="count")
MEDIAN = Figure("f", "F", "of all", None, 28, 2019.0, kind="median")


@pytest.mark.parametrize(
    ("figure", "verdict", "sentences", "reason"),
    [
        (
            RATIO, "cannot_tell",
            "The ratio of studies is 1.05 (22 to 21). The 95% confidence interval runs from 0.77 to 1.43.",
            "The statement needs less than 0.5. This base leaves open whether that is so.",
        ),
        (
            replace(RATIO, interval=Interval(0.774, None, 0.95, 2, "exact")), "differ",
            ("The ratio of studies is 1.05 (22 to 21). The 95% confidence interval runs from 0.77 without an upper "
            "limit."),
            "This does not fit the statement, which needs less than 0.5.",
        ),
        (
            SHARE, "agree",
            ("The share of studies is 60% (6 of 10). We do not know this for 2 more. The 95% confidence interval runs "
            "from 31% to 83%."),
            "This fits the statement, which needs less than 50%.",
        ),
        (
            FEW, "cannot_tell",
            "The share of studies is not given because this is known for fewer than 10 studies.",
            "There is no value to compare.",
        ),
        (
            REVIEWS, "differ",
            "The number of studies is 16.",
            "This does not fit the statement, which needs less than 0.5.",
        ),
        (MEDIAN, "agree", "The median of studies is 2019.", "This fits the statement, which needs less than 0.5."),
        (None, "cannot_tell", "This base has no figure focus.ratio.", "There is no value to compare."),
    ],
)  # fmt: skip
def test_figures(figure: Figure | None, verdict: Any, sentences: str, reason: str) -> None:
    stated = StatedFigure(what="studies", figure="focus.ratio", comparator="less_than", published=0.5)
    row = _row(FigureComparison(stated, figure, verdict))
    assert (replication_numbers(row), replication_reason(row)) == (sentences, reason)


def _quote(*quantities: Quantity, number_verdict: Any = None, **stated: Any) -> QuoteComparison:
    judgements = {"kay-2019": "supported"}
    return QuoteComparison(Quoted(claim="c01", **stated), quantities, judgements, number_verdict, "agree")


@pytest.mark.parametrize(
    ("quantity", "sentences"),
    [
        (None, "We recorded no number."),
        ({}, "We recorded no number (people heard)."),
        ({"n": 24, "N": 122, "unit": "studies"}, "We recorded 24 of 122 studies, which is 19.7% (people heard)."),
        ({"percent": 84, "unit": "people"}, "We recorded 84% of an unknown number of people (people heard)."),
        (
            {"percent": 25, "unit": "percent a year", "period": "1994 to 2019"},
            "We recorded 25 percent a year for 1994 to 2019 (people heard).",
        ),
        ({"n": 50, "unit": "years", "note": "since 1972."}, "We recorded 50 years (people heard). Since 1972."),
        ({"n": 50}, "We recorded 50 items (people heard)."),
    ],
)
def test_quoted_numbers(quantity: dict[str, Any] | None, sentences: str) -> None:
    quantities = () if quantity is None else (Quantity(label="People heard", **quantity),)
    assert replication_numbers(_row(_quote(*quantities))) == sentences


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("supported", "What we read of kay-2019 says the same."),
        ("partly", "What we read of kay-2019 supports only a part of this."),
        ("not_seen", "What we read of kay-2019 does not mention this."),
        ("contradicted", "What we read of kay-2019 contradicts this, or kay-2019 cannot be the source."),
        ("not_judged", "Nobody has compared this with kay-2019."),
        ("a new term", "Nobody has compared this with kay-2019."),
    ],
)
def test_judgements(code: str, sentence: str) -> None:
    assert replication_reason(_row(replace(_quote(), judgements={"kay-2019": code}))) == sentence


SHARE_OF_STUDIES = Quantity(label="One", n=24, N=122)
YEARLY = Quantity(label="One", percent=25, unit="percent a year")


@pytest.mark.parametrize(
    ("quantity", "verdict", "stated", "sentence"),
    [
        (SHARE_OF_STUDIES, "agree", {"published": 20}, "The review prints 20%, which fits."),
        (SHARE_OF_STUDIES, "differ", {"published": 30}, "The review prints 30%, which does not fit."),
        (Quantity(label="One", n=50), "agree", {"published": 50}, "The review prints 50, which fits."),
        (
            Quantity(label="One"), "cannot_tell", {"published": 50},
            "The review prints 50, which nothing can be compared with.",
        ),
        (
            YEARLY, "differ", {"unit": "percent in all"},
            "The review prints this number as percent in all, but it is percent a year.",
        ),
        (YEARLY, "agree", {"published": 25, "unit": "percent a year"}, "The review prints 25%, which fits."),
    ],
)  # fmt: skip
def test_printed_numbers(quantity: Quantity, verdict: Any, stated: dict[str, Any], sentence: str) -> None:
    row = _row(_quote(quantity, number=1, number_verdict=verdict, **stated))
    assert replication_reason(row) == f"{sentence} What we read of kay-2019 says the same."


def test_claim_without_cited_work() -> None:
    missing = replace(_quote(), judgements={}, verdict="cannot_tell")
    assert replication_numbers(_row(missing)) == "We recorded no cited work for claim c01."


def test_only_deciding_comparisons_give_the_reason_once() -> None:
    fits = _count("agree", 37, (37, 0, 0), comparator="equal", published=37)
    differs = _count("differ", 36, (36, 0, 0), comparator="equal", published=37, what="others")
    shown = _count(None, 4, (4, 0, 0), what="more")
    row = _row(fits, differs, shown, verdict="differ", note="Read on.")
    numbers = ("works on trust is 37", "others is 36", "more is 4")
    assert replication_numbers(row) == " ".join(f"The number of {number}." for number in numbers)
    assert replication_reason(row) == "The review states 37. Read on."
    assert replication_reason(_row(fits, fits, verdict="agree")) == "This is what the review states."


def test_a_point_that_cannot_be_compared_has_its_own_reason() -> None:
    row = _row(_quote(), verdict="cannot_tell", not_comparable_because="No numerator.", note="Read on.")
    assert replication_reason(row) == "No numerator. Read on."
    nothing = _row(verdict="cannot_tell", not_comparable_because="No numerator.")
    assert replication_numbers(nothing) == "This base has nothing that could be counted for this point."
