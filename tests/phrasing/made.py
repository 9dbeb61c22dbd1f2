"""Figures with given numbers, as the analyses make them, to test what is written about them."""

from collections.abc import Sequence

from coprod_review.gaps import shares
from coprod_review.gaps.tally import Tally
from coprod_review.results.figure import Figure, Unit, Unknown
from coprod_review.results.intervals import share_interval


def share(identity: str, yes: int, known: int, unknown: int = 0) -> Figure:
    """A share of studies: how many pass, for how many that is known, and for how many it is not."""
    counts = Tally(yes, known, unknown)
    return Figure(
        id=identity,
        label="Label",
        definition="definition",
        numerator=yes if known else None,
        denominator=known,
        value=counts.value,
        interval=share_interval(yes, known) if counts.value is not None else None,
        unknown=Unknown(unknown, None, None),
        reason=counts.reason,
    )


def count(identity: str, counted: Sequence[str], of: Sequence[str], unit: Unit) -> Figure:
    """A count of things that are not studies."""
    return shares.count(identity, "Label", "definition", counted, of, "count_of_records", unit=unit)
