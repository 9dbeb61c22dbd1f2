"""Edits of a text leave every other character as it is."""

import pytest

from coprod_review.source.edits import apply_edits
from coprod_review.source.positions import START, Span
from coprod_review.source.problems import Edit
from coprod_review.source.yaml_text import YamlText

TEXT = "ab: c\nd: e\n"
FIRST, SECOND = Span(1, 1, 1, 2), Span(1, 2, 1, 3)
"""The first two characters."""


@pytest.mark.parametrize(
    ("edits", "edited"),
    [
        ((), TEXT),
        ((Edit("x", FIRST),), "xb: c\nd: e\n"),
        ((Edit("# note\n", START),), "# note\nab: c\nd: e\n"),
        ((Edit("y", SECOND), Edit("x", FIRST)), "xy: c\nd: e\n"),
        ((Edit("x", Span(1, 1, 1, 3)), Edit("y", SECOND)), "x: c\nd: e\n"),
        ((Edit("", Span(2, 1, 3, 1)),), "ab: c\n"),
    ],
    ids=["none", "at the start", "before the start", "right behind another", "overlapping", "whole line"],
)
def test_edits_change_their_own_places_only(edits: tuple[Edit, ...], edited: str) -> None:
    assert apply_edits(YamlText(TEXT, "a.yaml"), edits) == edited
