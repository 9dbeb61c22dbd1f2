"""What the review of a base alone adds, in words, always after the number that was read."""

from dataclasses import replace

import pytest

from coprod_review.phrasing.analyses.shared import share_clause, share_sentence
from coprod_review.phrasing.attribution import (
    attributed_apart,
    attributed_in_few_words,
    attributed_in_words,
    attributed_note,
    attributed_sentence,
    table_in_words,
)
from coprod_review.phrasing.counts import share_in_count, share_in_tenths, share_with_interval
from coprod_review.phrasing.figure_details import headline
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.figure import Attributed, Figure, Unknown
from coprod_review.results.result import Gap, GapCounts
from coprod_review.results.table import AttributedWords, Count, Table

SCIE = "according to the SCIE review"


def _ids(*numbers: int) -> tuple[str, ...]:
    return tuple(f"s{number}" for number in numbers)


def _figure(known: int, unknown: int = 0, *, yes: int = 1, kind: str = "share", **added: tuple[str, ...]) -> Figure:
    return Figure(
        id="x",
        label="Label",
        definition="d",
        numerator=yes,
        denominator=known,
        value=None,
        unknown=Unknown(unknown, None, None),
        numerator_ids=_ids(*range(yes)),
        denominator_ids=_ids(*range(known)),
        unknown_ids=_ids(*range(known, known + unknown)),
        attributed=Attributed("scie-review-2022", **added, review_name="SCIE review") if added else None,
        kind=kind,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (_figure(2, 3), ""),
        (_figure(2, 3, numerator_ids=_ids(2), denominator_ids=_ids(2)), f"{SCIE}, 1 more"),
        (_figure(2, 3, yes=0, numerator_ids=_ids(2), denominator_ids=_ids(2)), f"{SCIE}, 1"),
        (_figure(2, 3, denominator_ids=_ids(2)), ""),  # it is known now that the study does not count
        (_figure(2, numerator_ids=_ids(7), denominator_ids=_ids(7, 8)), f"{SCIE}, 1 of 2 more studies"),
        (_figure(2, denominator_ids=_ids(7)), f"{SCIE}, none of 1 more study"),
        (_figure(2, unknown_ids=_ids(7, 8)), f"{SCIE}, 2 more studies, not known"),
        (_figure(2, denominator_ids=_ids(7), unknown_ids=_ids(8)), f"{SCIE}, none of 2 more studies (not known for 1)"),
        (
            _figure(2, numerator_ids=_ids(7), denominator_ids=_ids(7), unknown_ids=_ids(8)),
            f"{SCIE}, at least 1 of 2 more studies",
        ),
        (
            _figure(2, 1, numerator_ids=_ids(2, 7), denominator_ids=_ids(2, 7, 8)),
            f"{SCIE}, 1 more and 1 of 2 more studies",
        ),
        (_figure(2, removed_ids=_ids(0)), f"{SCIE}, 1 fewer"),
        (
            _figure(2, kind="ratio", numerator_ids=_ids(7), denominator_ids=_ids(7, 8)),
            f"{SCIE}, 1 more on the first side and 2 more on the second side",
        ),
        (_figure(2, kind="median", denominator_ids=_ids(7)), ""),
    ],
)
def test_words_of_what_the_review_adds(figure: Figure, words: str) -> None:
    assert attributed_in_words(figure) == words


READ = _figure(14, 14, yes=14)
MORE = replace(
    READ,
    attributed=Attributed("scie-review-2022", _ids(*range(14, 21)), _ids(*range(14, 21)), review_name="SCIE review"),
)
OTHERS = replace(
    _figure(14, yes=2), attributed=Attributed("scie-review-2022", (), (), _ids(30, 31), review_name="SCIE review")
)


def test_what_was_read_comes_first() -> None:
    assert figure_in_words(READ) == "at least 14 of 28 studies (not known for 14)"
    assert figure_in_words(MORE) == f"{figure_in_words(READ)}; {SCIE}, 7 more"
    assert headline(MORE) == f"{headline(READ)}; {SCIE}, 7 more"
    assert share_in_count(MORE) == f"at least 14 of 28 studies (not known for 14; {SCIE}, 7 more)"
    assert share_with_interval(MORE) == share_in_count(MORE)
    assert share_in_tenths(MORE) == "at least 14 of 28 studies (not known for 14)"  # plain language has a sentence more
    assert attributed_sentence(MORE) == "According to the SCIE review, 7 more do."
    assert attributed_in_few_words(MORE) == "SCIE review: 7 more"
    assert (attributed_sentence(READ), attributed_in_few_words(READ)) == ("", "")


def test_clauses_and_sentences_have_a_verb() -> None:
    words = "reports an outcome", "report an outcome"
    clause = share_clause(MORE, *words)
    assert clause == (
        "at least 14 of 28 studies report an outcome; this is not known for 14 studies; "
        "according to the SCIE review, 7 more report an outcome"
    )
    assert share_sentence(MORE, *words).endswith(
        "this is not known for 14 studies. According to the SCIE review, 7 more report an outcome."
    )
    one = replace(READ, attributed=Attributed("scie-review-2022", _ids(14), _ids(14), review_name="SCIE review"))
    assert share_clause(one, *words).endswith("1 more reports an outcome")
    assert share_sentence(OTHERS, *words).endswith(
        "According to the SCIE review, there are 2 more studies, for which this is not known."
    )


def _gap(*attributed: str) -> Gap:
    counts = GapCounts(3, 0, 3, 0, (), 0, 0, 0)
    return Gap("thin", "people.health", "Health", "outcome", counts, ("a", "b", "c"), attributed=attributed)


@pytest.mark.parametrize(
    ("attributed", "words"),
    [
        ((), ""),
        (("a",), " (for 1 of 3 studies, only the SCIE review says so)"),
        (("a", "b", "c"), " (only the SCIE review says that studies report on it)"),
    ],
)
def test_gap_says_what_only_the_review_says(attributed: tuple[str, ...], words: str) -> None:
    assert attributed_note(_gap(*attributed), "SCIE review") == words


TABLE = Table(
    "Map",
    ("Area", "Studies", "Said", "Evidence"),
    (
        ("One", Count(("a",), attributed=("b",)), Count(("t1",), unit="statement"), "studied"),
        ("Two", Count(()), Count(()), AttributedWords("nothing", "studied", "SCIE review")),
    ),
    note="A note.",
)


def test_table_has_one_note_on_its_plus_signs() -> None:
    shown = table_in_words(TABLE, "SCIE review")
    assert shown.note == "A note. Numbers with a plus sign are additional, and known only from the SCIE review."
    assert shown.rows[1][3] == "nothing; according to the SCIE review: studied"
    plain = replace(TABLE, rows=TABLE.rows[1:])
    assert table_in_words(plain, "SCIE review").note == "A note."


def test_programs_get_a_column_of_their_own() -> None:
    apart = attributed_apart(TABLE)
    assert apart.columns == (
        "Area",
        "Studies",
        "Studies, only according to the review",
        "Said",
        "Evidence",
        "Evidence, only according to the review",
    )
    assert apart.rows[0] == ("One", Count(("a",)), 1, Count(("t1",), unit="statement"), "studied", None)
    assert apart.rows[1] == ("Two", Count(()), 0, Count(()), "nothing", "studied")
    assert attributed_apart(replace(TABLE, rows=())).columns == TABLE.columns
