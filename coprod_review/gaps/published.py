"""A figure beside what others published: shares that the review quotes, held as data in review.yaml."""

from dataclasses import replace

from coprod_review.models import Claim, Framework, Quantity
from coprod_review.results import Comparison, Figure
from coprod_review.statistics import share_interval


def beside(figure: Figure, framework: Framework) -> Figure:
    """The figure with every published share that review.yaml sets beside it; never divided."""
    found = tuple(_comparison(claim, q) for claim, q in framework.claimed if q.beside == figure.id)
    return replace(figure, comparisons=(*figure.comparisons, *found)) if found else figure


def _comparison(claim: Claim, quantity: Quantity) -> Comparison:
    known = isinstance(quantity.n, int) and quantity.N
    interval = share_interval(int(quantity.n or 0), quantity.N or 1) if known else None
    counted = f"{quantity.n} of {quantity.N}" if known else "no numerator and denominator"
    return Comparison(
        benchmark=claim.id,
        share=(quantity.n or 0) / quantity.N if known and quantity.N else None,
        ratio=None,
        interval=interval,
        verdict=None,
        reason=f"{quantity.label}: {counted}" + (f". {quantity.note}" if quantity.note else ""),
    )
