"""What a writer of bibliographies is: its name, the suffixes of its files, and the function that writes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coprod_review.model.study import Study


@dataclass(frozen=True, slots=True)
class Writer:
    """One format that ``export`` writes, as its module declares it."""

    name: str
    """Name that ``--format`` takes."""
    suffixes: tuple[str, ...]
    """Suffixes of output files that choose it."""
    write: Callable[[Iterable[Study]], str]
    """Returns the records of studies, in their order."""
