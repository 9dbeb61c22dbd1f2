"""When studies were published, when searches ended, and where the data come from."""

from collections.abc import Iterator

from tests.recount.answers import Answer
from tests.recount.reading import Base, Entry, ids, search_end_year, year
from tests.recount.shares import Rules, middle, share
from tests.recount.study_sets import at_home


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    pool, rules = base.eligible, Rules(base)
    yield "currency.in-window", share(pool, lambda s: _in_window(base, year(s)), rules)
    reviews = set(ids(base.reviews(pool)))
    yield (
        "currency.evidence-in-window",
        share(pool, lambda s: _in_window(base, search_end_year(s)) if s["id"] in reviews else None, rules),
    )
    yield "currency.home-data", share(pool, lambda s: at_home(base, s), rules)
    yield "currency.median-year", middle([y for s in pool if (y := year(s)) is not None])
    ends = [y for s in base.reviews(pool) if (y := search_end_year(s)) is not None]
    yield "currency.median-search-end", middle(ends)


def _in_window(base: Base, of: int | None) -> Answer:
    return None if of is None or base.published_from is None else of >= base.published_from
