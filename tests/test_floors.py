"""Imports go down: a room leans on lower floors, and never on a room of its own."""

import ast
from pathlib import Path

import coprod_review

PACKAGE = Path(coprod_review.__file__).parent
FLOORS = [
    {"errors", "bundled", "suggestions", "statistics", "__init__"},
    {"yaml_text", "models", "results", "output"},
    {"problems", "pages", "shape", "validation", "wording", "facets", "references"},
    {"templating", "base"},
    {"misreadings", "suppressions", "splicing", "render", "diagnostics", "importers", "exporters"},
    {"evidence", "citations", "documents"},
    {"checks", "gaps", "history", "drafting", "prompts", "changes"},
    {"regenerated", "kept"},
    {"reports"},
    {"briefing"},
    {"cli"},
    {"__main__"},
]
# Imported when asked for, by a name that a Python user needs.
LAZY = {("__init__", "checks"), ("__init__", "cli")}


def _floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "coprod_review":
            parts = node.module.split(".")[1:]
            found |= {parts[0]} if parts else {alias.name for alias in node.names}
    return found - {"__version__"}


def test_every_room_is_on_a_floor_and_every_import_goes_down() -> None:
    upward = [
        f"{_room(path)} imports {room}"
        for path in PACKAGE.rglob("*.py")
        for room in _imports(path)
        if room != _room(path) and (_room(path), room) not in LAZY and _floor(room) >= _floor(_room(path))
    ]
    assert upward == []


def _outside(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return named | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}


def test_one_room_alone_imports_pydantic() -> None:
    assert {_room(path) for path in PACKAGE.rglob("*.py") if "pydantic" in _outside(path)} == {"validation"}


def test_analyses_and_checks_know_nothing_of_terminals_and_formats() -> None:
    below = [path for path in PACKAGE.rglob("*.py") if _room(path) in ("checks", "gaps")]
    assert not [path for path in below if _outside(path) & {"rich", "typer", "jinja2", "csv", "json"}]
