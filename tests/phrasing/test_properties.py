"""Sentences about random bases: what must hold of every sentence whatever the studies are."""

import re
from collections.abc import Iterator

import pytest

from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.figure_details import figure_in_full
from coprod_review.phrasing.gaps import gap_observation, gap_statement, general_gap_statement
from coprod_review.phrasing.why import influence_sentences, number_sentences
from coprod_review.results.result import Result
from tests.gaps.random_bases import BASES, BOOK, FRAMEWORK, ODD_BASES, RandomBase, random_base

pytestmark = pytest.mark.slow

ODD = re.compile(
    r"\bNone (?!of|is|found)|\bnan\b|\binf\b"  # a Python value
    r"|[{}]|\(\)|  | [,.;:)]|\.\.|,,|\( "  # a hole in the sentence
    r"|\b1 (?:stud|entr)ies\b|\b1 (?:more )?(?:findings|reviews|claims|groups|gaps|statements|outcomes)\b"
)
"""What no sentence may contain."""
EMPTY = re.compile(r"\b0 of 0\b|\bof 0 (?:studies|findings|claims)\b")
"""What no sentence on a figure may contain, because there is nothing to count."""


def sentences(result: Result) -> Iterator[str]:
    """Yield everything that is written about a result, each text as one or several whole sentences."""
    yield words.statement(result, FRAMEWORK)
    yield words.question(result, FRAMEWORK)
    yield words.caution(result, FRAMEWORK)
    yield from filter(None, [words.missing_sentence(result, FRAMEWORK)])
    yield from (table.note for table in words.tables(result, FRAMEWORK) if table.note)
    yield from (chart.description for chart in words.charts(result, FRAMEWORK) if chart.description)
    yield from (general_gap_statement(gap, FRAMEWORK) for gap in result.general_gaps)
    yield from (f"{gap_statement(g, FRAMEWORK)} [{gap_observation(g, FRAMEWORK)}]." for g in result.gaps)


def figure_sentences(result: Result) -> Iterator[str]:
    """Yield everything that is written about the figures of a result."""
    for figure in result.figures:
        yield figure_in_full(figure, BOOK)
        yield from number_sentences(figure, FRAMEWORK)
        yield from influence_sentences(figure, [], None)


def faults(base: RandomBase) -> list[tuple[str, str]]:
    """Return the sentences that are not whole, each with its analysis."""
    faulty = [(result.analysis, text) for result in base.results for text in sentences(result) if not whole(text)]
    for result in base.results:
        texts = figure_sentences(result)
        faulty += [(result.analysis, text) for text in texts if not whole(text) or EMPTY.search(text)]
    return faulty


def whole(text: str) -> bool:
    """Return whether a text consists of sentences without a hole."""
    return not ODD.search(text) and text == text.strip() and text.endswith((".", "?", "!"))


@pytest.mark.parametrize("number", range(3, BASES, 3))
def test_sentences_about_a_random_base_are_whole(number: int) -> None:
    assert faults(random_base(number)) == []


@pytest.mark.parametrize("name", ["one", "nothing coded", "nothing coded, read whole", "reviews alone"])
def test_sentences_about_an_odd_base_are_whole(name: str) -> None:
    assert faults(RandomBase(ODD_BASES[name])) == []
