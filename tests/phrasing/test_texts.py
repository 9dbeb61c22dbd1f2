"""Texts of the base within sentences, and the places where sentences cite studies."""

import pytest

from coprod_review.phrasing.pieces import CitedStudies, cited_sentence
from coprod_review.phrasing.texts import clause, sentence


@pytest.mark.parametrize(
    ("text", "as_clause", "as_sentence"),
    [
        ("People gained", "People gained", "People gained."),
        ("People gained.", "People gained", "People gained."),
        (" People gained.\n", "People gained", "People gained."),
        ("Who gained?", "Who gained?", "Who gained?"),
        ("And so on...", "And so on..", "And so on..."),
        ("", "", "."),
    ],
)
def test_final_full_stop_is_normalised(text: str, as_clause: str, as_sentence: str) -> None:
    assert clause(text) == as_clause
    assert sentence(text) == as_sentence


def test_citation_stands_before_the_full_stop() -> None:
    assert cited_sentence("People gained", ("a", "b"), "Others did not.") == (
        "People gained ",
        CitedStudies(("a", "b")),
        ". Others did not.",
    )
    assert cited_sentence("People gained", ("a",)) == ("People gained ", CitedStudies(("a",)), ".")
    assert cited_sentence("People gained", (), "Others did not.") == ("People gained. Others did not.",)
    assert cited_sentence("People gained", ()) == ("People gained.",)
