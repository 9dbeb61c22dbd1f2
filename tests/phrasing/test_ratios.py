"""Ratios within briefings: which two sides, and whether they can be told apart."""

import pytest

from coprod_review.phrasing.figures import ratio_in_words
from coprod_review.phrasing.ratios import ratio_with_conclusion
from coprod_review.results.figure import Figure
from coprod_review.results.intervals import Interval

TOO_FEW = "The studies are too few to generalise."
OUTCOMES = "More studies set out to examine outcomes than set out to examine process."
PROCESS = "More studies set out to examine process than set out to examine outcomes."


def ratio(low: float, high: float | None, value: float | None, identity: str = "focus.ratio") -> Figure:
    interval = Interval(low, high, 0.95, 2, "m")
    return Figure(identity, "Label", "rule", 22, 21, value, interval=interval, reason=None, kind="ratio")


@pytest.mark.parametrize(
    ("low", "high", "value", "conclusion"),
    [
        (0.77, 1.43, 1.05, TOO_FEW),
        (0.6, 1.0, 0.8, TOO_FEW),
        (1.0, None, 3.0, TOO_FEW),
        (1.2, 3.0, 2.0, OUTCOMES),
        (0.2, 0.9, 0.5, PROCESS),
    ],
)
def test_side_is_taken_only_if_interval_excludes_one(
    low: float, high: float | None, value: float, conclusion: str
) -> None:
    figure = ratio(low, high, value)
    lead = ratio_in_words(figure, "set out to examine outcomes", "set out to examine process")
    assert ratio_with_conclusion(figure) == f"{lead} {conclusion}"


def test_ratio_of_reports_says_report() -> None:
    figure = ratio(1.2, 3.0, 2.0, "focus.reported.ratio")
    assert ratio_with_conclusion(figure).endswith(" More studies report outcomes than report process.")


def test_no_ratio_allows_no_conclusion() -> None:
    figure = Figure("focus.ratio", "Label", "rule", None, None, None, reason="nothing_known", kind="ratio")
    assert ratio_with_conclusion(figure) == ratio_in_words(figure, "a", "b")
