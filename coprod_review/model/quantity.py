"""Numbers as a source prints them."""

from dataclasses import dataclass
from typing import Annotated

from coprod_review.model.record import Coded, Record


def fraction_of(n: int | float | None, total: int | None) -> tuple[int, int] | None:
    """Return numerator and denominator where they make a share: whole numbers, ``0 <= n <= total``, ``total > 0``."""
    return (n, total) if isinstance(n, int) and total and 0 <= n <= total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Record):
    """A number as a source prints it: n of N, or a percentage without one of the two."""

    label: str
    """What the number counts, in your own words."""
    n: int | float | None = None
    """Numerator; the value itself if the number is not a share."""
    N: int | None = None
    """Denominator."""
    percent: int | float | None = None
    """Percentage as the source prints it."""
    unit: str | None = None
    """What is counted: studies, people, GBP, percent a year."""
    period: str | None = None
    """Period that the number covers, as text."""
    denominator: Annotated[str, Coded("denominators")] | None = None
    """reported if n and N are given here; not_reported if the source does not give both."""
    study: str | None = None
    """Id of the cited study that the number is attributed to."""
    beside: str | None = None
    """Id of a figure of this base to compare the number with."""
    not_comparable_because: str | None = None
    """Why the number must not be compared with that figure."""
    note: str | None = None
    """Anything a reader must know before using the number."""

    @property
    def fraction(self) -> tuple[int, int] | None:
        """Numerator and denominator where both are recorded and make a share, else ``None``."""
        return fraction_of(self.n, self.N)

    @property
    def recomputed(self) -> int | float | None:
        """The percentage worked out from numerator and denominator where both are recorded, else the number given."""
        if self.fraction:
            return 100 * self.fraction[0] / self.fraction[1]
        return self.n if self.percent is None else self.percent
