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
from tests.recount.reading import COUNTS_AS, Base, Entry, Passes, read

MODULES: Mapping[str, ModuleType] = {
    module.name.replace("_", "-"): importlib.import_module(f"{analyses.__name__}.{module.name}")
    for module in pkgutil.iter_modules(analyses.__path__)
}
"""The module of every analysis that is counted again, by the name of the analysis."""


def figures(folder: Path, passes: Passes | None = None) -> dict[str, Entry]:
    """Every figure by its id, with what the review alone adds; with ``passes`` only of the studies that pass."""
    counted, full = (dict(_every("figures", base)) for base in _read_and_full(folder, passes))
    return {name: {**figure, "added": _added(figure, full[name])} for name, figure in counted.items()}


def _read_and_full(folder: Path, passes: Passes | None) -> tuple[Base, Base]:
    """The base with what was read of the studies, and with all findings."""
    return read(folder, passes), read(folder, passes, everything=True)


def _added(figure: Entry, full: Entry) -> dict[str, list[str]]:
    """Ids of what is counted, known and not known with all findings and not in what was read, and the reverse."""
    pool = [*figure["known"], *figure["open"]]
    return {
        "counted": [i for i in full["counted"] if i not in figure["counted"]],
        "known": [i for i in full["known"] if i not in figure["known"]],
        "open": [i for i in full["open"] if i not in pool],
        "pool": [i for i in (*full["known"], *full["open"]) if i not in pool],
        "removed": [i for i in figure["counted"] if i not in full["counted"]],
    }


def cells(folder: Path, passes: Passes | None = None) -> dict[str, list[str]]:
    """Ids in the cells of tables, by ``table/row/column``, from what was read."""
    return _cells(read(folder, passes))


def cells_of_review(folder: Path) -> dict[str, list[str]]:
    """Ids that the review alone adds to the cells of tables."""
    counted, full = (_cells(base) for base in _read_and_full(folder, None))
    return {name: [i for i in content if i not in counted.get(name, [])] for name, content in full.items()}


def _cells(base: Base) -> dict[str, list[str]]:
    """Ids in the cells of tables; an entry counts as its study."""
    studies = {s["id"]: s[COUNTS_AS] for s in base.studies}
    return {name: list(dict.fromkeys(studies.get(i, i) for i in ids)) for name, ids in _every("cells", base)}


def gaps(folder: Path, analysis: str = "matrix") -> dict[str, list[str]]:
    """For every place of an analysis, the gap rules that apply there; the places of the map are its domains."""
    found: dict[str, list[str]] = MODULES[analysis].gaps(read(folder, everything=True))
    return found


def _every(part: str, base: Base) -> Iterator[tuple[str, Any]]:
    for module in MODULES.values():
        if hasattr(module, part):
            yield from getattr(module, part)(base)
