"""Outcomes that participants name and no study reports."""

from collections.abc import Iterator

from tests.recount.reading import Base, Entry, findings, statements
from tests.recount.shares import count, part


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    outcomes = {o for t in statements(base) for o in t.get("outcomes") or []}
    studied = {f["outcome"] for s in base.eligible for f in findings(s)}
    missing = sorted(outcomes - studied)
    yield "testimony.not-studied", count("outcome", missing, sorted(outcomes), value=part(len(missing), len(outcomes)))
