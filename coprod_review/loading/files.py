"""The files of a base: which ones there can be, and how their paths are displayed."""

from __future__ import annotations

import os
from pathlib import Path

PART_NAMES = ("base", "codebook", "benchmarks", "review")
"""Files of a base beside its studies, by their stems."""


def base_files(folder: Path) -> tuple[list[Path], Path, list[Path]]:
    """Return the files that a base in a folder can have: its parts, its studies file, and a file for each study.

    Raises ``PermissionError`` where the folder of studies may not be opened.
    """
    studies = folder / "studies"
    # A glob would silently skip a folder that may not be opened, and the studies inside it.
    study_files = sorted(path for path in studies.iterdir() if path.suffix == ".yaml") if studies.is_dir() else []
    return [folder / f"{stem}.yaml" for stem in PART_NAMES], folder / "studies.yaml", study_files


def part_of(name: str) -> str | None:
    """Return which part of a base a file is by its name, or ``None`` for a file of studies."""
    path = Path(name)
    return path.stem if path.stem in PART_NAMES and path.parent.name != "studies" else None


def base_folder(path: Path) -> Path:
    """Return the folder of the base that a file belongs to."""
    return path.parent.parent if path.parent.name == "studies" else path.parent


def display_path(path: Path) -> str:
    """Return a path as people write it: relative where it is below the working directory, and with forward slashes."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()
