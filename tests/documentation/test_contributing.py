"""CONTRIBUTING.md names files that exist, and its worked example is code that a test runs."""

import ast
import re

from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| an? .*|^\| the words .*", PAGE, re.MULTILINE)
EXAMPLE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
TOY = REPOSITORY / "tests" / "gaps" / "test_toy_analysis.py"


def _exists(path: str) -> bool:
    pattern = re.sub(r"<\w+>", "*", path).rstrip("/")
    return any(any(folder.glob(pattern)) for folder in (REPOSITORY, REPOSITORY / "coprod_review"))


def test_every_file_in_the_table_exists() -> None:
    paths = [path for row in ROWS for path in re.findall(r"`([\w<>-]+/[\w<>./-]*)`", row)]
    assert len(paths) > 35
    assert [path for path in paths if not _exists(path)] == []


def test_every_registry_is_in_its_file() -> None:
    named = [pair for row in ROWS for pair in re.findall(r"`([A-Z_]{4,})` (?:in|of) `([\w./]+\.py)`", row)]
    assert len(named) > 10
    for registry, path in named:
        file = next(f for f in (REPOSITORY / "coprod_review" / path, REPOSITORY / path) if f.exists())
        assert re.search(rf"^{registry}\b", file.read_text(encoding="utf-8"), re.MULTILINE), (registry, path)


def test_the_worked_example_is_the_code_of_the_test() -> None:
    assert len(EXAMPLE) == 3
    run = {ast.unparse(node) for node in ast.parse(TOY.read_text(encoding="utf-8")).body}
    shown = [ast.unparse(node) for part in EXAMPLE for node in ast.parse(part).body]
    assert [statement for statement in shown if statement not in run] == []
