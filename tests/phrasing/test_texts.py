"""Texts of a base within sentences, and the filters of a report."""

import pytest

from coprod_review.phrasing.filters import filters_sentence
from coprod_review.phrasing.pieces import CitedStudies, cited_sentence
from coprod_review.phrasing.texts import clause, sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It counts projects", "It counts projects."),
        ("It counts projects.", "It counts projects."),
        ("  It counts projects. ", "It counts projects."),
        ("Does it count?", "Does it count?"),
        ("It counts!", "It counts!"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_text_becomes_a_sentence(text: str, expected: str) -> None:
    assert sentence(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It counts projects.", "It counts projects"),
        ("It counts projects", "It counts projects"),
        (" It counts 1.5 projects. ", "It counts 1.5 projects"),
        ("", ""),
    ],
)
def test_text_becomes_a_clause(text: str, expected: str) -> None:
    assert clause(text) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ((), ""),
        (("sector=health",), "Filters: sector=health."),
        (("sector=health", "year>=2019"), "Filters: sector=health; year>=2019."),
    ],
)
def test_filters_are_named(filters: tuple[str, ...], expected: str) -> None:
    assert filters_sentence(filters) == expected


def test_citation_stands_before_the_full_stop() -> None:
    assert cited_sentence("People gained", ("a", "b"), "Others did not.") == (
        "People gained ",
        CitedStudies(("a", "b")),
        ". Others did not.",
    )
    assert cited_sentence("People gained", ("a",)) == ("People gained ", CitedStudies(("a",)), ".")
    assert cited_sentence("People gained", (), "Others did not.") == ("People gained. Others did not.",)
    assert cited_sentence("People gained", ()) == ("People gained.",)
