"""Sectors in which outcomes were studied."""

from collections.abc import Iterator

from tests.recount.reading import Base, Entry, ids
from tests.recount.shares import Rules, share


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    pool, rules = base.outcome_studies, Rules(base)
    yield "sector.direct", share(pool, lambda s: set(s["sector"]) == {base.sector} if s.get("sector") else None, rules)
    yield "sector.including", share(pool, lambda s: base.sector in s["sector"] if s.get("sector") else None, rules)


def cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Ids in the cells of its tables, by ``table/row/column``."""
    for sector in base.terms["sectors"]:
        for column, pool in (("outcome", base.outcome_studies), ("eligible", base.eligible)):
            yield f"sector.sectors/{sector}/{column}", ids(s for s in pool if sector in (s.get("sector") or []))
