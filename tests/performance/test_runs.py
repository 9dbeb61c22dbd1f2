"""How often each analysis runs for one command, whatever the command shows of it.

It runs once over what was read and, where the base has findings that only its review reports, once over all findings.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coprod_review import bundled as package
from coprod_review.gaps.registry import ANALYSES
from coprod_review.results.result import Result
from tests.bases import SAMPLE

pytestmark = pytest.mark.slow

READ_AND_ALL = 2
"""Runs over the sample, which has findings that only its review reports."""
TEMPLATES = {path.name.partition(".")[0] for path in (package.TEMPLATES / "briefings").glob("[!_]*.md.j2")}


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """The number of runs of each analysis since the test began."""
    times = Counter[str]()

    def counted(name: str, analyse: Callable[..., Result]) -> Callable[..., Result]:
        def run_and_count(*arguments: Any, **options: Any) -> Result:
            times[name] += 1
            return analyse(*arguments, **options)

        return run_and_count

    for name, analysis in ANALYSES.items():
        monkeypatch.setitem(ANALYSES, name, replace(analysis, analyse=counted(name, analysis.analyse)))
    return times


def _more_than(times: Counter[str], most: int) -> dict[str, int]:
    return {name: n for name, n in times.items() if n > most}


@pytest.mark.parametrize(
    ("command", "ran"),
    [
        (("gaps",), set(ANALYSES)),
        (("gaps", "--all"), set(ANALYSES)),
        (("gaps", "--all", "--format", "json"), set(ANALYSES)),
        (("gaps", "focus", "focus", "sector"), {"focus", "sector"}),
        (("gaps", "--format", "svg"), set(ANALYSES)),
        (("why", "focus.ratio"), {"focus"}),
        (("why", "focus"), {"focus"}),
        (("why", "representation.codes"), {"representation"}),
        (("why", "matrix.outcomes/people.health.wellbeing/studies"), {"matrix"}),
        (("why", "matrix.sector-by-place/health/England"), {"matrix"}),
        (("why", "representation.women", "--where", "sector=health"), {"representation"}),
    ],
)
def test_command_runs_its_analyses_once_over_each_set_of_findings(
    command: tuple[str, ...], ran: set[str], run: Any, runs: Counter[str]
) -> None:
    done = run(*command)
    assert (done.code, done.err) == (0, "")
    assert runs == dict.fromkeys(ran, READ_AND_ALL)


def test_analyses_run_once_where_every_finding_was_read(run: Any, runs: Counter[str]) -> None:
    assert run("gaps", "--all", "--base", SAMPLE.parent / "foreign").code == 0
    switched_off = {"care-act", "testimony", "claims", "recommendations"}
    assert runs == dict.fromkeys(ANALYSES.keys() - switched_off, 1)


def test_analyses_run_once_where_a_filter_leaves_nothing_of_the_review_alone(run: Any, runs: Counter[str]) -> None:
    assert run("gaps", "--all", "--reported-in", "abstract").code == 0
    assert runs == dict.fromkeys(ANALYSES, 1)


@pytest.mark.parametrize(
    "identity", ["nothing.here", "focus.nothing", "matrix.nothing", "matrix.map/people.helth/studies", "focus.ratio/x"]
)
def test_unknown_id_runs_each_analysis_once_at_most(identity: str, run: Any, runs: Counter[str]) -> None:
    assert run("why", identity).code == 2
    assert _more_than(runs, READ_AND_ALL) == {}


def test_recommendations_take_results_that_are_already_computed(run: Any, runs: Counter[str]) -> None:
    assert run("gaps", "recommendations", "focus", "representation").code == 0
    assert runs["recommendations"] == runs["focus"] == READ_AND_ALL
    assert _more_than(runs, READ_AND_ALL) == {}


def test_change_since_an_earlier_base_runs_each_analysis_once_for_each_state(run: Any, runs: Counter[str]) -> None:
    assert run("gaps", "--since", package.DATA).code == 0
    assert runs == dict.fromkeys(ANALYSES, 2 * READ_AND_ALL)


def test_every_template_is_counted() -> None:
    assert set(OPTIONS) == TEMPLATES


OPTIONS: dict[str, tuple[object, ...]] = {
    "group": ("--about", "unpaid-carers"),
    "plain": (),
    "review": (),
    "summary": (),
    "whats-new": ("--since", package.DATA),
}
"""The templates of briefings, each with the options that it needs."""


@pytest.mark.parametrize("suffix", ["md", "html"])
@pytest.mark.parametrize("template", OPTIONS)
def test_briefing_runs_each_analysis_once_for_each_state(
    template: str, suffix: str, run: Any, runs: Counter[str], tmp_path: Path
) -> None:
    done = run("brief", template, *OPTIONS[template], "-o", tmp_path / f"brief.{suffix}")
    assert (done.code, done.err) == (0, "")
    assert runs
    assert _more_than(runs, (2 if template == "whats-new" else 1) * READ_AND_ALL) == {}
