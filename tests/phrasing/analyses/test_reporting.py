"""Whether primary studies say who took part, in words."""

import pytest

from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.gaps.shares import median_figure
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import NO_CRITERIA
from coprod_review.results.result import Result
from tests.phrasing.made import share

NUMBERS = [str(n) for n in range(13)]


def _result(framework: Framework, silent: dict[str, int], items: int | None, *missing: str) -> Result:
    values = [(NUMBERS[0], items)] if items is not None else []
    median = median_figure("reporting.median-items", "Label", "definition", values, NUMBERS, NO_CRITERIA)
    groups = (share(f"reporting.{t.id}", 12 - silent.get(t.id, 0), 12) for t in groups_of(framework))
    return Result("reporting", figures=(median, *groups), missing=missing)


def test_statement_names_least_reported_groups(framework: Framework) -> None:
    silent = {"women": 1, "dementia": 3, "older-people": 2, "faith": 4}
    assert words.statement(_result(framework, silent, 1), framework) == (
        "13 primary studies can show what they leave out. Most often silent on: people of a faith (4), people living "
        "with dementia (3) and older people (2). The median study reports 1 of 24."
    )


def test_no_group_is_left_out(framework: Framework) -> None:
    assert words.statement(_result(framework, {}, None), framework) == (
        "13 primary studies can show what they leave out. None is known to be silent on a group."
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "full_texts",
            (
                "no primary study was coded from its full text, and an abstract cannot show what a work leaves out: "
                "read full texts, set coded_from to full_text and code every group under populations, not_reported "
                "included"
            ),
        ),
        (
            "groups",
            (
                "no group is coded for any primary study that was read in full text: code every group under "
                "populations, not_reported included"
            ),
        ),
    ],
)
def test_what_is_missing(name: str, text: str, framework: Framework) -> None:
    result = _result(framework, {}, None, name)
    assert words.missing(result, framework) == text
    assert words.statement(result, framework) == f"Not assessed: {text}."
