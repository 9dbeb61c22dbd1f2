"""The report of ``why`` in every format, and the commands that lead to it."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading import discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.phrasing.why import (
    HEADINGS,
    brief_point,
    full_point,
    heading_of,
    influence_sentences,
    number_sentences,
)
from coprod_review.render import FORMATS
from coprod_review.reports.gaps import gaps_report
from coprod_review.results.member import Place
from coprod_review.results.result import Result
from coprod_review.text.grammar import plural
from coprod_review.validate import valid_base
from coprod_review.why.members import members_of
from coprod_review.why.payload import most_influential
from tests.conftest import REPOSITORY, base_of, entry
from tests.why.opened import IN_NUMERATOR, SMALL, Opened, at, counted_anywhere, every_member, open_id

EXAMPLES = (
    "focus.outcome-share", "focus.ratio", "focus.reported.outcome-share", "representation.unpaid-carers",
    "beneficiaries.co-producer-findings", "currency.median-year", "overlap.cca", "reporting.median-items",
    "claims.contradicted", "claims.without-denominator", "testimony.not-studied", "recommendations.measurable",
    "matrix.map/people.health/studies", "matrix.map/people.health/said", "intersections.map/dementia/people.self",
    "matrix.outcomes/people.health.wellbeing/outcome", "matrix.sector-by-place/health/England",
)  # fmt: skip


def _shown(path: str, code: str) -> str:
    """A code in a report for people; a group without a code can still count as one without focus."""
    return "no code of its own" if (path.partition(".")[0], code) == ("populations", "not_coded") else code.rstrip(".")


@pytest.mark.parametrize("identity", EXAMPLES)
def test_every_format_shows_the_same_members(identity: str, run: Any) -> None:
    done = {f: run("why", identity, "--format", f) for f in ("json", "csv", "markdown", "terminal")}
    assert {(d.code, d.err) for d in done.values()} == {(0, "")}
    listed = every_member(json.loads(done["json"].out))
    rows = list(csv.DictReader(io.StringIO(done["csv"].out)))
    assert list(dict.fromkeys((r["id"], r["place"]) for r in rows)) == [(m["id"], m["place"]) for m in listed]
    assert [r["finding"] for r in rows if r["finding"]] == [f["id"] for m in listed for f in m["findings"]]
    for format in ("markdown", "terminal"):
        text = " ".join(done[format].out.replace("\\", "").split())
        assert [m["id"] for m in listed if f"{m['id']}" not in text] == []
        for m in listed:
            assert [f["summary"] for f in m["findings"] if " ".join(f["summary"].rstrip(".").split()) not in text] == []
            assert [p for p, v in m["codes"].items() if f"{p}: {_shown(p, v)}" not in text] == []
        assert "Rule: " in text
        assert "coprod-review why " in text
    assert max(len(line) for line in done["terminal"].out.split("\n") if "coprod-review why" not in line) <= 80


@pytest.mark.parametrize(
    "identity",
    ["focus.outcome-share", "focus.ratio", "beneficiaries.wider", "currency.median-year", "claims.supported"],
)
def test_report_has_number_members_and_influence(
    identity: str, run: Any, bundled: EvidenceBase, results: tuple[Result, ...]
) -> None:
    figure = next(f for result in results for f in result.figures if f.id == identity)
    members, framework = members_of(figure, bundled), bundled.framework
    ids = most_influential(members, figure)
    without = next((member.value_without for member in members if member.id in ids), None)
    expected = [
        *number_sentences(figure, framework),
        *(
            f"{heading_of(group[0], figure)} ({plural(len(group), figure.unit)})"
            for attributed, place in product((False, True), HEADINGS)
            if (group := [m for m in members if (m.attributed, m.place) == (attributed, place)])
        ),
        *(full_point(m, framework) for m in members if m.place in ("counted", "both sides")),
        *influence_sentences(figure, ids, without),
    ]
    text = " ".join(run("why", identity).out.split()).casefold()
    assert [words for words in expected if words.casefold() not in text] == []


@pytest.mark.parametrize(
    ("identity", "place"), [("focus.outcome-share", "not counted"), ("beneficiaries.wider", "not known")]
)
def test_studies_that_are_not_counted_are_shown_in_brief(
    identity: str, place: Place, run: Any, bundled: EvidenceBase, results: tuple[Result, ...]
) -> None:
    figure = next(f for result in results for f in result.figures if f.id == identity)
    points = [brief_point(m, bundled.framework) for m in members_of(figure, bundled) if m.place == place]
    assert points
    text = " ".join(run("why", identity).out.split())
    assert [point for point in points if point not in text] == []


def test_table_id_lists_its_cells(run: Any, opened: Opened) -> None:
    document = json.loads(run("why", "focus.cells", "--format", "json").out)
    wanted = [i for i in opened.cells if i.startswith("focus.cells/")]
    assert [c["id"] for c in document["cells"]] == wanted
    assert [c["count"] for c in document["cells"]] == [opened.cells[i]["figure"]["numerator"] for i in wanted]
    assert [c["why"] for c in document["cells"]] == [f"coprod-review why {i}" for i in wanted]
    for format in ("terminal", "markdown", "csv"):
        text = run("why", "focus.cells", "--format", format).out
        assert [i for i in wanted if i not in text] == []


def _run_shown(command: str, run: Any, *more: str) -> Any:
    """Run a command as it was printed, quoted for a shell."""
    program, *arguments = shlex.split(command)
    assert program == "coprod-review"
    return run(*arguments, *more)


@pytest.mark.parametrize(
    "asked",
    [
        (),
        ("--where", "sector=health,social-care"),
        ("--where", "year>=2020", "--where", "sector!=research"),
        ("--definition", "broad"),
        ("--reported-in", "scie-review-2022"),
        ("--where", "year<2022", "--reported-in", "abstract", "--definition", "broad", "--skip-invalid"),
    ],
    ids=" ".join,
)
def test_printed_command_reproduces_the_figure(asked: tuple[str, ...], run: Any) -> None:
    document = json.loads(run("gaps", "focus", *asked, "--format", "json").out)
    shown = " ".join(run("gaps", "focus", *asked).out.split())
    for number, figure in enumerate(document["results"][0]["figures"]):
        if number % 3 == 0:
            again = json.loads(_run_shown(figure["why"], run, "--format", "json").out)
            assert again["figure"] == figure
            assert again["base"] == document["base"]
            assert again["filters"] == document["filters"]
        chosen = "reported-broad." if "broad" in asked else "reported."
        alone = figure["id"].endswith(("process-only-share", "reported.ratio", "broad.ratio"))
        if "reported" not in figure["id"] or (chosen in figure["id"] and not alone):
            assert figure["why"] in shown


@pytest.mark.slow
def test_printed_command_is_quoted_for_the_shell(tmp_path: Path, run: Any) -> None:
    folder = tmp_path / "a base's $HOME; & more"
    base_of(folder, studies="studies:\n" + SMALL)
    shown = run("gaps", "focus", "--base", folder, "--where", "year>=2020").out
    (line,) = [line for line in shown.split("\n") if line.strip().startswith("coprod-review why focus.ratio ")]
    again = subprocess.run(
        ["bash", "-c", line.replace("coprod-review", f'"{sys.executable}" -m coprod_review', 1) + " --format json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    document = json.loads(again.stdout)
    assert document["base"]["studies"] == 2
    assert document["filters"] == ["year>=2020"]
    assert [p.name for p in tmp_path.iterdir()] == [folder.name]


@pytest.mark.parametrize("analysis", ANALYSES)
def test_every_output_prints_the_command_that_opens_its_number(analysis: str, bundled: EvidenceBase) -> None:
    report = gaps_report(bundled, [analysis])
    shown = {name: FORMATS[name].render(report) for name in ("terminal", "json", "csv", "markdown")}
    (result,) = json.loads(shown["json"])["results"]
    commands = [f"coprod-review why {figure['id']}" for figure in result["figures"]]
    assert [figure["why"] for figure in result["figures"]] == commands
    if commands:
        assert [row["why"] for row in csv.DictReader(io.StringIO(shown["csv"]))] == commands
    numbers = any(f["numerator"] is not None or f["value"] is not None for f in result["figures"])
    if numbers or any(table["row_ids"] for table in result["tables"]):
        assert f"coprod-review why {analysis}." in shown["terminal"]
        assert f"coprod-review why {analysis}." in shown["markdown"]


def test_first_screen_command_can_be_copied(run: Any) -> None:
    assert "coprod-review why focus.outcome-share\n" in run("gaps").out
    asked = ("--where", "year>=2017", "--where", "sector=health,social-care")
    whole = "coprod-review why focus.outcome-share --where 'year>=2017' --where sector=health,social-care\n"
    assert whole in run("gaps", *asked).out


def test_gaps_open_their_studies(opened: Opened, results: tuple[Result, ...]) -> None:
    checked = 0
    for result in results:
        for gap in result.gaps:
            report = opened.every[gap.opens]
            if report["figure"]["unit"] == "study":
                assert set(gap.studies) == counted_anywhere(report), (gap.type, gap.where)
                assert set(gap.attributed) == set(gap.studies) - set(at(report, "counted"))
            else:
                assert gap.studies == (), (gap.type, gap.where)
            checked += 1
    assert checked > 40


def test_gap_command_lists_its_studies_under_filters(run: Any) -> None:
    where = ("--where", "design!=scoping-review")
    document = json.loads(run("gaps", "matrix", "representation", *where, "--format", "json").out)
    for result in document["results"]:
        for gap in result["gaps"][::15]:
            again = json.loads(_run_shown(gap["why"], run, "--format", "json").out)
            assert set(gap["studies"]) == (counted_anywhere(again) if "studies" in again else set()), gap["where"]


def test_skip_invalid_is_carried_into_the_command(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + SMALL + entry("Zed", 2022, "    status: 5\n"))
    assert run("why", "focus.outcome-share", "--base", tmp_path).code == 2
    document = json.loads(run("gaps", "focus", "--base", tmp_path, "--skip-invalid", "--format", "json").out)
    command = document["results"][0]["figures"][0]["why"]
    assert command == f"coprod-review why focus.outcome-share --base {shlex.quote(str(tmp_path))} --skip-invalid"
    again = json.loads(_run_shown(command, run, "--format", "json").out)
    assert again["base"]["skipped"] == ["zed-2022"]
    assert again["figure"]["numerator"] == 2


def test_the_definition_decides_what_the_groups_count(run: Any) -> None:
    identity = "focus.groups/people/outcome"
    strict, broad = (
        json.loads(run("why", identity, "--definition", d, "--format", "json").out) for d in ("strict", "broad")
    )
    assert set(at(strict, "counted")) < set(at(broad, "counted"))
    assert broad["figure"]["why"] == f"coprod-review why {identity} --definition broad"


def test_a_base_with_other_counts_opens_in_full(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + SMALL)
    document = json.loads(run("gaps", "--all", "--base", tmp_path, "--format", "json").out)
    base = valid_base.require_valid(discovery.read_base(tmp_path), skip_invalid=False)
    for result in document["results"]:
        for figure in result["figures"]:
            again = open_id(base, figure["id"], arguments=("--base", str(tmp_path)))
            assert again["figure"] == figure
            if figure["kind"] != "median":
                assert len(at(again, *IN_NUMERATOR)) == (figure["numerator"] or 0)


def test_influence_note_depends_on_movement(run: Any, tmp_path: Path) -> None:
    families = [letter * 4 for letter in "abcdefghijkl"]
    entries = [entry(family, 2020).replace("A title", f"A title of {family}") for family in families]
    base_of(tmp_path, studies="studies:\n" + "".join(entries))
    shown = " ".join(run("why", "appraisal.appraised", "--base", tmp_path).out.split())
    assert "Leaving out any one study does not change it." in shown
    counted = " ".join(run("why", "care-act.a").out.split())
    assert "Each one that is counted adds 1, so none weighs more than another." in counted


@pytest.mark.parametrize("identity", ["currency.median-year", "overlap.cca", "matrix.map/people.living/studies"])
def test_only_counts_say_adds_one(identity: str, run: Any) -> None:
    """A median is not a count, and where nothing is counted nothing adds to it."""
    assert "adds 1" not in run("why", identity).out
