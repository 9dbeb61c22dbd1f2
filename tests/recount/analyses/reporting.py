"""Groups of people that primary studies report whether they included."""

from collections.abc import Iterator
from functools import partial

from tests.recount.reading import Base, Entry, population, whole
from tests.recount.shares import Rules, middle, share
from tests.recount.study_sets import REPORTED, says_whether, taking_part


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    read_whole = [s for s in base.primary(base.eligible) if whole(s)]
    for group in base.groups:
        pool = taking_part(read_whole, group)
        yield f"reporting.{group}", share(pool, partial(says_whether, group=group), Rules(base))
    coded = [s for s in read_whole if all(population(s, g) != "not_coded" for g in base.groups)]
    items = [sum(population(s, g) in REPORTED for g in base.groups) for s in coded]
    yield "reporting.median-items", middle(items)
