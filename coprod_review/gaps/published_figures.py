"""Figures beside the published numbers of review.yaml, which are never divided."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published
from coprod_review.results.figure import Comparison, Figure
from coprod_review.results.intervals import share_interval
from coprod_review.results.result import Result


def with_published(result: Result, framework: Framework) -> Result:
    """Return a result with the numbers that review.yaml sets beside its figures."""
    published = tuple(published_comparisons(framework))
    return replace(result, figures=tuple(_with_comparisons(figure, published) for figure in result.figures))


def published_comparisons(framework: Framework) -> Iterator[Comparison]:
    """Yield the numbers that claims and entries of ``published`` set beside a figure, which ``source.beside`` names."""
    for claim, quantity in framework.claim_figures:
        if quantity.beside:
            yield _comparison(claim.id, quantity)
    for entry in framework.review.published if framework.review else ():
        yield _comparison(entry.id, entry)


def figure_beside(comparison: Comparison) -> str:
    """Return the id of the figure that a published number is set beside; empty for the share of a population."""
    return comparison.source.beside or "" if isinstance(comparison.source, Quantity | Published) else ""


def _with_comparisons(figure: Figure, published: Iterable[Comparison]) -> Figure:
    comparisons = tuple(comparison for comparison in published if figure_beside(comparison) == figure.id)
    return replace(figure, comparisons=(*figure.comparisons, *comparisons)) if comparisons else figure


def _comparison(identity: str, number: Quantity | Published) -> Comparison:
    """Return a published number as a comparison; one that must not be compared is given without its share."""
    if number.not_comparable_because:
        return Comparison(identity, number, None, None, None, "not_comparable", "published")
    parts = number.fraction
    share = parts[0] / parts[1] if parts else None
    interval = share_interval(*parts) if parts else None
    return Comparison(identity, number, share, None, interval, None, "published")
