"""Example files say on their own lines what is wrong with them; a new case is a new file or folder.

``# error: [CODE]`` expects a diagnostic on its line, ``# expect: LINE CODE`` on another.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from coprod_review.loading import discovery
from coprod_review.loading.parse_errors import PARSE_RULES
from coprod_review.validate import apply_rules
from coprod_review.validate.registry import RULE_MODULES, RULES
from coprod_review.validate.rule_docs import parse_rule_docs
from coprod_review.validate.rules.base import unused_ignore
from tests.conftest import EXAMPLES, REPOSITORY
from tests.validate.rules.plain_english import PRIVATE_WORDS

CASES = sorted(path for path in EXAMPLES.iterdir() if path.suffix == ".yaml" or path.is_dir())


def _expected(path: Path) -> Counter[tuple[str, int, str]]:
    found: Counter[tuple[str, int, str]] = Counter()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found.update(
            (path.name, number, code)
            for code in re.findall(r"# error: \[(CPR\d+)\]|error: \[(CPR\d+)\]", line)
            for code in code
            if code
        )
        found.update((path.name, int(n), code) for n, code in re.findall(r"# expect: (\d+) (CPR\d+)", line))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_examples_are_diagnosed_exactly_as_marked(case: Path) -> None:
    files = sorted(case.glob("*.yaml")) if case.is_dir() else [case]
    expected = sum((_expected(path) for path in files), Counter())
    found = Counter(
        (Path(d.file).name, d.span.line, d.code) for d in apply_rules.diagnose_base(discovery.read_base(case))
    )
    assert found == expected


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_messages_are_clauses_with_a_hint(case: Path) -> None:
    for d in apply_rules.diagnose_base(discovery.read_base(case)):
        assert d.hint, d.code
        assert not d.message.endswith("."), d.message
        # What the file itself says is between backticks.
        assert PRIVATE_WORDS.findall(re.sub(r"`[^`]*`", "", f"{d.message} {d.hint}")) == [], d.code


def test_every_code_has_an_example_or_test() -> None:
    shown = {
        code for path in EXAMPLES.rglob("*.yaml") for code in re.findall(r"CPR\d+", path.read_text(encoding="utf-8"))
    }
    without_file = {"CPR004", "CPR009", "CPR010"}  # bytes, a huge line, no permission: see test_bad_input.py
    unseen = {"CPR011", "CPR012", "CPR013", "CPR307", "CPR901"}  # see test_files.py
    on_pages = {code for code, kind in RULES.items() if parse_rule_docs(kind.docs).fails}  # see test_pages.py
    assert set(RULES) == shown | without_file | unseen | on_pages


def test_codes_and_names_are_unique() -> None:
    kinds = [*PARSE_RULES.values(), *(check.RULE for check in RULE_MODULES.values()), unused_ignore.RULE]
    assert len({kind.code for kind in kinds}) == len({kind.name for kind in kinds}) == len(kinds) == len(RULES)


def test_every_check_in_the_folder_is_registered() -> None:
    modules = {p.stem for p in (REPOSITORY / "coprod_review" / "validate" / "rules").rglob("*.py")} - {
        "__init__",
        "hints",
        "repeats",
    }
    # Whether a suppression is unused is known only after every rule has run, so its module is in no family's list.
    assert modules == {name.replace("-", "_") for name in RULE_MODULES} | {"unused_ignore"}
    reading = {p.stem for p in (REPOSITORY / "coprod_review" / "loading" / "parse_errors").glob("*.py")} - {"__init__"}
    assert reading == {name.replace("-", "_") for name in PARSE_RULES}
