"""The groups of people that studies focus on, in words."""

from dataclasses import replace

import pytest

from coprod_review.gaps.analyses.representation import RepresentationFacts
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import Figure, Verdict
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from tests.phrasing.facts import FRAMEWORK, benchmark, compared
from tests.phrasing.made import share

GROUPS = ("dementia", "women", "rural")
TOO_FEW = "There are too few studies to compare any group with its share of the population."


def _figures(*counts: int, known: int = 20, unknown: int = 0) -> tuple[Figure, ...]:
    pairs = zip(GROUPS, counts, strict=True)
    return tuple(share(f"representation.{group}", n, known, unknown) for group, n in pairs)


def _with_verdicts(*verdicts: Verdict | None) -> tuple[Figure, ...]:
    """Return figures with a comparison each; ``None`` for a comparison without a verdict."""
    return tuple(
        replace(figure, comparisons=(compared(benchmark(9), verdict=verdict),))
        for figure, verdict in zip(_figures(1, 2, 3), verdicts, strict=True)
    )


def _statement(figures: tuple[Figure, ...], facts: RepresentationFacts) -> str:
    return words.statement(Result("representation", figures=figures, facts=facts), FRAMEWORK)


@pytest.mark.parametrize(
    ("figures", "facts", "expected"),
    [
        # No study at all, one group, several groups with the largest first, and every group.
        (
            _figures(0, 0, 0), RepresentationFacts(20, 0),
            f"No study focuses on 3 of 3 groups of people. {TOO_FEW}",
        ),
        (
            _figures(0, 1, 0), RepresentationFacts(20, 0),
            f"No study focuses on 2 of 3 groups of people. Studies focus most often on women (1). {TOO_FEW}",
        ),
        (
            _figures(1, 4, 0), RepresentationFacts(20, 0),
            ("No study focuses on 1 of 3 groups of people. Studies focus most often on women (4) and people living "
            f"with dementia (1). {TOO_FEW}"),
        ),
        (
            _figures(2, 4, 3), RepresentationFacts(20, 0),
            ("Studies focus most often on women (4), people in rural places (3) and people living with dementia (2). "
            f"{TOO_FEW}"),
        ),
        # Some studies, or all of them, have no code for any group.
        (
            _figures(0, 4, 0, known=19, unknown=1), RepresentationFacts(20, 1),
            ("No study is known to focus on 2 of 3 groups of people. Studies focus most often on women (4). Groups are "
            f"not coded for 1 study. {TOO_FEW}"),
        ),
        (
            _figures(0, 0, 0, known=0, unknown=12), RepresentationFacts(12, 12),
            f"No study is known to focus on 3 of 3 groups of people. Groups are not coded for 12 studies. {TOO_FEW}",
        ),
    ],
)  # fmt: skip
def test_statement_counts_groups(figures: tuple[Figure, ...], facts: RepresentationFacts, expected: str) -> None:
    assert _statement(figures, facts) == expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (("lower", None, None), "The share of studies on people living with dementia is lower than the benchmark."),
        (
            ("higher", "none_found", "lower"),
            (
                "The share of studies on people living with dementia is higher than the benchmark. "
                "The share of studies on people in rural places is lower than the benchmark."
            ),
        ),
        (("too_few", "none_found", None), TOO_FEW),
    ],
)
def test_statement_gives_the_verdicts_that_the_numbers_support(
    verdicts: tuple[Verdict | None, ...], expected: str
) -> None:
    statement = _statement(_with_verdicts(*verdicts), RepresentationFacts(20, 0))
    assert statement == (
        "Studies focus most often on people in rural places (3), women (2) and people living with dementia (1). "
        f"{expected}"
    )


def test_at_most_four_groups_are_named() -> None:
    labels = {f"g{n}": f"Group {n}" for n in range(6)}
    terms = FRAMEWORK.codebook.terms("groups")[:1]
    vocabulary = replace(
        FRAMEWORK.codebook.vocabularies["groups"],
        terms=tuple(replace(terms[0], id=i, label=label) for i, label in labels.items()),
    )
    book = replace(FRAMEWORK.codebook, vocabularies={"groups": vocabulary})
    figures = tuple(share(f"representation.{name}", 9 - n, 20) for n, name in enumerate(labels))
    result = Result("representation", figures=figures, facts=RepresentationFacts(20, 0))
    assert words.statement(result, replace(FRAMEWORK, codebook=book)) == (
        f"Studies focus most often on group 0 (9), group 1 (8), group 2 (7) and group 3 (6). {TOO_FEW}"
    )


def test_tables_have_the_benchmarks_last() -> None:
    codes = Table("Groups", ("Group",), (("Women",),), id="representation.codes")
    figures = (
        *_figures(1, 2, 3)[::2],
        replace(share("representation.women", 2, 20), comparisons=(compared(benchmark(9)),)),
    )
    result = Result("representation", figures, tables=(codes,), facts=RepresentationFacts(20, 0))
    noted, benchmarks = words.tables(result, replace(FRAMEWORK, benchmarks=(benchmark(9),)))
    assert (noted.id, noted.note) == (
        "representation.codes",
        (
            "Focus is known for every study with a code for any group. Not coded means that the text does not show "
            "whether the group took part. Not reported means that the full text does not mention the group."
        ),
    )
    assert (benchmarks.id, len(benchmarks.rows)) == ("representation.benchmarks", 1)


def test_caution() -> None:
    assert words.caution(Result("representation"), FRAMEWORK) == (
        "A study can include a group without focusing on it, and abstracts seldom say so. In a base of this size, a "
        "count of zero does not show that a group is under-represented."
    )
