"""One small sample compared literally in every format."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from coprod_review.errors import UnknownName
from coprod_review.render import FORMATS
from coprod_review.results.chart import Bar, Chart
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.table import Count, Table
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
    sections=(
        Section("What the base has", paragraphs=("First.",), points=("2 of 20 studies (10%).",), tables=(TABLE,)),
    ),
    payload=lambda: {"a": [1, "é"]},
    spreadsheet=lambda: TABLE,
)

TERMINAL = """\
A *title*
Base x 1: 2 entries.

WHAT THE BASE HAS
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

## What the base has

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
    assert FORMATS[format].render(SAMPLE) == expected


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1+1"])
def test_spreadsheet_runs_no_cell_as_a_formula(text: str) -> None:
    made = replace(SAMPLE, spreadsheet=lambda: Table("", ("Text",), ((text,), ("sound",))))
    assert FORMATS["csv"].render(made).splitlines()[1:] == [f"'{text.strip()}", "sound"]


COMMAND = "coprod-review why focus.ratio --base 'a folder with a long name' --where 'year>=2019' --where sector=health"
CELLS = Table(
    "Cells",
    ("Group", "Studies", "Statements"),
    (("People", Count(("a-2019", "b-2020")), Count(("t1",), unit="statement")),),
    id="focus.cells",
    row_ids=("people",),
    column_ids=("studies", "statements"),
    example_command="coprod-review why focus.cells/people/studies",
)
BARS = (
    Bar("Examine outcomes of any kind", 22, 28, "22 of 28 studies", 0.6, 0.9, short="22 of 28, 79% (60% to 90%)"),
    Bar("Report outcomes", 3, 12, "at least 3 of 12", unknown=6, short="at least 3 of 12", detail="primary 1 of 4"),
    Bar("None at all", 0, 28, "0 of 28", 0.0, 0.1, short="0 of 28 (up to 10%)"),
    Bar("Nothing to count", 0, 0, "no studies to count", short="no studies"),
)
OPENABLE = Report(
    title="What opens",
    sections=(
        Section("Shares", bars=BARS, points=("Plain.", Point("A point | that *opens*.", COMMAND), Point("Closed."))),
        Section("", tables=(CELLS,)),
    ),
    payload=dict,
    spreadsheet=lambda: CELLS,
    charts=(Chart("focus", "bars", "Shares", "Four bars.", bars=BARS),),
)

TERMINAL_OPENABLE = """\
What opens

SHARES
Examine outcomes of any  ██████████[███··]· 22 of 28, 79% (60% to 90%)
kind
Report outcomes          ████??????????···· at least 3 of 12
                         primary 1 of 4
None at all              ·]················ 0 of 28 (up to 10%)
Nothing to count         ·················· no studies
- Plain.
- A point | that *opens*.
  coprod-review why focus.ratio --base 'a folder with a long name' --where 'year>=2019' --where sector=health
- Closed.

Cells
Group    Studies   Statements
─────────────────────────────
People         2            1
Open a cell: coprod-review why focus.cells/people/studies
"""

CSV_OPENABLE = """\
Group,Studies,Statements
People,2,1
"""

MARKDOWN_OPENABLE = """\
# What opens

## Shares

| Share | Number |
| --- | --- |
| Examine outcomes of any kind | 22 of 28 studies |
| Report outcomes | at least 3 of 12; primary 1 of 4 |
| None at all | 0 of 28 |
| Nothing to count | no studies to count |

- Plain.
- A point \\| that \\*opens\\*. `coprod-review why focus.ratio --base 'a folder with a long name' --where 'year>=2019' --where sector=health`
- Closed.

**Cells**

| Group | Studies | Statements |
| --- | ---: | ---: |
| People | 2 | 1 |

Open a cell: `coprod-review why focus.cells/people/studies`
"""  # noqa: E501 - a command is never broken


@pytest.mark.parametrize(
    ("format", "expected"),
    [("terminal", TERMINAL_OPENABLE), ("json", "{}\n"), ("csv", CSV_OPENABLE), ("markdown", MARKDOWN_OPENABLE)],
)
def test_bars_and_commands_in_every_format(format: str, expected: str) -> None:
    assert FORMATS[format].render(OPENABLE) == expected


@pytest.mark.parametrize("format", ["terminal", "markdown"])
def test_commands_are_not_wrapped(format: str) -> None:
    lines = FORMATS[format].render(OPENABLE).split("\n")
    assert [line for line in lines if COMMAND in line]


def test_commands_survive_markdown() -> None:
    odd = "coprod-review why x --where 'sector=`a` ``b``' --base '*_[|]<b>'"
    report = Report("t", (Section("", points=(Point("p", odd),)),), dict, lambda: CELLS)
    line = next(line for line in FORMATS["markdown"].render(report).split("\n") if line.startswith("- p"))
    opening = re.match(r"- p (`+) ?", line)
    assert opening is not None
    assert line[opening.end() :].removesuffix(opening[1]).rstrip(" ") == odd


def test_svg_contains_bars_as_text() -> None:
    picture = FORMATS["svg"].render(OPENABLE)
    assert picture.startswith("<svg")
    assert picture.endswith("\n")
    root = ElementTree.fromstring(picture)
    text = " ".join(" ".join(part.split()) for part in root.itertext())
    for bar in BARS:
        assert bar.words in text
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == "Four bars."


def test_svg_needs_exactly_one_chart() -> None:
    with pytest.raises(UnknownName, match="nothing to draw"):
        FORMATS["svg"].render(SAMPLE)
    two = replace(OPENABLE, charts=OPENABLE.charts * 2)
    with pytest.raises(UnknownName, match="One picture holds one analysis"):
        FORMATS["svg"].render(two)


@pytest.mark.parametrize(("n", "unknown", "total"), [(0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 3), (999, 1, 1000)])
def test_bar_length_follows_its_count(n: int, unknown: int, total: int) -> None:
    for low, high in ((None, None), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0), (0.5, 0.5)):
        bar = Bar("Label", n, total, "words", low, high, unknown, short="short")
        text = FORMATS["terminal"].render(Report("t", (Section("", bars=(bar,)),), dict, lambda: CELLS))
        drawn = text.split("\n")[2][25:43]
        assert text.split("\n")[2][43:] == " short"
        assert set(drawn) <= set("█?·[]")
        if low is None:
            assert drawn.count("█") == round(18 * n / total)
            assert drawn.count("█") + drawn.count("?") == round(18 * (n + unknown) / total)


def test_every_renderer_is_registered() -> None:
    modules = {p.stem for p in (REPOSITORY / "coprod_review" / "render").glob("*.py")} - {"__init__", "report_format"}
    assert modules == set(FORMATS)


def test_wide_table_uses_lettered_columns() -> None:
    columns = ("Row", *(f"A long label number {n}" for n in range(12)))
    table = Table("Wide", columns, (("x", *(Count(("a",)) for _ in range(12))),))
    text = FORMATS["terminal"].render(Report("t", (Section("", tables=(table,)),), dict, lambda: table))
    assert max(map(len, text.split("\n"))) <= 80
    assert "- L: A long label number 11" in text


def test_very_wide_table_becomes_a_list() -> None:
    columns = ("Row", *(f"Label {n}" for n in range(40)))
    table = Table("Wide", columns, (("First", *(Count(("a",) if n == 3 else ()) for n in range(40))),))
    text = FORMATS["terminal"].render(Report("t", (Section("", tables=(table,)),), dict, lambda: table))
    assert text.startswith(
        "t\n\nWide\n- First. Label 3: 1; the other 39: 0\n- 0 in every row: Label 0; Label 1; Label 2;"
    )
    assert "Label 39" in text


def test_terminal_control_characters_are_escaped() -> None:
    report = Report("a\x1b[31m\u202eb", (), dict, lambda: TABLE)
    assert FORMATS["terminal"].render(report) == "a\\u001b[31m\\u202eb\n"


def test_a_table_without_a_title_has_no_empty_heading() -> None:
    report = replace(SAMPLE, sections=(Section("", tables=(replace(TABLE, title=""),)),))
    assert FORMATS["markdown"].render(report).split("\n\n")[2].startswith("| Group | Studies | Share |\n")
