"""The script that made the frozen tables in this folder; `README.md` names the programs. No test runs it.

It needs scipy, statsmodels and mpmath, and R on the path. It imports nothing of the package that the tables check.
"""

import csv
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

# None of these has types, and none is a dependency of the project.
stats: Any = import_module("scipy.stats")
proportion: Any = import_module("statsmodels.stats.proportion")
mp: Any = import_module("mpmath").mp

HERE = Path(__file__).parent
mp.dps = 50

R = """
options(warn = -1)
read <- function(columns) read.csv(file("stdin"), header = FALSE, col.names = columns)
show <- function(...) cat(paste(sprintf("%.17g", c(...)), collapse = ","), "\\n", sep = "")
score <- function(x, n, level) prop.test(x, n, conf.level = level, correct = FALSE)$conf.int
zero <- function(n, level) binom.test(0, n, alternative = "less", conf.level = level)$conf.int[2]
"""
R_WILSON = 'd <- read(c("x", "n")); for (i in seq_len(nrow(d))) show(score(d$x[i], d$n[i], 0.95))'
R_ZERO = 'd <- read(c("n", "level")); for (i in seq_len(nrow(d))) show(zero(d$n[i], d$level[i]))'
R_RATIO = """
d <- read(c("a", "b", "c"))
for (i in seq_len(nrow(d))) {
  a <- d$a[i]; b <- d$b[i]; c <- d$c[i]
  x1 <- a + b; x2 <- a + c; m <- a + b + c
  se.first <- sqrt((1 - (x1 + 1) / (m + 2)) / (x1 + 1))
  se.second <- sqrt((1 - (x2 + 1) / (m + 2)) / (x2 + 1))
  z0 <- qnorm(0.975) * sqrt((b + c + 2) / ((x1 + 1) * (x2 + 1))) / (se.first + se.second)
  first <- score(x1, m, 1 - 2 * pnorm(-z0)); second <- score(x2, m, 1 - 2 * pnorm(-z0))
  show(first[1] / second[2], first[2] / second[1])
}
"""
R_NEEDED = """
d <- read(c("share", "level"))
for (i in seq_len(nrow(d))) {
  n <- 1
  while (zero(n, d$level[i]) > d$share[i]) n <- n + 1
  show(n)
}
"""


def in_r(program: str, rows: Iterable[Sequence[object]]) -> list[list[float]]:
    """What R prints for the rows, a list of numbers for each."""
    text = "".join(",".join(map(str, row)) + "\n" for row in rows)
    printed = subprocess.run(["Rscript", "-e", R + program], input=text, capture_output=True, text=True, check=True)
    return [[float(number) for number in line.split(",")] for line in printed.stdout.splitlines()]


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


# Wilson


def shares() -> list[tuple[int, int]]:
    """Each total from 1 to 200 with some count, the ends for some of them, and the shares of the methods notes."""
    found = {(total * (13 * total % 34) // 34, total) for total in range(1, 201)}
    for total in (1, 2, 3, 4, 5, 7, 10, 15, 20, 33, 50, 75, 100, 122, 150, 199, 200):
        found |= {(0, total), (1, total), (total // 2, total), (total - 1, total), (total, total)}
    found |= {(24, 122), (18, 33), (1, 18), (1, 33), (2, 20), (22, 28)}
    return sorted(found, key=lambda row: (row[1], row[0]))


def wilson() -> None:
    rows = []
    for (n, total), from_r in zip(shares(), in_r(R_WILSON, shares()), strict=True):
        scipy = stats.binomtest(n, total).proportion_ci(confidence_level=0.95, method="wilson")
        statsmodels = proportion.proportion_confint(n, total, alpha=0.05, method="wilson")
        rows.append([n, total, *map(float, (*scipy, *statsmodels)), *from_r])
    names = ("low_scipy", "high_scipy", "low_statsmodels", "high_statsmodels", "low_r", "high_r")
    write("wilson.csv", ["n", "total", *names], rows)


# The exact limit of a zero count


def zero() -> None:
    cases = [(total, 0.95) for total in (*range(1, 201), 300, 500, 1000)]
    cases += [(total, level) for level in (0.9, 0.99) for total in (1, 2, 5, 10, 20, 50, 100, 200)]
    rows = []
    for (total, level), (from_r,) in zip(cases, in_r(R_ZERO, cases), strict=True):
        beta = stats.beta.ppf(level, 1, total)
        test = stats.binomtest(0, total, alternative="less").proportion_ci(confidence_level=level, method="exact")
        # A one-sided limit is the upper limit of a two-sided interval with twice the error.
        both = proportion.proportion_confint(0, total, alpha=2 * (1 - level), method="beta")
        rows.append([total, level, float(beta), float(test.high), float(both[1]), from_r])
    write("zero.csv", ["total", "level", "scipy_beta", "scipy_binomtest", "statsmodels", "r"], rows)


# Bonett-Price

CELLS = [
    # The methods notes, and the examples that other programs print.
    *((1, 1, 7), (8, 4, 14), (5, 1, 13), (0, 0, 26), (6, 26, 4), (6, 4, 26), (59, 6, 16)),
    # Nobody with the outcome; nobody with both; nobody with one alone.
    *((0, 0, 1), (0, 0, 2), (0, 0, 10), (0, 0, 100), (0, 0, 1000)),
    *((0, 1, 1), (0, 1, 5), (0, 5, 1), (0, 20, 1), (0, 3, 3), (0, 12, 9), (0, 100, 1)),
    *((1, 0, 0), (2, 0, 0), (5, 0, 0), (50, 0, 0), (500, 0, 0)),
    *((1, 1, 0), (1, 0, 1), (4, 0, 6), (4, 6, 0), (12, 0, 1), (12, 1, 0), (1, 30, 0), (1, 0, 30), (40, 0, 25)),
    # The whole table.
    *((1, 1, 1), (1, 2, 3), (2, 1, 1), (3, 3, 3), (10, 5, 5), (10, 5, 12), (13, 2, 5), (20, 1, 1), (20, 10, 3)),
    *((7, 0, 2), (9, 11, 13), (25, 30, 35), (43, 1, 2), (100, 50, 30), (150, 10, 5), (300, 200, 100), (1000, 1, 1)),
]


def share_limits(n: int, total: int, z: Any) -> tuple[Any, Any]:
    """The shares that a score test with ``z`` does not reject: the test is bisected, the closed formula not used."""
    p = mp.mpf(n) / total

    def rejected(share: Any) -> bool:
        return bool(total * (p - share) ** 2 > z**2 * share * (1 - share))

    def edge(kept: Any, end: Any) -> Any:
        if not rejected(end):
            return end
        for _ in range(200):
            middle = (kept + end) / 2
            kept, end = (kept, middle) if rejected(middle) else (middle, end)
        return kept

    return edge(p, mp.mpf(0)), edge(p, mp.mpf(1))


def adjusted_z(a: int, b: int, c: int) -> Any:
    """The z that makes two intervals of a share give that of their ratio (Bonett and Price 2006)."""
    first, second, pairs = mp.mpf(a + b + 1), mp.mpf(a + c + 1), mp.mpf(a + b + c + 2)
    alone = mp.sqrt(1 / first - 1 / pairs) + mp.sqrt(1 / second - 1 / pairs)
    return mp.sqrt(2) * mp.erfinv(mp.mpf("0.95")) * mp.sqrt((b + c + 2) / (first * second)) / alone


def ratio_limits(a: int, b: int, c: int) -> tuple[Any, Any]:
    z, pairs = adjusted_z(a, b, c), a + b + c
    (low1, high1), (low2, high2) = share_limits(a + b, pairs, z), share_limits(a + c, pairs, z)
    return low1 / high2, high1 / low2


def ratio() -> None:
    rows = []
    for (a, b, c), from_r in zip(CELLS, in_r(R_RATIO, CELLS), strict=True):
        alpha = 2 * stats.norm.sf(float(adjusted_z(a, b, c)))
        low1, high1 = proportion.proportion_confint(a + b, a + b + c, alpha=alpha, method="wilson")
        low2, high2 = proportion.proportion_confint(a + c, a + b + c, alpha=alpha, method="wilson")
        rows.append([a, b, c, *map(float, (*ratio_limits(a, b, c), low1 / high2, high1 / low2)), *from_r])
    write("ratio.csv", ["a", "b", "c", "low", "high", "low_statsmodels", "high_statsmodels", "low_r", "high_r"], rows)


# How many studies a zero needs

THOUSANDTHS = (
    *(950, 900, 800, 700, 600, 500, 400, 333, 300, 250, 200, 183, 150, 120, 100),
    *(90, 80, 70, 60, 50, 40, 32, 30, 20, 15, 11, 10, 5, 2),
)


def needed() -> None:
    # As text, so that the search in fractions is of the very decimals.
    cases = [(f"{share / 1000:g}", "0.95") for share in THOUSANDTHS]
    cases += [(share, level) for level in ("0.9", "0.99") for share in ("0.55", "0.35", "0.183", "0.05", "0.011")]
    rows: list[list[object]] = []
    for (share, level), (from_r,) in zip(cases, in_r(R_NEEDED, cases), strict=True):
        exact = scipy = 1
        while (1 - Fraction(share)) ** exact > 1 - Fraction(level):
            exact += 1
        while stats.beta.ppf(float(level), 1, scipy) > float(share):
            scipy += 1
        rows.append([share, level, exact, scipy, int(from_r)])
    write("studies_for_zero.csv", ["share", "level", "needed", "needed_scipy", "needed_r"], rows)


# How often the interval of a ratio holds the ratio

SETTINGS = (
    *((0.25, 0.25, 0.25, 0.25), (0.2, 0.1, 0.4, 0.3), (0.25, 0.1, 0.4, 0.25), (0.3, 0.1, 0.3, 0.3)),
    (0.78, 0.02, 0.12, 0.08),
)
"""Shares of both, outcome alone, process alone and neither; the last setting is the worst of the grid."""


def tables(pairs: int) -> Iterator[tuple[int, int, int, int]]:
    for a in range(pairs + 1):
        for b in range(pairs - a + 1):
            for c in range(pairs - a - b + 1):
                yield a, b, c, pairs - a - b - c


def coverage(pairs: int = 20) -> None:
    """Print the chance that the interval contains the ratio, and that no interval exists, for settings and a grid."""
    listed = list(tables(pairs))
    limits = [tuple(map(float, ratio_limits(a, b, c))) if a + c else None for a, b, c, _ in listed]

    def holding(cells: Sequence[float]) -> tuple[float, float]:
        chances = stats.multinomial.pmf(listed, pairs, cells)
        true = (cells[0] + cells[1]) / (cells[0] + cells[2])
        contains = [limit is not None and limit[0] <= true <= limit[1] for limit in limits]
        return float(chances[contains].sum()), sum(
            float(chances[at]) for at, limit in enumerate(limits) if limit is None
        )

    for cells in SETTINGS:
        print(cells, *holding(cells))
    found = []
    steps = [step / 10 for step in range(1, 10)]
    for first, second, phi in product(steps, steps, (0, 0.25, 0.5)):
        both = first * second + phi * (first * (1 - first) * second * (1 - second)) ** 0.5
        cells = (both, first - both, second - both, 1 - first - second + both)
        if min(cells) > 0:
            covered, none = holding(cells)
            if none < 0.001:
                found.append((covered, first, second, phi))
    found.sort()
    print(
        len(found),
        "settings; lowest",
        found[0],
        "highest",
        found[-1],
        "mean",
        sum(row[0] for row in found) / len(found),
    )
    print(sum(row[0] < 0.947 for row in found), "under 0.947,", sum(row[0] > 0.960 for row in found), "over 0.960")


if __name__ == "__main__":
    wilson()
    zero()
    ratio()
    needed()
    coverage()
