"""One small sample compared literally in every format."""

import pytest

from coprod_review.render import RENDERERS, SUFFIXES
from coprod_review.results import Count, Report, Section, Table
from tests.conftest import REPOSITORY

TABLE = Table(
    "A | table",
    ("Group", "Studies", "Share"),
    (("People <b>", Count(("a-2019", "b-2020")), 0.5), ("=1+1", Count(()), None)),
    "A note.",
)
SAMPLE = Report(
    title="A *title*",
    lead=("Base x 1: 2 entries.",),
    sections=(Section("What is held", paragraphs=("First.",), points=("2 of 20 studies (10%).",), tables=(TABLE,)),),
    payload=lambda: {"a": [1, "é"]},
    spreadsheet=lambda: TABLE,
)

TERMINAL = """\
A *title*
Base x 1: 2 entries.

WHAT IS HELD
First.
- 2 of 20 studies (10%).

A | table
Group        Studies   Share
────────────────────────────
People <b>         2   0.500
=1+1               0
A note.
"""

JSON = """\
{
  "a": [
    1,
    "é"
  ]
}
"""

CSV = """\
Group,Studies,Share
People <b>,2,0.5
'=1+1,0,
"""

MARKDOWN = """\
# A \\*title\\*

Base x 1: 2 entries.

## What is held

First.

- 2 of 20 studies (10%).

**A \\| table**

| Group | Studies | Share |
| --- | ---: | ---: |
| People \\<b\\> | 2 | 0.500 |
| =1+1 | 0 |  |

A note.
"""


@pytest.mark.parametrize(
    ("format", "expected"), [("terminal", TERMINAL), ("json", JSON), ("csv", CSV), ("markdown", MARKDOWN)]
)
def test_the_sample_in_every_format(format: str, expected: str) -> None:
    assert RENDERERS[format](SAMPLE) == expected


def test_every_renderer_in_the_folder_is_registered_and_has_a_suffix() -> None:
    modules = {p.stem for p in (REPOSITORY / "coprod_review" / "render").glob("*.py")} - {"__init__", "diagnostics"}
    assert modules == set(RENDERERS) == set(SUFFIXES.values())


def test_a_table_too_wide_for_80_columns_gets_letters_and_a_key() -> None:
    columns = ("Row", *(f"A long label number {n}" for n in range(12)))
    table = Table("Wide", columns, (("x", *(Count(("a",)) for _ in range(12))),))
    text = RENDERERS["terminal"](Report("t", (Section("", tables=(table,)),), dict, lambda: table))
    assert max(map(len, text.split("\n"))) <= 80
    assert "- L: A long label number 11" in text


def test_a_table_that_no_grid_can_hold_is_told_row_by_row() -> None:
    columns = ("Row", *(f"Label {n}" for n in range(40)))
    table = Table("Wide", columns, (("First", *(Count(("a",) if n == 3 else ()) for n in range(40))),))
    text = RENDERERS["terminal"](Report("t", (Section("", tables=(table,)),), dict, lambda: table))
    assert text.startswith(
        "t\n\nWide\n- First. Label 3: 1; the other 39: 0\n- 0 in every row: Label 0; Label 1; Label 2;"
    )
    assert "Label 39" in text


def test_signs_that_steer_a_terminal_are_shown_as_codes() -> None:
    report = Report("a\x1b[31m\u202eb", (), dict, lambda: TABLE)
    assert RENDERERS["terminal"](report) == "a\\u001b[31m\\u202eb\n"
