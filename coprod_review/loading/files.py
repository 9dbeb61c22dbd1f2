"""The files of a base: which there are, and how their paths are shown."""

from __future__ import annotations

import os
from pathlib import Path

PART_NAMES = ("base", "codebook", "benchmarks", "review")
"""Files of a base beside its studies, by stem."""


def base_files(folder: Path) -> tuple[list[Path], Path, list[Path]]:
    """The files that a base in a folder may have: its parts, its studies file, and a file for each study.

    Raises ``PermissionError`` where the folder of studies may not be opened.
    """
    studies = folder / "studies"
    # A glob passes over a folder that may not be opened, and with it over the studies inside.
    many = sorted(path for path in studies.iterdir() if path.suffix == ".yaml") if studies.is_dir() else []
    return [folder / f"{stem}.yaml" for stem in PART_NAMES], folder / "studies.yaml", many


def display_path(path: Path) -> str:
    """A path as people read it: relative to the working directory where it lies below, with forward slashes."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - a link keeps its own name
    return (whole.relative_to(Path.cwd()).as_posix() if whole.is_relative_to(Path.cwd()) else whole.as_posix()) or "."
