"""What a reader of bibliographies is: its label, the suffixes of its files, and the function that reads."""

from collections.abc import Callable
from dataclasses import dataclass

from coprod_review.bibliography.reference import Bibliography


@dataclass(frozen=True, slots=True)
class Reader:
    """One format that ``new --from`` reads, as its module declares it."""

    label: str
    """Name of the format in sentences."""
    suffixes: tuple[str, ...]
    """Suffixes of its files."""
    read: Callable[[str], Bibliography]
    """Loses no record: each one becomes a reference, or is rejected with its line and the reason."""
