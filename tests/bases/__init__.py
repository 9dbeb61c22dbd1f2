"""The bases that tests read: the shipped one, a fixed sample, and a base on another subject."""

from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "data"
"""The data of this repository, which changes; only tests of the data, the documentation and the recount read it."""
SAMPLE = Path(__file__).parent / "sample"
"""A copy of the shipped base as it stood in November 2026, which every other test reads in its place."""
