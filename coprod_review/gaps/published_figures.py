"""Figures beside the published numbers of review.yaml, which are never divided.

A number that must not be compared is shown with the reason and without its share.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.figure import Comparison, Figure
from coprod_review.results.intervals import share_interval
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import percent

NOT_COMPARABLE = "must not be compared"
"""The verdict on a number that may not be set beside a figure."""
_NOTE = (
    "Published shares with their own 95% intervals. Other works were chosen in other ways: a difference is not a "
    "change over time."
)

PublishedNumber = tuple[Quantity | Published, Comparison]
"""A number, and the comparison that shows it."""


def with_published(result: Result, framework: Framework) -> Result:
    """Return a result with the numbers that review.yaml sets beside its figures, and with a table of them."""
    published = tuple(_published_numbers(framework))
    figures = tuple(_with_comparisons(figure, published) for figure in result.figures)
    table = _table(result.analysis, figures, published)
    return replace(result, figures=figures, tables=(*table, *result.tables)) if table else result


def _published_numbers(framework: Framework) -> Iterator[PublishedNumber]:
    """Yield the numbers that claims and entries of ``published`` set beside a figure."""
    for claim, quantity in framework.claim_figures:
        if quantity.beside:
            yield quantity, replace(_comparison(claim.id, quantity, quantity.label), source_kind="claim")
    for entry in framework.review.published if framework.review else ():
        yield entry, replace(_comparison(entry.id, entry, f"{entry.label} ({entry.source})"), source_kind="published")


def _with_comparisons(figure: Figure, published: Iterable[PublishedNumber]) -> Figure:
    comparisons = tuple(comparison for number, comparison in published if number.beside == figure.id)
    return replace(figure, comparisons=(*figure.comparisons, *comparisons)) if comparisons else figure


def _comparison(identity: str, number: Quantity | Published, label: str) -> Comparison:
    if number.not_comparable_because:
        reason = f"{number.label}: {number.not_comparable_because}"
        return Comparison(identity, None, None, None, NOT_COMPARABLE, reason)
    parts = number.fraction
    counted = f"{parts[0]} of {parts[1]}" if parts else _percent_without_numerator(number)
    return Comparison(
        benchmark=identity,
        share=parts[0] / parts[1] if parts else None,
        ratio=None,
        interval=share_interval(*parts) if parts else None,
        verdict=None,
        reason=f"{label}: {counted}" + (f". {number.note}" if number.note else ""),
    )


def _percent_without_numerator(number: Quantity | Published) -> str:
    if number.percent is None:
        return "no number"
    denominator = f"of {number.N}; the numerator was not seen" if number.N else "with no numerator and denominator"
    return f"{number.percent}% {denominator}"


def _table(analysis: str, figures: Sequence[Figure], published: Iterable[PublishedNumber]) -> tuple[Table, ...]:
    """Return the table of figures beside published numbers, or no table if it would be empty."""
    rows = [_row(f, c) for f in figures for c in f.comparisons if c.source_kind != "benchmark"]
    rows += _rows_without_figure(analysis, {f.id for f in figures}, published)
    columns = ("Published", "Share", "Here", "What it counts")
    return (Table("Beside published figures", columns, tuple(rows), _NOTE, id=f"{analysis}.published"),) if rows else ()


def _rows_without_figure(
    analysis: str, figure_ids: Container[str], published: Iterable[PublishedNumber]
) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each number that names a figure which does not exist, so that it is not silently left out."""
    for number, comparison in published:
        figure_id = number.beside or ""
        if figure_id.startswith(f"{analysis}.") and figure_id not in figure_ids:
            yield comparison.benchmark, "not set beside anything", f"{figure_id}: no such figure", comparison.reason


def _row(figure: Figure, comparison: Comparison) -> tuple[Cell, ...]:
    if comparison.verdict == NOT_COMPARABLE:
        return comparison.benchmark, NOT_COMPARABLE, figure.label, comparison.reason
    interval = comparison.interval
    limits = f" ({percent(interval.low)} to {percent(interval.high or 0)})" if interval else ""
    share = f"{100 * comparison.share:.1f}%{limits}" if comparison.share is not None else "no interval"
    return comparison.benchmark, share, f"{figure.label}: {figure_in_words(figure)}", comparison.reason
