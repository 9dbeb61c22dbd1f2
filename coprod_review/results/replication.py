"""What comparing the statements of a review with a base gives: numbers, judgements and verdicts, without sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from coprod_review.model.quantity import Quantity
from coprod_review.model.stated import Quoted, Stated, StatedCount, StatedFigure
from coprod_review.results.figure import Figure

Verdict = Literal["agree", "differ", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class PartCount:
    """How many of the counted items pass the conditions, or belong to one part."""

    passing: tuple[str, ...]
    """Ids of the items that pass; a work with several findings may occur several times."""
    failing: tuple[str, ...]
    """Ids of the items that do not pass."""
    unknown: int
    """Number of items for which this is not known."""
    part: str = ""
    """Name of the part; empty for a count without parts."""


@dataclass(frozen=True, slots=True)
class CountComparison:
    """A number of things in the base, compared with what the review states."""

    stated: StatedCount
    counts: tuple[PartCount, ...]
    """One count, or one for each part."""
    total: int
    """Number of items among which each count was made."""
    verdict: Verdict | None
    """``None`` for a number that is shown and decides nothing."""


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """A figure of the base, compared with what the review states."""

    stated: StatedFigure
    figure: Figure | None
    """``None`` where the base has no figure with this id."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class QuoteComparison:
    """A claim, or a number in it, with the judgements on the works that it cites."""

    stated: Quoted
    quantities: tuple[Quantity, ...]
    judgements: Mapping[str, str]
    """A term of ``corroboration`` for each cited work; empty where the base lacks the claim or the number."""
    number_verdict: Verdict | None
    """Whether the number that the review prints fits the one of the claim; ``None`` where nothing is compared."""
    verdict: Verdict


Comparison = CountComparison | FigureComparison | QuoteComparison


@dataclass(frozen=True, slots=True)
class ReplicationRow:
    """One point of the review with its comparisons and its verdict."""

    stated: Stated
    comparisons: tuple[Comparison, ...]
    verdict: Verdict
    rests_on: tuple[str, ...]
    """Ids of studies, statements, claims and errata."""
