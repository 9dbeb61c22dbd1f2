"""Studies counted by what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass

MIN_STUDIES = 10
"""Under this many studies only counts are given (docs/methods/figures.md#fewer-than-ten-studies)."""

FEW = f"fewer than {MIN_STUDIES} studies are known, so counts only"
EMPTY = "there is no study to count"
NOTHING_KNOWN = "it is not known for any study"
FEW_READ = f"fewer than {MIN_STUDIES} studies were read in full text, so absence is hardly known and no share is given"
ONE_SIDED = "absence could not be coded for any study, so no share is given"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many studies have what is counted, for how many that is known, and for how many it is not."""

    yes: int
    known: int
    unknown: int

    @property
    def value(self) -> float | None:
        """The share of the known studies, or ``None`` where none may be given."""
        return None if self.why_not else self.yes / self.known

    @property
    def why_not(self) -> str | None:
        """Why no share may be computed, or ``None``."""
        if not self.known:
            return NOTHING_KNOWN if self.unknown else EMPTY
        if self.unknown and self.yes == self.known:
            return ONE_SIDED
        return FEW if self.known < MIN_STUDIES else None


def tally(codes: Sequence[bool | None]) -> Tally:
    """Count codes: true, false, and ``None`` for not known."""
    yes, no = codes.count(True), codes.count(False)
    return Tally(yes, yes + no, len(codes) - yes - no)
