"""A figure beside what others published: numbers held as data in review.yaml, never divided.

A number that must not be compared is shown with the reason and without its share.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coprod_review.models import Framework, Published, Quantity
from coprod_review.results import Cell, Comparison, Figure, Table
from coprod_review.statistics import share_interval
from coprod_review.wording import percent, seen_in_words

APART = "must not be compared"
"""The verdict on a number that may not be set beside a figure."""


def beside(figure: Figure, framework: Framework) -> Figure:
    """The figure with every published number that review.yaml sets beside it."""
    found = tuple(_comparison(i, q) for i, q in _published(framework) if q.beside == figure.id)
    return replace(figure, comparisons=(*figure.comparisons, *found)) if found else figure


def _published(framework: Framework) -> Iterator[tuple[str, Quantity | Published]]:
    """Numbers with the id of what holds them: a claim, or an entry of its own."""
    yield from ((claim.id, quantity) for claim, quantity in framework.claimed)
    yield from ((p.id, p) for p in (framework.review.published if framework.review else ()))


def _comparison(identity: str, given: Quantity | Published) -> Comparison:
    if given.not_comparable_because:
        return Comparison(identity, None, None, None, APART, f"{given.label}: {given.not_comparable_because}")
    parts = given.fraction
    counted = f"{parts[0]} of {parts[1]}" if parts else _percent_alone(given)
    source = f" ({given.source})" if isinstance(given, Published) else ""
    return Comparison(
        benchmark=identity,
        share=parts[0] / parts[1] if parts else None,
        ratio=None,
        interval=share_interval(*parts) if parts else None,
        verdict=None,
        reason=f"{given.label}{source}: {counted}" + (f". {given.note}" if given.note else ""),
    )


def _percent_alone(given: Quantity | Published) -> str:
    """A percentage of which no numerator was seen."""
    if given.percent is None:
        return "no number"
    whole = f"of {given.N}; the numerator was not seen" if given.N else "with no numerator and denominator"
    return f"{given.percent}% {whole}"


def published_table(figures: Iterable[Figure], identity: str) -> tuple[Table, ...]:
    """Figures beside published numbers, as a table; none where nothing is held."""
    rows = [_row(f, c) for f in figures for c in f.comparisons if c.ratio is None and c.benchmark[:1] in "cp"]
    columns = ("Published", "Share", "Here", "What it counts")
    return (Table("Beside published figures", columns, tuple(rows), _NOTE, id=identity),) if rows else ()


_NOTE = (
    "Published shares with their own 95% intervals. Other works were chosen in other ways: a difference is not a "
    "change over time."
)


def _row(figure: Figure, found: Comparison) -> tuple[Cell, ...]:
    if found.verdict == APART:
        return found.benchmark, APART, figure.label, found.reason
    interval = found.interval
    limits = f" ({percent(interval.low)} to {percent(interval.high or 0)})" if interval else ""
    share = f"{100 * found.share:.1f}%{limits}" if found.share is not None else "no interval"
    return found.benchmark, share, f"{figure.label}: {seen_in_words(figure)}", found.reason
