"""Values that may stand in one entry only: shared by the checks on duplicates, and no check itself."""

from collections.abc import Callable, Iterable, Iterator

from coprod_review.loading.evidence_base import Entry
from coprod_review.source.positions import KeyPath, Value
from coprod_review.source.problems import Problem, Rule


def repeats(kind: Rule, entries: Iterable[Entry], field: KeyPath, normal: Callable[[str], str]) -> Iterator[Problem]:
    """Every entry whose value at ``field`` an earlier entry has, alike after ``normal``."""
    first: dict[str, Entry] = {}
    for entry in entries:
        value = _value(entry.raw, field)
        if value is None:
            continue
        earlier = first.setdefault(normal(value), entry)
        if earlier is not entry:
            yield _problem(kind, entry, earlier, field, value)


def _value(raw: Value, field: KeyPath) -> str | None:
    for step in field:
        raw = raw.get(str(step)) if isinstance(raw, dict) else None
    return None if isinstance(raw, list | dict | bool) or raw in (None, "") else str(raw)


def _problem(kind: Rule, entry: Entry, earlier: Entry, field: KeyPath, value: str) -> Problem:
    there = (*earlier.path, *field)
    other = f"`{earlier.id}`" if earlier.id and earlier.id != entry.id else "another entry"
    message = f"{field[-1]} `{value[:80]}` also used by {other}"
    hint = "keep one entry for one work, or correct the value"
    return Problem(kind, entry.text, (*entry.path, *field), message, hint, related=((earlier.text, there),))
