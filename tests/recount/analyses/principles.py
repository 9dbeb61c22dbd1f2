"""Definitions of co-production, and the principles that studies mention."""

from collections.abc import Iterator
from functools import partial

from tests.recount.answers import Answer, any_of, by_code, every_one
from tests.recount.reading import Base, Entry, code, ids
from tests.recount.shares import Rules, share

DEFINED = frozenset({"given", "cited"})


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    pool, rules, named = base.eligible, Rules(base, guarded=True), list(base.terms["principles"])
    yield "principles.definition", share(pool, lambda s: by_code(code(s, "definition"), DEFINED, ("none",)), rules)
    yield "principles.any", share(pool, lambda s: any_of([_mentions(s, p) for p in named]), rules)
    yield "principles.all", share(pool, lambda s: every_one([_mentions(s, p) for p in named]), rules)
    defining = [s for s in pool if code(s, "definition") in DEFINED]
    yield "principles.all-of-defined", share(defining, lambda s: every_one([_mentions(s, p) for p in named]), rules)
    for principle in named:
        yield f"principles.{principle}", share(pool, partial(_mentions, principle=principle), rules)


def _mentions(study: Entry, principle: str) -> Answer:
    return by_code(code(study.get("principles_mentioned") or {}, principle), ("mentioned",), ("not_mentioned",))


def cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Ids in the cells of its tables, by ``table/row/column``."""
    for principle in base.terms["principles"]:
        for column in ("mentioned", "not_mentioned", "not_coded"):
            members = ids(s for s in base.eligible if code(s.get("principles_mentioned") or {}, principle) == column)
            yield f"principles.codes/{principle}/{column}", members
