"""Values that only one entry may have: shared by the rules on duplicates, and not a rule itself."""

from collections.abc import Callable, Iterable, Iterator

from coprod_review.loading.evidence_base import Entry
from coprod_review.source.positions import KeyPath, Value
from coprod_review.source.problems import Problem, Rule


def repeats(rule: Rule, entries: Iterable[Entry], field: KeyPath, normalise: Callable[[str], str]) -> Iterator[Problem]:
    """Report every entry whose value at ``field``, normalised, is that of an earlier entry."""
    first: dict[str, Entry] = {}
    for entry in entries:
        value = _value(entry.raw, field)
        if value is None:
            continue
        earlier = first.setdefault(normalise(value), entry)
        if earlier is not entry:
            yield _problem(rule, entry, earlier, field, value)


def _value(raw: Value, field: KeyPath) -> str | None:
    for step in field:
        raw = raw.get(str(step)) if isinstance(raw, dict) else None
    return None if isinstance(raw, list | dict | bool) or raw in (None, "") else str(raw)


def _problem(rule: Rule, entry: Entry, earlier: Entry, field: KeyPath, value: str) -> Problem:
    related = ((earlier.text, (*earlier.path, *field)),)
    other = f"`{earlier.id}`" if earlier.id and earlier.id != entry.id else "another entry"
    message = f"the {field[-1]} `{value[:80]}` is also used by {other}"
    hint = "keep one entry for each work, or correct the value"
    return Problem(rule, entry.text, (*entry.path, *field), message, hint, related=related)
