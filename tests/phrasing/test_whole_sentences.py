"""No code searches, splits, replaces or trims inside a finished sentence, so that words can change in one place.

The packages that make or pass on sentences may call methods that edit text only in the functions listed here, each with
its reason: ids, typed arguments, the layout of lines, and texts that curators wrote.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import coprod_review

PACKAGE = Path(coprod_review.__file__).parent
SCANNED = ("gaps", "results", "phrasing", "replication", "why", "reports", "render", "cli", "briefing/passages")
EDITS = {
    "split", "rsplit", "replace", "partition", "rpartition", "removesuffix", "removeprefix", "strip", "rstrip",
    "lstrip", "splitlines", "translate", "casefold", "find", "index",
}  # fmt: skip
ALLOWED: dict[str, str] = {}
"""Functions that may edit text, with the reason."""


def _edits(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield every call that edits text, with the function that it is in."""

    def visit(node: ast.AST, function: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.FunctionDef):
            function = node.name
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method, owner = node.func.attr, node.func.value
            if method in EDITS or (isinstance(owner, ast.Name) and owner.id == "re"):
                yield function, ast.unparse(node)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, function)

    return visit(tree, "module")


def edits_of_package() -> dict[str, list[str]]:
    """Every call that edits text, by module and function."""
    found: dict[str, list[str]] = {}
    for name in SCANNED:
        for path in sorted((PACKAGE / name).rglob("*.py")):
            for function, call in _edits(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(f"{path.relative_to(PACKAGE).as_posix()}:{function}", []).append(call)
    return found


def test_only_the_listed_functions_edit_text() -> None:
    assert {place: calls for place, calls in edits_of_package().items() if place not in ALLOWED} == {}


def test_the_list_holds_no_function_that_no_longer_edits_text() -> None:
    assert [place for place in ALLOWED if place not in edits_of_package()] == []


def test_a_planted_edit_is_found() -> None:
    tree = ast.parse('def words(gap):\n    return gap.statement.replace(" cells", " domains")\n')
    assert list(_edits(tree)) == [("words", "gap.statement.replace(' cells', ' domains')")]
