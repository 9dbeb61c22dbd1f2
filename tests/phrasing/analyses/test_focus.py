"""Outcome against process in words: what studies set out to examine, and what they report."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps.analyses.focus import FocusFacts
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.analyses.focus import other_definition, unknown_sides
from coprod_review.results.figure import Figure, Unknown
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from tests.phrasing.facts import FRAMEWORK, ratio
from tests.phrasing.made import share

DECLARED = "22 of 28 studies (79%; 95% confidence interval 60% to 90%) set out to examine outcomes, "
BOTH_WAYS = (
    f"{DECLARED}and 21 of 28 studies (75%; 95% confidence interval 57% to 87%) set out to examine the process; "
    "5 of them examine the process alone. For every 10 studies that examine the process, about 10 examine outcomes "
    "(ratio 1.05; 95% confidence interval 0.77 to 1.43). "
    "Outcomes are a primary aim of 20 studies, and the process is a primary aim of 13 studies."
)
PRIMARY = "Outcomes are a primary aim of 20 studies, and the process is a primary aim of 13 studies."
KNOWN = (
    "20 of 28 studies (71%; 95% confidence interval 53% to 85%) report outcomes, and "
    "14 of 28 studies (50%; 95% confidence interval 33% to 67%) report on the process. "
    "For every 10 studies that report on the process, about 14 report outcomes "
    "(ratio 1.43; 95% confidence interval 1.02 to 2.00)."
)


def _facts(**changes: Any) -> FocusFacts:
    plain = FocusFacts(
        studies=28,
        definition="strict",
        definitions_differ=False,
        unknown_read_in_full=False,
        absence_coded=False,
    )
    return replace(plain, **changes)


def _reported(stem: str, outcome: Figure, process: Figure, both: Figure) -> tuple[Figure, ...]:
    """Return the figures of one definition under its ids."""
    named = {"outcome-share": outcome, "process-share": process, "ratio": both}
    return tuple(replace(figure, id=f"{stem}.{name}") for name, figure in named.items())


PLAIN = (
    share("focus.outcome-share", 22, 28),
    share("focus.process-share", 21, 28),
    share("focus.process-only-share", 5, 28),
    ratio(22, 21, 22 / 21, (0.77, 1.43), identity="focus.ratio"),
    share("focus.primary.outcome-share", 20, 28),
    share("focus.primary.process-share", 13, 28),
    *_reported("focus.reported", share("", 20, 28), share("", 14, 28), ratio(20, 14, 20 / 14, (1.02, 2.0))),
    *_reported("focus.reported-broad", share("", 22, 28), share("", 9, 28), ratio(22, 9, 22 / 9, (1.3, 4.0))),
)


def _figures(*given: Figure) -> dict[str, Figure]:
    return {figure.id: figure for figure in (*PLAIN, *given)}


def _statement(*given: Figure, **facts: Any) -> str:
    result = Result("focus", figures=tuple(_figures(*given).values()), facts=_facts(**facts))
    return words.statement(result, FRAMEWORK)


def test_statement_has_both_views_and_both_definitions() -> None:
    assert _statement() == f"{BOTH_WAYS} {KNOWN}"


# What studies set out to examine.


def _declared(outcome: tuple[int, int, int], process: tuple[int, int, int], alone: int, both: Figure) -> str:
    """Return the first part of the statement: numerator, denominator and unknown of each share."""
    text = _statement(
        share("focus.outcome-share", *outcome),
        share("focus.process-share", *process),
        share("focus.process-only-share", alone, *process[1:]),
        replace(both, id="focus.ratio"),
    )
    assert text.endswith(f" {KNOWN}")
    return text.removesuffix(f" {KNOWN}")


FEW = ratio(3, 6, reason="few_known")
NO_RATIO = "No ratio is given because this is known for fewer than 10 studies."


@pytest.mark.parametrize(
    ("outcome", "process", "alone", "both", "expected"),
    [
        (
            (0, 0, 12), (0, 0, 12), 0, ratio(None, 0, reason="nothing_known"),
            "What the studies set out to examine is not coded for any of 12 studies.",
        ),
        (
            (1, 1, 0), (0, 1, 0), 0, FEW,
            ("1 of 1 study set out to examine outcomes, and 0 of 1 study set out to examine the process; "
            f"0 of them examine the process alone. {NO_RATIO} {PRIMARY}"),
        ),
        (
            (3, 8, 1), (6, 8, 1), 1, replace(FEW, unknown=Unknown(1, None, None), unknown_ids=("a",)),
            ("3 of 8 studies set out to examine outcomes, and 6 of 8 studies set out to examine the process; "
            f"1 of them examines the process alone. {NO_RATIO} {PRIMARY} For 1 more study an aim is not coded."),
        ),
        (
            (0, 20, 5), (20, 20, 5), 20,
            replace(ratio(0, 20, 0.0, (0.0, 0.15)), unknown=Unknown(5, None, None), unknown_ids=tuple("abcde")),
            ("0 of 20 studies (95% confidence interval up to 14%) set out to examine outcomes, and 20 of 20 studies "
            "set out to examine the process; 20 of them examine the process alone. For every 100 studies that examine "
            "the process, fewer than 2 examine outcomes (0 to 20 among the studies that are known on both sides; "
            "ratio 0.00; 95% confidence interval 0.00 to 0.15). "
            f"{PRIMARY} For 5 more studies an aim is not coded."),
        ),
    ],
)  # fmt: skip
def test_declared_focus(
    outcome: tuple[int, int, int], process: tuple[int, int, int], alone: int, both: Figure, expected: str
) -> None:
    assert _declared(outcome, process, alone, both) == expected


# What studies report.


def _least(outcome: tuple[int, int, int], process: tuple[int, int, int], both: Figure, **facts: Any) -> str:
    """Return the second part of the statement, where some sides are not known."""
    text = _statement(*_reported("focus.reported", share("", *outcome), share("", *process), both), **facts)
    assert text.startswith(f"{BOTH_WAYS} ")
    return text.removeprefix(f"{BOTH_WAYS} ")


def _without_ratio(unknown: int) -> Figure:
    return ratio(4, 4, unknown=Unknown(unknown, None, None), reason="one_sided")


ABSTRACT, NOBODY = "because an abstract cannot show what is missing.", "because nobody coded what is missing."


@pytest.mark.parametrize(
    ("outcome", "process", "unknown", "facts", "expected"),
    [
        (
            (21, 21, 7), (18, 18, 10), 15, {},
            ("At least 21 of 28 studies report an outcome, and at least 18 of 28 studies report on the process. "
            f"For 15 of 28 studies we do not know whether they report one side or both, {ABSTRACT}"),
        ),
        (
            (21, 21, 7), (1, 1, 27), 27, {},
            ("At least 21 of 28 studies report an outcome, and "
            f"at least 1 of 28 studies reports on the process. For 27 of 28 studies "
            f"we do not know whether they report one side or both, "
            f"{ABSTRACT}"),
        ),
        (
            (28, 28, 0), (0, 0, 28), 28, {"unknown_read_in_full": True},
            ("All 28 studies report an outcome, and no study is known to report on the process. "
            f"For 28 of 28 studies we do not know whether they report one side or both, {NOBODY}"),
        ),
        (
            (0, 0, 28), (0, 4, 24), 28, {},
            ("No study is known to report an outcome, and no study is known to report on the process. "
            f"For 28 of 28 studies we do not know whether they report one side or both, {ABSTRACT}"),
        ),
        (
            (1, 1, 0), (0, 0, 1), 1, {"studies": 1},
            ("The only study reports an outcome, and no study is known to "
            f"report on the process. For 1 of 1 study we do not know whether they report one side or both, {ABSTRACT}"),
        ),
    ],
)  # fmt: skip
def test_reported_sides_are_lower_limits(
    outcome: tuple[int, int, int], process: tuple[int, int, int], unknown: int, facts: dict[str, Any], expected: str
) -> None:
    assert _least(outcome, process, _without_ratio(unknown), **facts) == expected


@pytest.mark.parametrize(("unknown", "given"), [(14, True), (15, False)])
def test_ratio_is_given_only_where_at_most_half_is_unknown(unknown: int, given: bool) -> None:
    both = ratio(8, 4, 2.0, (1.1, 3.6), unknown=Unknown(unknown, None, None))
    sentence = (
        "For every 10 studies that report on the process, about 20 report outcomes "
        "(8 to 4 among the studies that are known on both sides; ratio 2.00; 95% confidence interval 1.10 to 3.60)."
    )
    assert (sentence in _least((8, 13, 15), (4, 13, 15), both)) is given


def test_singular_where_every_side_is_known() -> None:
    text = _statement(*_reported("focus.reported", share("", 1, 9), share("", 2, 9), FEW))
    assert f"1 of 9 studies reports outcomes, and 2 of 9 studies report on the process. {NO_RATIO}" in text


# The other definition of an outcome.


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("strict", "Under the broad definition, 22 report outcomes and 9 process."),
        ("broad", "Under the strict definition, 20 report outcomes and 14 process."),
    ],
)
def test_other_definition_has_its_own_counts(definition: Any, expected: str) -> None:
    facts = _facts(definition=definition, definitions_differ=True)
    assert other_definition(_figures(), facts) == expected
    assert _statement(definition=definition, definitions_differ=True).endswith(f". {expected}")


def test_requested_definition_leads() -> None:
    broad = _statement(definition="broad")
    assert "22 of 28 studies (79%; 95% confidence interval 60% to 90%) report outcomes" in broad
    assert "9 of 28 studies (32%; 95% confidence interval 18% to 51%) report on the process" in broad
    assert "definition" not in broad


@pytest.mark.parametrize(("definition", "unknown"), [("strict", 15), ("broad", 9)])
def test_unknown_sides_are_those_of_the_definition(definition: Any, unknown: int) -> None:
    figures = _figures(
        replace(_without_ratio(15), id="focus.reported.ratio"),
        replace(_without_ratio(9), id="focus.reported-broad.ratio"),
    )
    expected = f"For {unknown} of 28 studies we do not know whether they report one side or both, {ABSTRACT}"
    assert unknown_sides(figures, _facts(definition=definition)) == expected


# The notes of tables.

DEFINITIONS = (
    "Under the strict definition, an experience of taking part never counts as an outcome. Under the broad "
    "definition, feeling valued and giving something back count as outcomes and not as process."
)
NO_ABSENCE = " Only the first row of what studies report can fill up, because no absence is coded yet."


@pytest.mark.parametrize(
    ("unknown_ids", "absence_coded", "expected"),
    [
        ((), False, DEFINITIONS),
        (("author1-2020",), True, DEFINITIONS),
        (("author1-2020",), False, DEFINITIONS + NO_ABSENCE),
    ],
)
def test_note_of_the_cells(unknown_ids: tuple[str, ...], absence_coded: bool, expected: str) -> None:
    both = replace(FEW, id="focus.reported.ratio", unknown_ids=unknown_ids)
    cells = Table("Outcome and process", ("Studies",), (("Both",),), id="focus.cells")
    groups = replace(cells, id="focus.groups")
    result = Result("focus", (both,), tables=(cells, groups), facts=_facts(absence_coded=absence_coded))
    notes = {table.id: table.note for table in words.tables(result, FRAMEWORK)}
    assert notes == {
        "focus.cells": expected,
        "focus.groups": "Each cell counts distinct studies. A study can count in several rows and in both columns.",
    }


def test_caution() -> None:
    caution = "What a study sets out to examine is not what it found, and the choice of studies affects both."
    assert words.caution(Result("focus"), FRAMEWORK) == caution
