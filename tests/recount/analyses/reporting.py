"""Characteristics of the people who took part that primary studies report."""

from collections.abc import Iterator
from functools import partial

from tests.recount.answers import Answer, by_code
from tests.recount.reading import Base, Entry, code, whole
from tests.recount.shares import Rules, middle, share


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    every = list(base.terms["characteristics"])
    pool = [s for s in base.primary(base.eligible) if whole(s) and "not_applicable" not in _codes(s, every)]
    for characteristic in every:
        yield f"reporting.{characteristic}", share(pool, partial(_reports, name=characteristic), Rules(base))
    coded = [s for s in pool if "not_coded" not in _codes(s, every)]
    yield "reporting.median-items", middle([_codes(s, every).count("reported") for s in coded])


def _codes(study: Entry, characteristics: list[str]) -> list[str]:
    return [code(study.get("characteristics") or {}, name) for name in characteristics]


def _reports(study: Entry, name: str) -> Answer:
    return by_code(code(study.get("characteristics") or {}, name), ("reported",), ("not_reported",))
