"""Facts on the base as a whole, within the sentences of briefings."""

from dataclasses import replace

import pytest

from coprod_review.model.base import Framework
from coprod_review.phrasing.base_facts import (
    collection,
    search,
    studies_by_kind,
    study_that_changed,
    study_title,
)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((2, 1, 0), "2 primary studies and 1 review"),
        ((1, 0, 0), "1 primary study"),
        ((0, 2, 1), "2 reviews and 1 other study"),
        ((3, 3, 2), "3 primary studies, 3 reviews and 2 other studies"),
        ((0, 0, 0), ""),
    ],
)
def test_studies_are_named_by_kind(counts: tuple[int, int, int], words: str) -> None:
    assert studies_by_kind(*counts) == words


def test_undocumented_search_is_never_a_search(framework: Framework) -> None:
    undocumented = replace(framework.about, search="none documented")
    assert search(undocumented, "") == "No search is documented"
    assert search(undocumented, "SCIE review") == (
        "No search is documented. The works are those that the SCIE review cites"
    )
    assert collection(undocumented) == "This is a curated collection, not a systematic map."


def test_documented_search_is_given(framework: Framework) -> None:
    documented = replace(framework.about, search="two databases were searched.")
    assert search(documented, "SCIE review") == "Two databases were searched"
    assert collection(documented) == "These are the works that a search found."


def test_titles_have_their_year_and_status() -> None:
    assert study_title("What lasts.", 2020) == "What lasts (2020)"
    assert study_title("What lasts?", None) == "What lasts? (no date)"
    assert study_that_changed("What lasts", 2020, "") == "What lasts (2020)."
    assert study_that_changed("What lasts", 2020, "Retracted") == "What lasts (2020). It is now retracted."
