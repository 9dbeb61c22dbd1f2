"""Imports only go down: a package imports packages of lower layers, and of its own layer only without a cycle."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import coprod_review

PACKAGE = Path(coprod_review.__file__).parent
LAYERS = (
    ("errors", "bundled", "text", "files", "model", "source", "__init__"),
    ("loading", "results", "bibliography"),
    ("validate", "gaps", "phrasing"),
    ("replication", "why", "reports", "render", "documents"),
    ("briefing",),
    ("cli", "__main__"),
)
"""Packages and loose modules by layer, the lowest first."""
STILL_TO_MOVE: dict[str, int] = {}
"""Old modules that have no place yet, each with the layer it belongs to; the list may only shrink."""
LAZY = {("__init__", "validate"), ("__init__", "cli")}
"""Imports of a name when it is asked for."""

Arrow = tuple[str, str]


def _layer(room: str) -> int:
    if room in STILL_TO_MOVE:
        return STILL_TO_MOVE[room]
    return next(number for number, rooms in enumerate(LAYERS) if room in rooms)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "coprod_review":
            parts = node.module.split(".")[1:]
            yield from parts[:1] or (alias.name for alias in node.names)


def _arrows() -> set[Arrow]:
    pairs = {(_room(path), room) for path in PACKAGE.rglob("*.py") for room in _imported(path)}
    return {(a, b) for a, b in pairs if a != b and b != "__version__"} - LAZY


def test_no_import_goes_up() -> None:
    assert [(a, b) for a, b in sorted(_arrows()) if _layer(b) > _layer(a)] == []


def test_no_imports_form_a_cycle() -> None:
    graph: dict[str, set[str]] = {}
    for importer, imported in _arrows():
        graph.setdefault(importer, set()).add(imported)
    TopologicalSorter(graph).prepare()


def test_every_old_module_of_the_list_is_still_there() -> None:
    rooms = {_room(path) for path in PACKAGE.rglob("*.py")}
    assert set(STILL_TO_MOVE) <= rooms


def _outside(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return named | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}


def test_one_package_alone_imports_pydantic() -> None:
    assert {_room(path) for path in PACKAGE.rglob("*.py") if "pydantic" in _outside(path)} == {"loading"}


def test_analyses_and_rules_know_nothing_of_terminals_and_formats() -> None:
    below = [*(PACKAGE / "validate" / "rules").rglob("*.py"), *(PACKAGE / "gaps").rglob("*.py")]
    assert not [path for path in below if _outside(path) & {"rich", "typer", "jinja2", "csv", "json"}]
