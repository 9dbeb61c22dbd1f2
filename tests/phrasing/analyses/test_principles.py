"""Definitions and principles of co-production, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import share

Numbers = tuple[int, int, int]


def _result(
    framework: Framework, definition: Numbers, some: Numbers, every: Numbers, mentions: dict[str, int]
) -> Result:
    general = zip(("definition", "any", "all"), (definition, some, every), strict=True)
    single = ((t.id, (mentions.get(t.id, 0), 12, 0)) for t in framework.codebook.terms("principles"))
    return Result("principles", figures=tuple(share(f"principles.{name}", *n) for name, n in (*general, *single)))


def test_statement_keeps_unknown_apart_from_none(framework: Framework) -> None:
    result = _result(framework, (3, 12, 0), (2, 8, 4), (0, 0, 12), {"diversity": 2, "equality": 1})
    assert words.statement(result, framework) == (
        "Of 12 studies, 3 define co-production; at least 2 mention one or more of the principles (not known for 4); it "
        "is not known for any whether they mention all of them. Mentions that were seen, by principle: diversity 2, "
        "equality 1, accessibility 0 and reciprocity 0."
    )


def test_without_a_study(framework: Framework) -> None:
    nothing = (0, 0, 0)
    assert words.statement(_result(framework, nothing, nothing, nothing, {}), framework) == (
        "There is no study to count."
    )
