"""A figure beside what others published: numbers held as data in review.yaml, never divided.

A number that must not be compared is shown with the reason and without its share.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published
from coprod_review.phrasing.figures import seen_in_words
from coprod_review.results.figure import Comparison, Figure
from coprod_review.results.intervals import share_interval
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import percent

NOT_COMPARABLE = "must not be compared"
"""The verdict on a number that may not be set beside a figure."""

Given = tuple[Quantity | Published, Comparison]
"""A number, and what is shown of it."""


def with_published(result: Result, framework: Framework) -> Result:
    """A result with every number that review.yaml sets beside one of its figures, and a table of them."""
    given = tuple(_given(framework))
    figures = tuple(_beside(figure, given) for figure in result.figures)
    table = _table(result.analysis, figures, given)
    return replace(result, figures=figures, tables=(*table, *result.tables)) if table else result


def _beside(figure: Figure, given: Iterable[Given]) -> Figure:
    found = tuple(comparison for number, comparison in given if number.beside == figure.id)
    return replace(figure, comparisons=(*figure.comparisons, *found)) if found else figure


def _given(framework: Framework) -> Iterator[Given]:
    """Numbers that stand beside a figure, with the id of what holds them: a claim, or an entry of its own."""
    for claim, quantity in framework.claim_figures:
        if quantity.beside:
            yield quantity, replace(_comparison(claim.id, quantity, quantity.label), source_kind="claim")
    for entry in framework.review.published if framework.review else ():
        yield entry, replace(_comparison(entry.id, entry, f"{entry.label} ({entry.source})"), source_kind="published")


def _comparison(identity: str, given: Quantity | Published, label: str) -> Comparison:
    if given.not_comparable_because:
        return Comparison(identity, None, None, None, NOT_COMPARABLE, f"{given.label}: {given.not_comparable_because}")
    parts = given.fraction
    counted = f"{parts[0]} of {parts[1]}" if parts else _percent_alone(given)
    return Comparison(
        benchmark=identity,
        share=parts[0] / parts[1] if parts else None,
        ratio=None,
        interval=share_interval(*parts) if parts else None,
        verdict=None,
        reason=f"{label}: {counted}" + (f". {given.note}" if given.note else ""),
    )


def _percent_alone(given: Quantity | Published) -> str:
    """A percentage of which no numerator was seen."""
    if given.percent is None:
        return "no number"
    whole = f"of {given.N}; the numerator was not seen" if given.N else "with no numerator and denominator"
    return f"{given.percent}% {whole}"


def _table(analysis: str, figures: Sequence[Figure], given: Iterable[Given]) -> tuple[Table, ...]:
    """Figures beside published numbers, as a table; none where nothing is held."""
    rows = [_row(f, c) for f in figures for c in f.comparisons if c.source_kind != "benchmark"]
    rows += _astray(analysis, {f.id for f in figures}, given)
    columns = ("Published", "Share", "Here", "What it counts")
    return (Table("Beside published figures", columns, tuple(rows), _NOTE, id=f"{analysis}.published"),) if rows else ()


def _astray(analysis: str, known: Container[str], given: Iterable[Given]) -> Iterator[tuple[Cell, ...]]:
    """Numbers that name a figure which the analysis does not give, so that none is silently left out."""
    for number, found in given:
        named = number.beside or ""
        if named.startswith(f"{analysis}.") and named not in known:
            yield found.benchmark, "not set beside anything", f"{named}: no such figure", found.reason


_NOTE = (
    "Published shares with their own 95% intervals. Other works were chosen in other ways: a difference is not a "
    "change over time."
)


def _row(figure: Figure, found: Comparison) -> tuple[Cell, ...]:
    if found.verdict == NOT_COMPARABLE:
        return found.benchmark, NOT_COMPARABLE, figure.label, found.reason
    interval = found.interval
    limits = f" ({percent(interval.low)} to {percent(interval.high or 0)})" if interval else ""
    share = f"{100 * found.share:.1f}%{limits}" if found.share is not None else "no interval"
    return found.benchmark, share, f"{figure.label}: {seen_in_words(figure)}", found.reason
