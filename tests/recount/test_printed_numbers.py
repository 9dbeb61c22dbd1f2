"""Every number that a report prints of a figure or a cell is the recount's number for this id."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coprod_review.gaps.registry import ANALYSES, AnalysisResults
from coprod_review.loading import discovery
from coprod_review.reports.gaps import gaps_report
from coprod_review.reports.request import ReportRequest
from coprod_review.results.chart import Bar
from coprod_review.why.lookup import why_report
from tests.recount import reading, recount
from tests.recount.conftest import BASES
from tests.recount.printed_numbers import (
    Number,
    added,
    comparisons,
    decimals,
    differ,
    dividing,
    headline,
    numbers,
    percents,
    sensitivity,
    share,
    unknown,
    whole,
)
from tests.recount.reading import Entry

pytestmark = pytest.mark.slow

Figures = Callable[[str], dict[str, Entry]]
Folder = Callable[[str], Path]
POINT = re.compile(r"- (?P<text>.*?)(?: Definition: .*)? `coprod-review why (?P<id>[\w.-]+)(?: [^`]*)?`")


@pytest.fixture
def printed(folder: Folder, run: Any) -> Callable[..., str]:
    """What the program prints about a base as Markdown, without the escapes."""

    def command(base: str, *asked: str) -> str:
        done = run(*asked, "--base", folder(base), "--format", "markdown")
        assert (done.code, done.err) == (0, "")
        return str(done.out.replace("\\", ""))

    return command


def _program_figures(report: Entry) -> dict[str, Entry]:
    return {figure["id"]: figure for result in report["results"] for figure in result["figures"]}


@pytest.mark.parametrize("base", BASES)
def test_figures_in_full_print_the_numbers_of_the_recount(
    base: str, printed: Callable[..., str], figures: Figures, report_of: Callable[..., Entry], folder: Folder
) -> None:
    program, counted, raw = _program_figures(report_of(base)), figures(base), reading.read(folder(base))
    wrong, checked = [], 0
    for line in printed(base, "gaps", "--all").split("\n"):
        point = POINT.fullmatch(line)
        if point is None or point["id"] not in counted or point["text"].startswith("To see the studies behind a gap"):
            continue
        figure, second = program[point["id"]], counted[point["id"]]
        assert point["text"].startswith(f"{figure['label']}: ")
        text = point["text"].removeprefix(f"{figure['label']}: ")
        expected = [*headline(figure, second), *sensitivity(figure, second), *comparisons(point["id"], second, raw)]
        checked += 1
        if differ(text, expected):
            wrong.append((point["id"], text, expected))
    assert wrong == []
    assert checked > 60


@pytest.mark.parametrize("base", ["bundled", "dense", "small"])
def test_why_prints_the_numbers_of_the_recount(
    base: str, figures: Figures, report_of: Callable[..., Entry], folder: Folder
) -> None:
    program, counted = _program_figures(report_of(base)), figures(base)
    read = discovery.read_base(folder(base))
    results, wrong = AnalysisResults(read.studies, read.framework), []
    for identity, second in counted.items():
        report = why_report(read, identity, results, ReportRequest())
        section = next(section for section in report.sections if section.heading == "The number")
        first, rule, *more = map(str, section.points)
        assert first.endswith(f" [{identity}].")
        assert rule.startswith("Rule: ")
        text = " ".join(
            [first.removesuffix(f" [{identity}]."), *(s for s in more if not s.startswith("Compared with "))]
        )
        expected = [*headline(program[identity], second), *sensitivity(program[identity], second)]
        if differ(text, expected):
            wrong.append((identity, text, expected))
    assert wrong == []


# Bars.


def _bars(base: Path, *names: str) -> Iterator[Bar]:
    report = gaps_report(discovery.read_base(base), names)
    yield from (bar for section in report.sections for bar in section.bars)
    yield from (bar for chart in report.charts for bar in chart.bars)


@pytest.mark.parametrize("base", BASES)
def test_bars_print_and_draw_the_numbers_of_the_recount(base: str, figures: Figures, folder: Folder) -> None:
    counted, wrong = figures(base), []
    for bar in (*_bars(folder(base)), *_bars(folder(base), *ANALYSES)):
        second = counted[bar.id]
        yes, open_ = second["numerator"] or 0, unknown(second)
        drawn = (bar.n, bar.unknown, bar.total) == (yes, open_, second["denominator"] + open_)
        words = [*_bar_words(second), *added("share", second)]
        if not drawn or differ(bar.words, words) or differ(bar.short, _bar_short(second)):
            wrong.append((bar, second))
    assert wrong == []


def _bar_words(counted: Entry) -> list[Number]:
    with_unknown = counted["value"] is not None and unknown(counted)
    return [*share(counted), *(whole(unknown(counted)) if with_unknown else [])]


def _bar_short(counted: Entry) -> list[Number]:
    return share(counted, short=True)


@pytest.mark.parametrize("base", BASES)
def test_details_of_the_first_screen_are_the_numbers_of_the_recount(
    base: str, figures: Figures, folder: Folder
) -> None:
    counted, raw, wrong = figures(base), reading.read(folder(base)), []
    (headlines, _) = gaps_report(discovery.read_base(folder(base))).sections
    for bar in headlines.bars:
        expected = list(_detail(bar.id, counted[bar.id], raw))
        if differ(bar.detail, expected):
            wrong.append((bar.id, bar.detail, expected))
    assert wrong == []
    assert any(numbers(bar.detail) for bar in headlines.bars)


def _detail(identity: str, counted: Entry, raw: reading.Base) -> Iterator[Number]:
    if identity.startswith("representation."):
        yield from decimals(*(b["value"] for b in dividing(identity, raw)), places=1, sign="%")
    elif counted["value"] is not None:
        if counted["numerator"]:
            yield from percents(counted["leave_one_out_low"], counted["leave_one_out_high"])
            yield from whole(counted["primary_numerator"] or 0, counted["primary_denominator"])
        yield from whole(unknown(counted)) if unknown(counted) else ()
    if not identity.startswith(("representation.", "focus.")):
        yield from added("share", counted)


# Tables.


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("asked", [("--all",), ("matrix", "--detail")], ids=" ".join)
def test_tables_print_the_counts_of_the_recount(
    asked: tuple[str, ...], base: str, printed: Callable[..., str], report_of: Callable[..., Entry], folder: Folder
) -> None:
    tables = [table for result in report_of(base, *asked)["results"] for table in result["tables"]]
    rows = list(_printed_tables(printed(base, "gaps", *asked)))
    assert [title for title, _ in rows] == [table["title"] for table in tables]
    counted, of_review = recount.cells(folder(base)), recount.cells_of_review(folder(base))
    wrong, checked = [], 0
    for table, (_, lines) in zip(tables, rows, strict=True):
        for row_id, cells in zip(table["row_ids"], lines, strict=False):
            for column_id, cell in zip(table["column_ids"], cells[1:], strict=True):
                name = f"{table['id']}/{row_id}/{column_id}"
                checked += name in counted
                more = f" (+{len(of_review[name])})" if of_review.get(name) else ""
                if name in counted and cell != f"{len(counted[name])}{more}":
                    wrong.append((name, cell, len(counted[name]), more))
    assert wrong == []
    assert checked > 300


def _printed_tables(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the title of each table and its rows, without the head."""
    for block in re.split(r"^\*\*(?=.+\*\*$)", text, flags=re.MULTILINE)[1:]:
        title, _, rest = block.partition("**\n\n")
        lines = rest.partition("\n\n")[0].split("\n")
        yield title, [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in lines[2:]]
