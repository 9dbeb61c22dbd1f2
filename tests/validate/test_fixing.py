"""Fixing touches what was wrong and nothing else, twice is once, and a file is never half written."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review import bundled
from coprod_review.files.patches import Rewrite
from coprod_review.files.writing import UnwritableFile, replace_texts
from coprod_review.loading import assembly
from coprod_review.source import edits
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import check_paths, fixing
from tests.conftest import base_of, entry

WHOLE = (bundled.DATA / "studies.yaml").read_text(encoding="utf-8")
HEAD, *REST = re.split(r"(?m)^(?=  - id: )", WHOLE)

# Slips of the pen, with the original text that each replaces: each has a safe fix that restores the meaning.
SLIPS = {
    "a label for its term": (r"design: qualitative$", "design: Qualitative study"),
    "the other spelling": (r"sector: \[health\]", "sector: [Health care]"),
    "text without quotation marks": (r'volume: "(\d+)"', r"volume: \1"),
    "a year as text": (r"issued: (\d{4})$", r'issued: "\1"'),
    "a word for a list": (r"practice: \[([\w-]+)\]", r"practice: \1"),
    "blanks at the end": (r"role: evidence$", "role: evidence   "),
}


@st.composite
def slipped(draw: st.DrawFn) -> tuple[str, str]:
    """Some bundled entries, and the same with slips of the pen in them; comments stay where they stand."""
    entries = draw(st.lists(st.sampled_from(REST), min_size=1, max_size=4, unique=True))
    sound = "studies:\n  # The first comment.\n" + "".join(entries) + "# The last comment.\n"
    broken = sound
    for name in draw(st.lists(st.sampled_from(sorted(SLIPS)), min_size=1, unique=True)):
        pattern, written = SLIPS[name]
        broken = re.sub(pattern, written, broken, count=draw(st.integers(1, 3)), flags=re.MULTILINE)
    return sound, broken


def _fixed(folder: Path, text: str) -> str:
    path = folder / "studies.yaml"
    path.write_bytes(text.encode())
    _, rewrites = fixing.apply_fixes([folder], None, check_paths.DiagnosticSelection(), unsafe=False)
    replace_texts(rewrites)
    return path.read_bytes().decode()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(slipped())
def test_safe_fixes_restore_the_entry_exactly(tmp_path_factory: pytest.TempPathFactory, texts: tuple[str, str]) -> None:
    folder = tmp_path_factory.mktemp("base")
    sound, broken = texts
    fixed = _fixed(folder, broken)
    assert YamlText(fixed, "x").data == YamlText(sound, "x").data
    changed = [n for n, (a, b) in enumerate(zip(sound.split("\n"), broken.split("\n"), strict=True)) if a != b]
    for number, (before, after) in enumerate(zip(broken.split("\n"), fixed.split("\n"), strict=True)):
        assert before == after or number in changed
    assert _fixed(folder, fixed) == fixed


def test_every_planted_mistake_applies_to_some_study() -> None:
    assert [name for name, (pattern, _) in SLIPS.items() if not re.search(pattern, WHOLE, re.MULTILINE)] == []


def _to_fix(folder: Path) -> Path:
    base_of(folder, studies="studies:\n" + entry(more="    sector: [social care]\n"))
    return folder / "studies.yaml"


def test_file_changed_during_fix_is_not_overwritten(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path, applied = _to_fix(tmp_path), edits.apply_edits

    def somebody_saves(*arguments: Any) -> str:
        path.write_text("studies: []  # somebody else's\n", encoding="utf-8")
        return applied(*arguments)

    monkeypatch.setattr(fixing, "apply_edits", somebody_saves)
    done = run("validate", tmp_path, "--fix")
    assert (done.code, done.err.count("changed while the program was working on it")) == (2, 1)
    assert path.read_text(encoding="utf-8") == "studies: []  # somebody else's\n"
    assert [p.name for p in tmp_path.iterdir()] == ["studies.yaml"]


@pytest.mark.parametrize("moment", ["replace", "chmod"])
def test_failed_write_leaves_the_file_unchanged(
    moment: str, tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _to_fix(tmp_path)
    before = path.read_bytes()

    def fail(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, moment, fail)
    done = run("validate", tmp_path, "--fix")
    assert (done.code, "no space left on device" in done.err) == (2, True)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["studies.yaml"]


def test_interrupted_write_leaves_the_file_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _to_fix(tmp_path)
    before = path.read_text(encoding="utf-8")

    def interrupt(*arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_texts([Rewrite(path, before, "studies: []\n")])
    assert path.read_text(encoding="utf-8") == before
    assert [p.name for p in tmp_path.iterdir()] == ["studies.yaml"]


def test_a_file_that_vanished_is_not_written_again(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match="changed while the program was working on it"):
        replace_texts([Rewrite(tmp_path / "gone.yaml", "a: 1\n", "a: 2\n")])
    assert list(tmp_path.iterdir()) == []


def test_misspelt_field_does_not_duplicate_an_existing_one(tmp_path: Path) -> None:
    base = base_of(tmp_path, studies="studies:\n" + entry(more="    desing: qualitative\n"))
    (found,) = [p for p in base.problems if p.rule.name == "unknown-field"]
    assert (found.hint, found.fix) == ("did you mean `design`?", None)
    alone = assembly.assemble("x", [YamlText("studies:\n  - desing: x\n", "x.yaml")])
    assert [p.fix is not None for p in alone.problems if p.rule.name == "unknown-field"] == [True]
