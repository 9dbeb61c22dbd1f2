"""Diagnostics in GitHub Actions: annotations, the summary, and data that cannot issue commands."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.validating import MISTAKES, Command, written
from tests.conftest import entry

pytestmark = pytest.mark.usefixtures("empty_folder")


def test_actions_use_github_format_and_summary(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written(MISTAKES)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (tmp_path / "summary.md").write_text("before\n", encoding="utf-8")
    done = run("validate", "base")
    assert done.code == 1
    assert (
        "::error file=base/studies.yaml,line=10,endLine=10,col=18,endColumn=20,title=coprod-review CPR003 (trap)"
        '::base/studies.yaml:10:18: other programs read `NO` as false, not as text%0Awrite "NO"\n'
    ) in done.out
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("before\n### Checked 1 study in 1 file: 5 errors")
    assert summary.count("\n| base/studies.yaml:") == 5


def test_unwritable_summary_is_reported(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written(MISTAKES)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "absent" / "summary.md"))
    done = run("validate", "base", "--format", "github")
    assert done.code == 2
    assert "summary.md could not be written (no such file or directory): " in done.err


def test_explicit_format_overrides_actions(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    written(MISTAKES)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run("validate", "base", "--format", "json").out.startswith("{")
    run("validate", "base", "-o", "found.xml")
    assert Path("found.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_annotations_are_escaped(run: Command) -> None:
    path = written('studies:\n  - id: "a%0A::error::x"\n    "b:,%\\n": 1\n', "a,b%c/studies.yaml")
    out = run("validate", path, "--format", "github").out
    annotations = [line for line in out.splitlines() if line.startswith("::error")]
    assert len(annotations) == 6
    assert all(line.startswith("::error file=a%2Cb%25c/studies.yaml,line=") for line in annotations)
    assert any("there is no field `b:,%25%0A` here" in line for line in annotations)


def test_annotations_stop_at_ten_per_type(run: Command) -> None:
    many = "".join(
        entry(f"Author{n}").replace("design: qualitative", "design: x  ").replace("A title", f"Title {n}")
        for n in range(12)
    )
    written("studies:\n" + many)
    lines = run("validate", "base", "--format", "github").out.splitlines()
    kinds = [m[1] for line in lines if (m := re.match(r"::(error|warning|notice) ", line))]
    assert kinds == ["error"] * 10 + ["warning"] * 10
    assert [line for line in lines if line.startswith("…")] == [
        "… and 2 more errors: the report above shows all of them.",
        "… and 2 more warnings: the report above shows all of them.",
    ]


def test_data_cannot_issue_workflow_commands(run: Command) -> None:
    lines = run("validate", written(MISTAKES, "::warning::forged/studies.yaml"), "--format", "github").out.splitlines()
    stopped = next(n for n, line in enumerate(lines) if line.startswith("::stop-commands::"))
    resumed = lines.index(f"::{lines[stopped].rpartition('::')[2]}::")
    inside = [n for n, line in enumerate(lines) if "forged" in line and not line.startswith("::error")]
    assert stopped == 0
    assert all(stopped < n < resumed for n in inside)
    assert inside


def test_annotation_paths_start_at_repository_root(
    run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written(MISTAKES)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path / "base")
    assert "::error file=base/studies.yaml,line=3," in run("validate", "studies.yaml", "--format", "github").out
    found = json.loads(run("validate", "studies.yaml", "--format", "sarif").out)["runs"][0]["results"][0]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "base/studies.yaml"
