"""Every page of the catalogue tells the truth: its failing example fails at the marked line, its passing one passes."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review.loading import discovery
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Diagnostic, Severity
from coprod_review.validate import apply_rules
from coprod_review.validate.registry import RULES
from coprod_review.validate.rule_docs import parse_rule_docs
from tests.validate.rules.plain_english import PRIVATE_WORDS
from tests.validate.rules.planting import RAW, SAMPLE, in_raw, marked_line, marked_paths, routed, written

PAGES = {code: parse_rule_docs(kind.docs) for code, kind in RULES.items()}
# An example would be bytes that nobody sees, a huge file or a file's name; each has a test of its own.
UNSHOWN = {"CPR004", "CPR005", "CPR008", "CPR009", "CPR010", "CPR011", "CPR012", "CPR013", "CPR307", "CPR901"}
SHOWN = sorted(set(PAGES) - UNSHOWN)
# Examples about a file without any study, and about the whole base, which needs its base.yaml.
WHOLE_FILE = {"CPR104"}


def _diagnosed(folder: Path, code: str, example: str) -> list[Diagnostic]:
    if code in RAW:
        (folder / "studies").mkdir(parents=True)
        (folder / "studies" / "kay-2019.yaml").write_text(in_raw(SAMPLE["study"], example), encoding="utf-8")
    elif code in WHOLE_FILE and "[]" in example:
        folder.mkdir()
        (folder / "studies.yaml").write_text(example + "\n", encoding="utf-8")
    else:
        written(folder, SAMPLE["study"], routed(yaml.safe_load(example)))
    # The files of the sample are not named for their entries.
    return [d for d in apply_rules.diagnose_base(discovery.read_base(folder)) if d.code != "CPR307"]


@pytest.mark.parametrize("code", PAGES)
def test_pages_say_what_why_and_what_to_do(code: str) -> None:
    page = PAGES[code]
    assert page.title.endswith(".")
    assert len(page.why) > 40
    assert page.fix.endswith(".")
    assert bool(page.fails) == bool(page.passes) == (code not in UNSHOWN)


@pytest.mark.parametrize("code", PAGES)
def test_pages_are_plain_english(code: str) -> None:
    text = " ".join((PAGES[code].title, PAGES[code].why, PAGES[code].fix))
    assert PRIVATE_WORDS.findall(text) == []
    assert [s for s in re.split(r"(?<=[.!?])\s", text) if len(s.split()) > 28] == []


@pytest.mark.parametrize("code", SHOWN)
def test_the_failing_example_fails_at_its_marked_line(code: str, tmp_path: Path) -> None:
    found = [d for d in _diagnosed(tmp_path / "b", code, PAGES[code].fails) if d.code == code]
    assert found
    if code in RAW:
        assert len(found) == 1
        end = len(in_raw(SAMPLE["study"], PAGES[code].fails).splitlines())
        lines = PAGES[code].fails.count("\n") + 1
        assert found[0].span.line == end - lines + marked_line(PAGES[code].fails, code)
    else:
        several = "studies:" in PAGES[code].fails
        expected = {_shape(path[2:] if several else path) for path in marked_paths(PAGES[code].fails, code)}
        # The order of the terms in the whole codebook is not that of the example.
        shown = {_shape(tuple(d.pointer.split("/")[1:])) for d in found}
        assert all(any(one == path[: len(one)] for path in expected) or _parents(expected, one) for one in shown)


def _parents(expected: set[KeyPath], shown: KeyPath) -> bool:
    """A missing field is reported at the mapping that should hold it."""
    return any(shown[:-1] == path[:-1] for path in expected)


def _shape(path: KeyPath) -> KeyPath:
    return tuple("N" if str(step).isdecimal() else step for step in path)


@pytest.mark.parametrize("code", SHOWN)
def test_the_passing_example_has_no_error_and_no_warning(code: str, tmp_path: Path) -> None:
    found = _diagnosed(tmp_path / "b", code, PAGES[code].passes)
    assert [d for d in found if d.code == code or d.severity is not Severity.NOTE] == []


def test_the_sample_without_any_example_is_sound(tmp_path: Path) -> None:
    parts: dict[str, Any] = {"study": {}, "base": {}, "review": {}, "benchmarks": {}}
    written(tmp_path / "b", SAMPLE["study"], parts)
    found = apply_rules.diagnose_base(discovery.read_base(tmp_path / "b"))
    assert [d for d in found if d.severity is not Severity.NOTE and d.code != "CPR307"] == []
