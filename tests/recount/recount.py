"""A second count of a base, from its raw YAML alone, so that the program's figures can be checked against it.

Nothing here imports the package. Each module of ``analyses`` counts one analysis again and has the same file name as
in ``coprod_review/gaps/analyses``; no list names the modules. A module has one or more of these functions, which take
a ``Base``: ``figures`` (pairs of an id and a figure), ``cells`` (pairs of an id and the ids in a cell) and ``gaps``
(for each place, the rules that apply). ``python -m tests.recount [FOLDER]`` prints the shares and the ratio.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.recount import analyses
from tests.recount.reading import Base, Entry, Passes, read

MODULES: Mapping[str, ModuleType] = {
    module.name.replace("_", "-"): importlib.import_module(f"{analyses.__name__}.{module.name}")
    for module in pkgutil.iter_modules(analyses.__path__)
}
"""The module of every analysis that is counted again, by the name of the analysis."""


def figures(folder: Path, passes: Passes | None = None) -> dict[str, Entry]:
    """Every figure by its id; with ``passes`` only of the studies that pass."""
    return dict(_every("figures", read(folder, passes)))


def cells(folder: Path, passes: Passes | None = None) -> dict[str, list[str]]:
    """Ids in the cells of tables, by ``table/row/column``."""
    return dict(_every("cells", read(folder, passes)))


def gaps(folder: Path, analysis: str = "matrix") -> dict[str, list[str]]:
    """For every place of an analysis, the gap rules that apply there; the places of the map are its domains."""
    found: dict[str, list[str]] = MODULES[analysis].gaps(read(folder))
    return found


def _every(part: str, base: Base) -> Iterator[tuple[str, Any]]:
    for module in MODULES.values():
        if hasattr(module, part):
            yield from getattr(module, part)(base)
