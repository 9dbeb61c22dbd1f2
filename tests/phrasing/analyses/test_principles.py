"""Definitions and principles of co-production, in words."""

import pytest

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import share

Numbers = tuple[int, int, int]
NONE = (0, 0, 0)


def _statement(framework: Framework, *general: Numbers, **mentions: Numbers) -> str:
    figures = [share(f"principles.{name}", *n) for name, n in zip(("definition", "any", "all"), general, strict=True)]
    figures += [
        share(f"principles.{t.id}", *mentions.get(t.id, (0, 0, 9))) for t in framework.codebook.terms("principles")
    ]
    return words.statement(Result("principles", figures=tuple(figures)), framework)


@pytest.mark.parametrize(
    ("general", "mentions", "statement"),
    [
        (
            ((3, 9, 0), (2, 6, 3), (0, 0, 9)),
            {"equality": (1, 1, 8), "diversity": (2, 9, 0), "reciprocity": (0, 9, 0)},
            (
                "3 of 9 studies define co-production. At least 2 of 9 studies mention one or more of its principles; "
                "this is not known for 3 studies. We do not know whether any of 9 studies mentions all of its "
                "principles. Of 9 studies, 2 mention diversity and at least 1 mentions equality."
            ),
        ),
        (
            ((0, 1, 0), (0, 1, 0), (0, 1, 0)),
            {},
            (
                "0 of 1 study defines co-production. 0 of 1 study mentions one or more of its principles. 0 of 1 study "
                "mentions all of its principles."
            ),
        ),
        ((NONE, NONE, NONE), {}, "There are no studies to count."),
    ],
)
def test_statement(
    general: tuple[Numbers, ...], mentions: dict[str, Numbers], statement: str, framework: Framework
) -> None:
    assert _statement(framework, *general, **mentions) == statement
