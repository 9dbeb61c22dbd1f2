"""Builders and samples that the tests share."""

import functools
import gc
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from hypothesis import settings

from coprod_review import bundled as package
from coprod_review.__main__ import main
from coprod_review.loading import discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.citation import Citation, Name
from coprod_review.model.study import Aim, Aims, Finding, Provenance, ReportedIn, Reports, Study
from coprod_review.validate import valid_base
from tests.bases import SAMPLE

# Tests of code count in a copy of the data, so that a change to data/ breaks none of them.
package.DATA = SAMPLE

# What a command keeps between runs stays out of the user's own cache, and out of one test run's way to another.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="coprod-review-cache-")

# The same examples in every run, so that a change that passed here passes everywhere.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")

EXAMPLES = Path(__file__).parent / "examples"
REPOSITORY = Path(__file__).parent.parent


# Typer builds the commands of a program anew for each call, which takes as long as a short command.
_command_built_once = functools.cache(typer.main.get_command)


class Run(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


def exit_code_of(*arguments: object) -> int:
    """Run one command in this process, as a person would, and return its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["coprod-review", *map(str, arguments)])
        patch.setattr(typer.main, "get_command", _command_built_once)
        try:
            main()
        except SystemExit as ended:
            return int(ended.code or 0)
        finally:
            gc.enable()
    return 0


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run one command, and keep its exit code and what it printed."""

    def command(*arguments: object) -> Run:
        code = exit_code_of(*arguments)
        return Run(code, *capsys.readouterr())

    return command


@pytest.fixture
def empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder that commands run in, as they do outside GitHub Actions."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def impatient() -> Iterator[None]:
    """Fail a test that waits for a pipe or reads an endless device, instead of waiting with it."""

    def stop(*_: object) -> None:
        raise AssertionError("the program waits for something that never comes")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def bundled() -> EvidenceBase:
    """The fixed sample, which tests of code read instead of the shipped base."""
    return valid_base.load()


@pytest.fixture(scope="session")
def framework(bundled: EvidenceBase) -> Framework:
    """The bundled framework without its benchmarks and review, so that tests bring their own."""
    return replace(bundled.framework, benchmarks=(), review=None)


def study(number: int = 1, **changes: Any) -> Study:
    """A sound study; ``number`` makes its id."""
    name = f"author{number}"
    plain = Study(
        id=f"{name}-2020",
        citation=Citation(type="article-journal", title=f"Title {number}", author=(Name(family=name),), issued=2020),
        role="evidence",
        design="qualitative",
        coded_from="abstract",
        provenance=Provenance(entered_from="hand", as_of="2026-01-01"),
    )
    return replace(plain, **changes)


def aims(sides: str) -> Aims:
    """Aims by the sides that a study sets out to examine: outcome, process, both, neither or not_coded.

    If both are aims, the process is the secondary one.
    """
    codes = {
        "outcome": ("primary", "not_an_aim"),
        "process": ("not_an_aim", "primary"),
        "both": ("primary", "secondary"),
        "neither": ("not_an_aim", "not_an_aim"),
        "not_coded": ("not_coded", "not_coded"),
    }
    outcome, process = (Aim(code=code, reason="It says so.", read_in="aim") for code in codes[sides])
    return Aims(outcome=outcome, process=process)


def aim_codes(of: Study) -> tuple[str, str]:
    """The codes of both aims of a study, outcome first."""
    return of.aims.outcome.code, of.aims.process.code


def finding(of: str = "author1-2020", number: int = 1, **changes: Any) -> Finding:
    """A sound finding of a study."""
    plain = Finding(
        id=f"{of}.{number}",
        outcome="people.health.wellbeing",
        level="outcome",
        direction="benefit",
        evidence_role="original",
        summary="Something changed.",
        reported_in=(ReportedIn(source="abstract"),),
    )
    return replace(plain, **changes)


def reporting(number: int, *, outcome: str = "not_coded", process: str = "not_coded", **changes: Any) -> Study:
    """A study with findings on the sides coded ``present``, and the codes for both sides."""
    found = [finding(f"author{number}-2020", 1)] if outcome == "present" else []
    found += [finding(f"author{number}-2020", 2, level="experience")] if process == "present" else []
    read = {"coded_from": "full_text"} if "absent" in (outcome, process) else {}
    return study(number, **read, reports=Reports(outcome=outcome, process=process), findings=tuple(found), **changes)


def base_of(folder: Path, **files: str) -> EvidenceBase:
    """A base written to a folder; names of files without suffix, ``studies__x`` for ``studies/x.yaml``."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    return discovery.read_base(folder)


ENTRY = """  - id: {id}
    citation: {{type: document, title: A title, author: [{{family: {family}}}], issued: {year}}}
    role: evidence
    role_reason: Reports its own data.
    design: qualitative
    coded_from: abstract
    coding_note: No finding in the abstract.
    provenance: {{entered_from: hand, as_of: 2026-01-01}}
"""


def entry(family: str = "Kay", year: int = 2019, more: str = "") -> str:
    """One sound entry of a studies file, with more lines at its end."""
    return ENTRY.format(id=f"{family.lower()}-{year}", family=family, year=year) + more
