"""The direction of findings in words."""

from coprod_review.gaps.analyses.direction import DirectionFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import share

Counts = tuple[int, int, int]
"""How many studies do something, for how many that is known, and for how many it is not."""


def _result(against: Counts, harm: Counts, looked: Counts, about_change: int = 0, *missing: str) -> Result:
    named = {"against": against, "harm": harm, "looked-for-harm": looked}
    figures = tuple(share(f"direction.{name}", *counts) for name, counts in named.items())
    return Result("direction", figures, facts=DirectionFacts(about_change), missing=missing)


def test_each_answer_has_its_own_numbers(framework: Framework) -> None:
    assert words.statement(_result((6, 6, 16), (2, 2, 20), (1, 1, 27), 2), framework) == (
        "At least 6 of 22 studies report no change, harm or mixed results; this is not known for 16 studies. "
        "Such a finding is about an outcome in 2 of 6 studies. "
        "At least 2 of 22 studies report harm or a burden of taking part; this is not known for 20 studies. "
        "These numbers are out of the studies that state the direction of a finding. "
        "At least 1 of 28 studies looked for harm; this is not known for 27 studies. "
        "This does not show that there was no harm."
    )


def test_unknown_harm_is_not_reported_as_none(framework: Framework) -> None:
    assert words.statement(_result((0, 0, 3), (0, 0, 3), (0, 0, 3)), framework) == (
        "We do not know whether any of 3 studies reports no change, harm or a mixed result. "
        "We do not know whether any of 3 studies reports harm or a burden of taking part. "
        "These numbers are out of the studies that state the direction of a finding. "
        "We do not know whether any of 3 studies looked for harm. This does not show that there was no harm."
    )


def test_one_study(framework: Framework) -> None:
    assert words.statement(_result((1, 1, 0), (1, 1, 0), (1, 1, 0), 1), framework) == (
        "1 of 1 study reports no change, harm or a mixed result. Such a finding is about an outcome in 1 of 1 study. "
        "1 of 1 study reports harm or a burden of taking part. "
        "These numbers are out of the studies that state the direction of a finding. 1 of 1 study looked for harm."
    )


def test_no_harm_reported_is_no_evidence_even_where_all_looked(framework: Framework) -> None:
    warned = "This does not show that there was no harm."
    assert words.statement(_result((0, 4, 0), (0, 4, 0), (4, 4, 0)), framework).endswith(warned)
    assert not words.statement(_result((1, 4, 0), (1, 4, 0), (4, 4, 0)), framework).endswith(warned)


def test_no_stated_direction(framework: Framework) -> None:
    result = _result((0, 0, 0), (0, 0, 0), (2, 3, 0), 0, "direction")
    assert words.statement(result, framework) == (
        "This question cannot be answered yet. 2 of 3 studies looked for harm."
    )
    assert words.missing(result, framework) == (
        "no finding of 3 studies states its direction: code the direction of each finding"
    )


def test_empty_base(framework: Framework) -> None:
    result = _result((0, 0, 0), (0, 0, 0), (0, 0, 0))
    assert (words.statement(result, framework), words.missing(result, framework)) == (
        "There are no studies to count.",
        "",
    )
