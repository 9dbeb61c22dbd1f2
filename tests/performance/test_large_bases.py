"""Errors in a base of 2,000 entries: all of them in one run, in reading order."""

from pathlib import Path

import pytest

from benchmarks.generate import FAULTS_OF_ENTRIES, studies, write
from coprod_review.loading import discovery
from coprod_review.source.problems import Severity
from coprod_review.validate import apply_rules

pytestmark = pytest.mark.slow

ENTRIES, FAULTS = 2_000, 200


def test_errors_of_a_large_base_are_in_reading_order(tmp_path: Path) -> None:
    write(ENTRIES, tmp_path / "base", faults=FAULTS)
    ids = [identity for identity, _ in studies(ENTRIES)][:: ENTRIES // FAULTS]
    kinds = list(FAULTS_OF_ENTRIES)
    found = [
        d for d in apply_rules.diagnose_base(discovery.read_base(tmp_path / "base")) if d.severity is not Severity.NOTE
    ]
    assert [(d.study, d.code) for d in found] == [(one, kinds[n % len(kinds)]) for n, one in enumerate(ids)]
    lines = (tmp_path / "base" / "studies.yaml").read_text(encoding="utf-8").split("\n")
    assert [d.span.line for d in found] == sorted(d.span.line for d in found)
    assert all(d.source == lines[d.span.line - 1] for d in found)
    assert {lines[d.span.line - 1] for d in found if d.code == "CPR201"} == {"    design: unheard-of"}
