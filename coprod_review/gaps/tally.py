"""Counts of studies by what is known of them, and the reasons for giving no share."""

from collections.abc import Sequence
from dataclasses import dataclass

from coprod_review.results.figure import Reason

MIN_STUDIES = 10
"""Under this many studies only counts are given (docs/methods/figures.md#fewer-than-ten-studies)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many studies have what is counted, for how many that is known, and for how many it is not."""

    yes: int
    known: int
    unknown: int

    @property
    def value(self) -> float | None:
        """The share of the known studies, or ``None`` if it is withheld."""
        return None if self.reason else self.yes / self.known

    @property
    def reason(self) -> Reason | None:
        """The reason for withholding the share, or ``None``."""
        if not self.known:
            return "nothing_known" if self.unknown else "empty"
        if self.unknown and self.yes == self.known:
            return "one_sided"
        return "few_known" if self.known < MIN_STUDIES else None


def tally(answers: Sequence[bool | None]) -> Tally:
    """Count answers: true, false, and ``None`` for not known."""
    yes, no = answers.count(True), answers.count(False)
    return Tally(yes, yes + no, len(answers) - yes - no)
