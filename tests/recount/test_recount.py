"""The program against a second count that shares no code with it, on the bundled base and on invented ones."""

import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading import discovery
from coprod_review.phrasing.gaps import general_gap_statement
from coprod_review.results.result import GeneralGap
from tests.conftest import Run
from tests.recount import gap_rules, intervals, ratios, reading, recount, sentences
from tests.recount.analyses import focus
from tests.recount.conftest import BASES, INVENTED
from tests.recount.reading import DATA, Entry

pytestmark = pytest.mark.slow

ROOT = DATA.parent

WITHOUT_VALUE = (
    "care-act.",
    "beneficiaries.co-producer-findings",
    "beneficiaries.not-",
    "appraisal.certainty",
    "claims.",
    "recommendations.measurable",
)
"""Counts, which the catalogue gives no value."""


# What the program reports.


def reported_figures(report: Entry) -> dict[str, Entry]:
    return {f["id"]: f for result in report["results"] for f in result["figures"]}


def reported_cells(report: Entry) -> dict[str, Any]:
    """Contents of the cells of tables that open, by ``table/row/column``: a list of ids, or a number."""
    return {
        f"{table['id']}/{row_id}/{column_id}": _content(row[column])
        for table in reported_tables(report)
        if table["row_ids"]
        for row_id, row in zip(table["row_ids"], table["rows"], strict=True)
        for column_id, column in zip(table["column_ids"], table["columns"][1:], strict=True)
    }


def reported_tables(report: Entry) -> list[Entry]:
    return [table for result in report["results"] for table in result["tables"]]


def _content(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    [content] = [value for key, value in cell.items() if key not in ("count", "attributed")]
    assert cell["count"] == len(content)
    return content


def attributed_cells(report: Entry) -> dict[str, list[str]]:
    """Ids that the review alone adds to the cells of tables that open, by ``table/row/column``."""
    return {
        f"{table['id']}/{row_id}/{column_id}": row[column]["attributed"]
        for table in reported_tables(report)
        if table["row_ids"]
        for row_id, row in zip(table["row_ids"], table["rows"], strict=True)
        for column_id, column in zip(table["column_ids"], table["columns"][1:], strict=True)
        if isinstance(row[column], dict)
    }


def same_cell(program: Any, second: list[str]) -> bool:
    return set(program) == set(second) if isinstance(program, list) else bool(program == len(second))


def reported_matrix(report: Entry) -> Entry:
    [matrix] = [result for result in report["results"] if result["analysis"] == "matrix"]
    return dict(matrix)


PARTS = {
    "unknown": ("unknown", "count"),
    "unknown_low": ("unknown", "low"),
    "unknown_high": ("unknown", "high"),
    "low": ("interval", "low"),
    "high": ("interval", "high"),
    "leave_one_out_low": ("leave_one_out", "low"),
    "leave_one_out_high": ("leave_one_out", "high"),
    "primary_numerator": ("primary_only", "numerator"),
    "primary_denominator": ("primary_only", "denominator"),
    "primary_value": ("primary_only", "value"),
}


def part(figure: Entry, name: str) -> Any:
    """One number of a figure by the recount's name for it."""
    if name not in PARTS:
        return figure[name]
    outer, inner = PARTS[name]
    return (figure.get(outer) or {}).get(inner)


def compared(counted: Entry) -> list[str]:
    """The numbers that the catalogue fixes for a figure of this kind."""
    if counted["kind"] == "median":
        return ["denominator", "value"]
    if counted["kind"] == "count" or counted["unit"] != "study":
        return ["numerator", "denominator", "value", "low", "high"]
    return ["numerator", "denominator", "value", *PARTS]


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=0, abs_tol=1e-9)
    return bool(one == other)


def disagreements(figure: Entry, counted: Entry) -> Iterator[str]:
    """Yield in words where the program and the recount give different numbers for one figure."""
    for name in compared(counted):
        program, second = part(figure, name), counted[name]
        if name == "primary_numerator" and not counted["primary_denominator"]:
            program, second = program or 0, second or 0
        if not alike(program, second):
            yield f"{figure['id']} {name}: program {program}, recount {second}"
    if set(figure["studies"]) != set(counted["studies"]):
        differing = sorted(set(figure["studies"]) ^ set(counted["studies"]))
        yield f"{figure['id']} studies: in one of the two alone {differing}"
    yield from _practices_differ(figure, counted["practices"])
    yield from _attributed_differ(figure, counted)


def _attributed_differ(figure: Entry, counted: Entry) -> Iterator[str]:
    """Yield in words where program and recount differ on what the review alone adds to a figure."""
    added, stated = counted["added"], figure["attributed"] or {}
    program = (
        set(stated.get("studies", stated.get("counted", ()))),
        stated.get("denominator", 0),
        stated.get("pool", 0),
        set(stated.get("removed", ())),
    )
    second = set(added["counted"]), len(added["known"]), len(added["pool"]), set(added["removed"])
    if program != second:
        yield f"{figure['id']} attributed: program {program}, recount {second}"


def _practices_differ(figure: Entry, counted: dict[str, tuple[int, int, int]]) -> Iterator[str]:
    """A figure that is no headline shows no practices."""
    shown = {p["practice"]: (p["numerator"], p["denominator"], p["unknown"]) for p in figure.get("practices") or []}
    for practice in {*shown, *counted} if shown else ():
        if shown.get(practice) != counted.get(practice):
            yield f"{figure['id']} {practice}: program {shown.get(practice)}, recount {counted.get(practice)}"


# The tests.


@pytest.mark.parametrize("base", INVENTED)
def test_an_invented_base_is_valid(base: str, folder: Callable[[str], Path], run: Callable[..., Run]) -> None:
    done = run("validate", folder(base))
    assert done.code == 0, done.out


def agree(program: dict[str, Entry], second: dict[str, Entry]) -> None:
    """Fail with every difference in words, not with the first."""
    differ = [
        words for name, figure in program.items() if name in second for words in disagreements(figure, second[name])
    ]
    if differ:
        pytest.fail("\n".join(differ))


@pytest.mark.parametrize("base", BASES)
def test_program_and_recount_agree_on_every_figure(
    base: str, figures: Callable[[str], dict[str, Entry]], report_of: Callable[..., Entry]
) -> None:
    agree(reported_figures(report_of(base)), figures(base))


@pytest.mark.parametrize("base", BASES)
def test_program_and_recount_agree_on_selections(
    base: str, folder: Callable[[str], Path], report_of: Callable[..., Entry]
) -> None:
    program = reported_figures(report_of(base, "--all", "--where", "sector=health"))
    agree(program, recount.figures(folder(base), lambda study: "health" in study.get("sector", [])))


@pytest.mark.parametrize("base", BASES)
def test_program_and_recount_know_the_same_figures(
    base: str, figures: Callable[[str], dict[str, Entry]], report_of: Callable[..., Entry]
) -> None:
    program, second = set(reported_figures(report_of(base))), set(figures(base))
    assert (program - second, second - program) == (set(), set())


@pytest.mark.parametrize("base", BASES)
def test_program_and_recount_fill_the_cells_alike(
    base: str, folder: Callable[[str], Path], report_of: Callable[..., Entry]
) -> None:
    detail = reported_cells(report_of(base, "matrix", "--detail"))
    program, second = {**detail, **reported_cells(report_of(base))}, recount.cells(folder(base))
    assert set(second) - set(program) == set()
    assert [cell for cell, expected in second.items() if not same_cell(program[cell], expected)] == []
    added = {**attributed_cells(report_of(base, "matrix", "--detail")), **attributed_cells(report_of(base))}
    expected = {cell: ids for cell, ids in recount.cells_of_review(folder(base)).items() if cell in added}
    assert {cell: added[cell] for cell in expected if set(added[cell]) != set(expected[cell])} == {}


def test_the_review_alone_adds_to_figures_and_cells_of_every_base(
    folder: Callable[[str], Path], figures: Callable[[str], dict[str, Entry]]
) -> None:
    for base in BASES:
        assert any(figure["added"]["counted"] for figure in figures(base).values()), base
        assert any(recount.cells_of_review(folder(base)).values()), base
    assert any(figure["added"]["removed"] for base in BASES for figure in figures(base).values())


@pytest.mark.parametrize("asked", [("--all",), ("matrix", "--detail")], ids=" ".join)
def test_tables_have_distinct_column_names(asked: tuple[str, ...], report_of: Callable[..., Entry]) -> None:
    tables = reported_tables(report_of("bundled", *asked))
    assert [t["id"] for t in tables for row in t["rows"] if len(row) != len(t["columns"])] == []


@pytest.mark.parametrize("base", BASES)
def test_program_and_recount_name_the_same_gaps(
    base: str,
    folder: Callable[[str], Path],
    gaps: Callable[[str], dict[str, list[str]]],
    report_of: Callable[..., Entry],
) -> None:
    matrix, second = reported_matrix(report_of(base)), gaps(base)
    counts = Counter(rule for fired in second.values() for rule in fired)
    common = {rule for rule, cells in counts.items() if cells > len(second) / 2}
    program = {d: {gap["type"] for gap in matrix["gaps"] if gap["where"] == d} for d in second}
    named = {d: set(fired) - common for d, fired in second.items()}
    assert {d: (program[d], named[d]) for d in second if program[d] != named[d]} == {}
    framework = discovery.read_base(folder(base)).framework
    general = [GeneralGap(rule, counts[rule], len(second), "outcome") for rule in common]
    assert set(matrix["general"]) == {general_gap_statement(gap, framework) for gap in general}


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("analysis", ["representation", "intersections"])
def test_program_and_recount_name_the_same_gaps_for_groups_of_people(
    analysis: str, base: str, folder: Callable[[str], Path], report_of: Callable[..., Entry]
) -> None:
    """The gaps of single groups are all named; of pairs, a rule that applies to most is one general sentence."""
    second = recount.gaps(folder(base), analysis)
    counts = Counter(rule for fired in second.values() for rule in fired)
    most = len(second) / 2 if analysis == "intersections" else math.inf
    named = {(where, rule) for where, fired in second.items() for rule in fired if counts[rule] <= most}
    [result] = [r for r in report_of(base)["results"] if r["analysis"] == analysis]
    assert {(gap["where"], gap["type"]) for gap in result["gaps"]} == named


def test_every_figure_has_a_value_in_some_base(figures: Callable[[str], dict[str, Entry]]) -> None:
    """The figures of invented bases, because the codebook of the shipped base has groups that few studies name."""
    counted = [(name, figure) for base in INVENTED for name, figure in figures(base).items()]
    names = {_without_year(name) for name, _ in counted if not name.startswith(WITHOUT_VALUE)}
    assert names - {_without_year(name) for name, figure in counted if figure["value"] is not None} == set()


def _without_year(name: str) -> str:
    return re.sub(r"-\d{4}$", "", name)


def test_every_gap_rule_fires_in_some_base(gaps: Callable[[str], dict[str, list[str]]]) -> None:
    fired = {rule for base in BASES for rules in gaps(base).values() for rule in rules}
    assert fired == set(gap_rules.FIRES)


@pytest.mark.parametrize("view", sorted(focus.VIEWS))
def test_the_bounds_of_the_ratio_are_its_extremes(view: str, folder: Callable[[str], Path]) -> None:
    base = reading.read(folder("small"))
    sides = focus.VIEWS[view](base)
    possible = list(ratios.ratios_possible(sides))
    assert ratios.ratio_bounds(sides) == pytest.approx((min(possible), max(possible)))


def test_the_recount_has_the_vectors_of_the_methods_notes() -> None:
    assert intervals.wilson(24, 122) == pytest.approx((0.136, 0.276), abs=5e-4)
    assert intervals.wilson(1, 33) == pytest.approx((0.005, 0.153), abs=5e-4)
    assert intervals.share_interval(0, 20) == pytest.approx((0.0, 0.139), abs=5e-4)
    assert intervals.bonett_price(1, 1, 7) == pytest.approx((0.068, 0.923), abs=5e-4)
    assert intervals.bonett_price(8, 4, 14) == pytest.approx((0.33, 0.91), abs=5e-3)
    assert intervals.bonett_price(0, 0, 26) == pytest.approx((0.0, 0.15), abs=5e-3)


def test_recount_prints_plain_words() -> None:
    words = "\n".join(sentences.sentences(DATA))
    eligible = reading.read(DATA).eligible
    aims = [(study["aims"]["outcome"]["code"], study["aims"]["process"]["code"]) for study in eligible]
    known = [pair for pair in aims if "not_coded" not in pair]
    both = sum("not_an_aim" not in pair for pair in known)
    outcome = sum(pair[0] != "not_an_aim" and pair[1] == "not_an_aim" for pair in known)
    process = sum(pair[0] == "not_an_aim" and pair[1] != "not_an_aim" for pair in known)
    assert f"{len(eligible)} eligible studies" in words
    assert f"both {both}, outcome alone {outcome}, process alone {process}" in words


def test_the_recount_can_leave_studies_out() -> None:
    counted = recount.figures(DATA, lambda study: study.get("sector") == ["health"])
    assert 0 < counted["focus.outcome-share"]["denominator"] < len(reading.read(DATA).eligible)


def test_every_analysis_is_counted_again() -> None:
    missing = [name.replace("-", "_") for name in ANALYSES if name not in recount.MODULES]
    files = ", ".join(f"tests/recount/analyses/{name}.py" for name in missing)
    assert missing == [], f"write {files} with `figures(base)`, `cells(base)` or `gaps(base)`, as recount.py describes"
    assert set(recount.MODULES) - set(ANALYSES) == set()


def test_the_recount_shares_no_code_with_the_program() -> None:
    """A process that prints the recount has loaded every module of it and nothing of the package."""
    script = "import sys; import tests.recount.__main__; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name for name in done.stderr.split() if name.startswith(("coprod_review", "tests.recount."))}
    assert {module.__name__ for module in recount.MODULES.values()} < loaded
    assert [name for name in loaded if name.startswith("coprod_review")] == []
