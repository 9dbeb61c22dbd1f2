"""Recommendations that a figure measures, and the share of outcome studies over time."""

from collections.abc import Iterator

from tests.recount.analyses.focus import any_aim
from tests.recount.reading import Base, Entry, ids, year
from tests.recount.shares import Rules, count, share_of


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    given = base.review.get("recommendations") or []
    measured = ids(r for r in given if r.get("measured_by"))
    yield "recommendations.measurable", count("recommendation", measured, ids(given))
    sides = any_aim(base)
    years = {y - y % 5 for s in base.eligible if (y := year(s)) is not None}
    for first in sorted(years):
        pool = [s for s in base.eligible if (y := year(s)) is not None and first <= y < first + 5]
        yield f"recommendations.outcome-share-{first}", share_of(pool, sides.outcome, Rules(base))
