"""Completion in the shell: analyses, figures, tables and cells."""

import sys
from typing import Any

import pytest

from coprod_review.cli import completion
from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.reports.gaps import results_of


def _completed(line: str, run: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What bash offers for the last word of a line, asked for as Typer's script asks."""
    with monkeypatch.context() as patch:
        patch.setenv("_COPROD_REVIEW_COMPLETE", "complete_bash")
        patch.setenv("COMP_WORDS", line)
        patch.setenv("COMP_CWORD", str(line.count(" ")))
        # Otherwise the program has the name of pytest, by which Python was started.
        patch.setattr(sys.modules["__main__"], "__package__", None)
        done = run()
    assert (done.code, done.err) == (0, "")
    return str(done.out).split()


def test_the_shell_completes_analyses(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _completed("coprod-review gaps ", run, monkeypatch) == sorted(ANALYSES)
    assert _completed("coprod-review gaps re", run, monkeypatch) == [
        "recommendations", "reporting", "representation"
    ]  # fmt: skip
    assert _completed("coprod-review gaps focus se", run, monkeypatch) == ["sector"]


def test_the_shell_completes_figures_tables_and_then_cells(
    run: Any, monkeypatch: pytest.MonkeyPatch, bundled: EvidenceBase
) -> None:
    results = results_of(bundled, list(ANALYSES))
    tables = [table for result in results for table in result.tables if table.row_ids]
    figures = [figure.id for result in results for figure in result.figures]
    assert _completed("coprod-review why ", run, monkeypatch) == [*figures, *(table.id for table in tables)]
    assert _completed("coprod-review why focus.o", run, monkeypatch) == ["focus.outcome-share"]
    assert "focus.cells" in _completed("coprod-review why focus.", run, monkeypatch)
    cells = [name for table in tables for name, _, _ in table.cells() if name.startswith("focus.cells/both/")]
    assert _completed("coprod-review why focus.cells/both/", run, monkeypatch) == cells
    assert _completed("coprod-review why nothing", run, monkeypatch) == []


def test_completion_names_match_the_registry() -> None:
    assert tuple(sorted(ANALYSES)) == completion.ANALYSIS_NAMES
