"""Confidence intervals of shares and of the ratio of two shares of the same studies."""

import math
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


def wilson(n: int, total: int, z: float = Z) -> tuple[float, float]:
    """The two shares x at which n of total lies z standard errors away: roots of (p - x)² = z²x(1 - x)/total."""
    p, spread = n / total, z * z / total
    a, b, c = 1 + spread, 2 * p + spread, p * p
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    return max((b - root) / (2 * a), 0.0), min((b + root) / (2 * a), 1.0)


def share_interval(n: int, total: int) -> tuple[float, float]:
    """Wilson, or for a count of zero the exact one-sided upper limit."""
    return wilson(n, total) if n else (0.0, 1 - 0.05 ** (1 / total))


def bonett_price(both: int, outcome: int, process: int) -> tuple[float, float]:
    """Interval of the ratio of two paired shares, from the cells a, b and c."""
    x1, x2, m = both + outcome, both + process, both + outcome + process
    p1, p2 = (x1 + 1) / (m + 2), (x2 + 1) / (m + 2)
    joint = math.sqrt((outcome + process + 2) / ((x1 + 1) * (x2 + 1)))
    single = math.sqrt((1 - p1) / (x1 + 1)) + math.sqrt((1 - p2) / (x2 + 1))
    z = Z * joint / single
    (low1, high1), (low2, high2) = wilson(x1, m, z), wilson(x2, m, z)
    return low1 / high2, high1 / low2
