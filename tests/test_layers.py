"""Imports go down, as the tables of docs/architecture.md say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import coprod_review

PACKAGE = Path(coprod_review.__file__).parent
REPOSITORY = PACKAGE.parent
PAGE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
LAYERS = {name: int(layer) for layer, name in re.findall(r"^\| (\d) \| `(\w+)` \|", PAGE, re.MULTILINE)}
"""Packages and loose modules of the page, each with its layer; 1 is the lowest."""
SIDEWAYS = set(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", PAGE, re.MULTILINE))
"""Imports within a layer that the page allows."""
ENTRANCES = {"__init__", "__main__"}
"""Modules at the very top, which import what they need when it is asked for."""
MOST_LOOSE_MODULES = 5

Arrow = tuple[str, str]


def _unit(path: Path) -> str:
    """The package, or the loose module, that a file belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "coprod_review":
            parts = node.module.split(".")[1:]
            yield from parts[:1] or (alias.name for alias in node.names if alias.name != "__version__")


def _arrows() -> set[Arrow]:
    return {(_unit(path), unit) for path in PACKAGE.rglob("*.py") for unit in _imported(path) if unit != _unit(path)}


def _purpose(unit: str) -> str:
    path = PACKAGE / unit / "__init__.py" if (PACKAGE / unit).is_dir() else PACKAGE / f"{unit}.py"
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]


def test_every_package_has_a_row_with_its_purpose() -> None:
    expected = {unit: f"| {LAYERS.get(unit, '?')} | `{unit}` | {_purpose(unit)} |" for unit in _units() - ENTRANCES}
    assert [row for row in expected.values() if row not in PAGE.splitlines()] == []
    assert set(LAYERS) == set(expected)


def _units() -> set[str]:
    return {_unit(path) for path in PACKAGE.rglob("*.py")}


def test_no_import_goes_up() -> None:
    arrows = [(a, b) for a, b in sorted(_arrows()) if not {a, b} & ENTRANCES]
    assert [(a, b) for a, b in arrows if LAYERS[b] > LAYERS[a]] == []


def test_imports_within_a_layer_are_on_the_page() -> None:
    within = {(a, b) for a, b in _arrows() if not {a, b} & ENTRANCES and LAYERS[a] == LAYERS[b]}
    assert within == SIDEWAYS
    assert not {(b, a) for a, b in within} & within


def test_few_modules_are_outside_the_packages() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= MOST_LOOSE_MODULES


def test_contributing_lists_the_same_layers() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\d) \| ((?:`\w+` ?)+)\|", text, re.MULTILINE))
    listed = {name: int(layer) for layer, names in rows.items() for name in re.findall(r"`(\w+)`", names)}
    assert listed == LAYERS


def _third_party(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return modules | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}


def test_one_package_alone_imports_pydantic() -> None:
    assert {_unit(path) for path in PACKAGE.rglob("*.py") if "pydantic" in _third_party(path)} == {"loading"}


def test_analyses_and_rules_import_no_terminal_and_no_format() -> None:
    modules = [*(PACKAGE / "validate" / "rules").rglob("*.py"), *(PACKAGE / "gaps").rglob("*.py")]
    assert not [path for path in modules if _third_party(path) & {"rich", "typer", "jinja2", "csv", "json"}]
