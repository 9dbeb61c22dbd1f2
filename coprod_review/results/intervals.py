"""Confidence intervals for small counts, computed with the standard library only.

Formulas and test vectors: Brown, Cai and DasGupta 2001 (Wilson), Bonett and
Price 2006 (ratio of paired proportions).
"""

from dataclasses import dataclass
from math import log, log1p, sqrt

Z95 = 1.959963984540054
"""Normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval."""

    low: float
    high: float | None
    """``None`` where there is no upper limit."""
    level: float
    """Confidence level, for example 0.95."""
    sides: int
    """2, or 1 for an interval with one open end."""
    method: str


def wilson(n: int, total: int, z: float = Z95) -> tuple[float, float]:
    """Return the limits of the Wilson score interval of ``n / total``, as shares from 0 to 1.

    Raises ``ValueError`` unless ``0 <= n <= total`` and ``total > 0``.
    Source: Brown, Cai and DasGupta 2001, Statistical Science 16(2).
    """
    if not 0 <= n <= total or total < 1:
        raise ValueError(f"{n} of {total} is no share")
    p = n / total
    centre = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    # For counts of 0 and of the total the limits are exactly 0 and 1; the formula leaves a rounding error there.
    return centre - half if n else 0.0, centre + half if n < total else 1.0


def zero_upper(total: int, level: float = 0.95) -> float:
    """Return the exact one-sided upper limit of a share with a zero count: ``1 - (1 - level)^(1/total)``.

    The rule of three, ``3 / total``, approximates it. Raises ``ValueError`` for ``total < 1``.
    """
    if total < 1:
        raise ValueError("a share needs at least one study")
    return float(1.0 - (1.0 - level) ** (1.0 / total))


def share_interval(n: int, total: int) -> Interval:
    """Return the 95 % interval of a share: Wilson, or exact and one-sided where the count is zero."""
    if n == 0:
        return Interval(0.0, zero_upper(total), 0.95, 1, "exact binomial, zero count")
    low, high = wilson(n, total)
    return Interval(low, high, 0.95, 2, "Wilson")


def bonett_price(both: int, first_only: int, second_only: int, z: float = Z95) -> tuple[float, float]:
    """Return the limits of the ratio of two paired proportions, ``(a + b) / (a + c)``.

    ``both``, ``first_only`` and ``second_only`` are the counts a, b and c; the
    pairs with neither do not matter. Raises ``ValueError`` where a + c is 0.
    Source: Bonett and Price 2006, Statistics in Medicine 25(17), doi 10.1002/sim.2440.
    """
    first, second, m = both + first_only, both + second_only, both + first_only + second_only
    if second == 0 or min(both, first_only, second_only) < 0:
        raise ValueError("the ratio needs at least one study on the second side")
    p1, p2 = (first + 1) / (m + 2), (second + 1) / (m + 2)
    a = sqrt((first_only + second_only + 2) / ((first + 1) * (second + 1)))
    b, c = sqrt((1 - p1) / (first + 1)), sqrt((1 - p2) / (second + 1))
    z0 = z * a / (b + c)
    (low1, high1), (low2, high2) = wilson(first, m, z0), wilson(second, m, z0)
    return low1 / high2, high1 / low2


def studies_for_zero(share: float, level: float = 0.95) -> int:
    """Return the smallest number of studies, none of them with a group, whose one-sided interval excludes a share.

    ``share`` runs from 0 to 1. Raises ``ValueError`` unless ``0 < share < 1``.
    """
    if not 0 < share < 1:
        raise ValueError(f"{share} is no share between 0 and 1")
    needed = log(1 - level) / log1p(-share)
    return int(needed) + (needed > int(needed))
