"""The ids that ``why`` looks up, and ids that are mistyped."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from coprod_review.loading import discovery
from coprod_review.reports.gaps import results_of
from coprod_review.results.result import Result
from tests.conftest import base_of
from tests.why.opened import SMALL


def test_ids_are_unique_and_plain(results: tuple[Result, ...]) -> None:
    figures = [figure.id for result in results for figure in result.figures]
    cells = [name for result in results for table in result.tables for name, _, _ in table.cells()]
    tables = [table.id for result in results for table in result.tables if table.row_ids]
    every = [*figures, *cells, *tables]
    assert [i for i, n in Counter(every).items() if n > 1] == []
    assert [i for i in figures + tables if not re.fullmatch(r"[a-z][a-z0-9-]*(\.[a-z0-9_-]+)+", i)] == []
    assert [i for i in cells if i.count("/") != 2] == []
    named = {result.analysis for result in results}
    assert {i.partition(".")[0] for i in every} <= named


def test_ids_are_the_same_in_another_base(tmp_path: Path, results: tuple[Result, ...]) -> None:
    base_of(tmp_path, studies="studies:\n" + SMALL)
    small = results_of(discovery.read_base(tmp_path), ["focus", "representation", "principles", "direction", "lasting"])
    known = {figure.id for result in results for figure in result.figures}
    assert {figure.id for result in small for figure in result.figures} <= known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("focus.outcom-share", "focus.outcome-share"),
        ("Focus.Ratio", "focus.ratio"),
        ("focus.outcome_share", "focus.outcome-share"),
        ("focsu.ratio", "focus.ratio"),
        ("representation.unpaid-carer", "representation.unpaid-carers"),
        ("focus.cells/both/any-am", "focus.cells/both/any-aim"),
        ("matrix.mpa", "matrix.map"),
        ("matrix.map/people.helth/studies", "matrix.map/people.health/studies"),
        ("matrix.outcomes/people.health.wellbing/studies", "matrix.outcomes/people.health.wellbeing/studies"),
        ("outcome-share", "focus.outcome-share"),
    ],
)
def test_a_mistyped_id_gets_the_right_one(typed: str, meant: str, run: Any) -> None:
    done = run("why", typed)
    assert (done.code, done.out) == (2, "")
    assert f"did you mean `{meant}`?" in done.err


NO_IDS = (
    "", " ", "focus.", "nothing.like.it", "\x1b[31mfocus.ratio\u202e\n", "/", "//", "focus.ratio/", "../../etc/passwd",
    "matrix.map/all", "matrix.map/all/studies/more", "matrix.sectr-by-place", "matrix.rules", "focus.published",
    "x" * 5000, "focus." + "x" * 5000, "%s{0}{{}}", "focus.ratio\x00",
)  # fmt: skip


@pytest.mark.parametrize("typed", NO_IDS, ids=lambda typed: repr(typed[:24]))
def test_invalid_id_gives_a_helpful_error(typed: str, run: Any) -> None:
    done = run("why", typed)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("coprod-review: ")
    assert done.err.count("\n") == 1
    assert done.err.rstrip("\n").isprintable()
    assert re.search(r"gaps --all --format csv lists every figure|why \S+ lists its cells", done.err)
    assert ": ." not in done.err


@pytest.mark.parametrize("stem", ["", "focus."])
def test_very_long_id_is_shortened_in_errors(stem: str, run: Any) -> None:
    done = run("why", stem + "x" * 5000)
    assert len(done.err) < 1000


def test_figure_without_studies_is_not_opened(tmp_path: Path, run: Any) -> None:
    done = run("why", "focus.ratio", "--where", "role=context")
    assert (done.code, done.out) == (2, "")
    assert "No study that counts as evidence passes role=context" in done.err


def test_invalid_options_are_rejected(run: Any) -> None:
    for asked, words in (
        (("--where", "sektor=health"), "did you mean `sector`?"),
        (("--definition", "wide"), "strict"),
        (("--reported-in", "scie"), "scie-review-2022"),
        (("-o", "x.svg"), "nothing to draw"),
        (("-o", "x.csv", "--format", "json"), "leave out --format"),
    ):
        done = run("why", "focus.ratio", *asked)
        assert (done.code, done.out) == (2, ""), asked
        assert words in " ".join(done.err.split()), asked
