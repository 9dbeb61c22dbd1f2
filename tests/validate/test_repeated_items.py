"""An item that is written twice is an error in every list, and its fix deletes the second one alone."""

from pathlib import Path

import pytest

from coprod_review.loading import discovery
from coprod_review.source.edits import apply_edits
from coprod_review.source.problems import Severity
from coprod_review.validate import apply_rules
from tests.conftest import entry


def _write(folder: Path, more: str) -> Path:
    (folder / "studies.yaml").write_text(f"studies:\n{entry(more=more)}", encoding="utf-8")
    return folder


def _fixed(folder: Path) -> tuple[str, list[bool]]:
    """The file after the fixes of repeated items, and whether each fix is safe."""
    base = discovery.read_base(folder)
    found = [d for d in apply_rules.diagnose_base(base) if d.code == "CPR114"]
    assert {d.severity for d in found} == {Severity.ERROR}
    fixes = [d.fix for d in found if d.fix]
    assert len(fixes) == len(found)
    text = next(text for text in base.texts if text.name.endswith("studies.yaml"))
    return apply_edits(text, [edit for fix in fixes for edit in fix.edits]), [fix.safe for fix in fixes]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    sector: [health, health]\n", "    sector: [health]\n"),
        ("    sector: [health, \"health\" , social-care]\n", "    sector: [health , social-care]\n"),
        ("    sector: [health, health, health]\n", "    sector: [health]\n"),
        ("    sector: [health,\n      health]\n", "    sector: [health]\n"),
        ("    setting: [services, services]\n", "    setting: [services]\n"),
        ("    phase:\n      - design\n      - design\n", "    phase:\n      - design\n"),
        ("    phase:\n      - design\n      # why\n      - design\n", "    phase:\n      - design\n      # why\n"),
        ("    geography: {data: [England, England]}\n", "    geography: {data: [England]}\n"),
        ("    coders: [A B, A B]\n", "    coders: [A B]\n"),
        (
            "    findings:\n      - reported_in:\n          - source: abstract\n          - source: abstract\n",
            "    findings:\n      - reported_in:\n          - source: abstract\n",
        ),
        (
            "    findings:\n      - reported_in: [{source: abstract}, {source: abstract}]\n",
            "    findings:\n      - reported_in: [{source: abstract}]\n",
        ),
    ],
)  # fmt: skip
def test_the_fix_deletes_the_second_item(before: str, after: str, tmp_path: Path) -> None:
    fixed, safe = _fixed(_write(tmp_path, before))
    assert fixed == f"studies:\n{entry(more=after)}"
    assert safe
    assert all(safe)


def test_a_fix_that_would_delete_a_comment_is_not_safe(tmp_path: Path) -> None:
    _, safe = _fixed(_write(tmp_path, "    phase:\n      - design\n      - design  # the second workshop\n"))
    assert safe == [False]


@pytest.mark.parametrize(
    "more",
    [
        "    sector: [health, social-care]\n",
        "    findings:\n      - reported_in: [{source: abstract}, {source: abstract, section: '1'}]\n",
    ],
)
def test_different_items_are_no_problem(more: str, tmp_path: Path) -> None:
    found = apply_rules.diagnose_base(discovery.read_base(_write(tmp_path, more)))
    assert "CPR114" not in {d.code for d in found}


def test_lists_of_other_files_are_sets_too(tmp_path: Path) -> None:
    _write(tmp_path, "")
    (tmp_path / "review.yaml").write_text(
        "id: r\ntestimony:\n  - {id: t1, section: '1', statement: s, outcomes: [a.b.c, a.b.c]}\n", encoding="utf-8"
    )
    found = [d for d in apply_rules.diagnose_base(discovery.read_base(tmp_path)) if d.code == "CPR114"]
    assert [(Path(d.file).name, d.pointer) for d in found] == [("review.yaml", "/testimony/0/outcomes/1")]


def test_an_author_who_is_named_twice_is_a_warning(tmp_path: Path) -> None:
    text = entry().replace("author: [{family: Kay}]", "author: [{family: Kay}, {family: Kay}]")
    (tmp_path / "studies.yaml").write_text(f"studies:\n{text}", encoding="utf-8")
    found = {d.code: d for d in apply_rules.diagnose_base(discovery.read_base(tmp_path))}
    assert found["CPR115"].severity is Severity.WARNING
    assert found["CPR115"].fix is None
    assert "CPR114" not in found
