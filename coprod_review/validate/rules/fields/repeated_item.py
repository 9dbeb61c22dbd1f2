"""A list contains the same item twice.

A sector, an author or a source that is written twice is also counted or printed
twice.

Fails:

    sector: [health, health]  # CPR114

Passes:

    sector: [health]

Fix: keep one of the two.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import KeyPath, Value
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.validate.rules.hints import KEEP_ONE

RULE = Rule("CPR114", "repeated-item", Severity.WARNING, __doc__)
_NESTED_LISTS = (
    ("citation", "author"),
    ("geography", "data"),
    ("geography", "authors"),
    ("search", "included_studies"),
)
_LISTS = ("practice", "sector", "phase", "coders")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every item that is earlier in the same list."""
    for entry in base.entries:
        for path, value in _lists(entry.raw):
            for number, item in enumerate(value):
                if item in value[:number]:
                    message = f"`{_shown(item)[:60]}` is in the list `{path[-1]}` twice"
                    yield Problem(RULE, entry.text, (*entry.path, *path, number), message, KEEP_ONE)


def _lists(raw: dict[str, Value]) -> Iterator[tuple[KeyPath, list[Value]]]:
    findings = raw.get("findings")
    numbered = enumerate(findings if isinstance(findings, list) else ())
    places: list[tuple[KeyPath, Value]] = [((name,), raw.get(name)) for name in _LISTS]
    places += [((outer, inner), _field_of(raw.get(outer), inner)) for outer, inner in _NESTED_LISTS]
    places += [(("findings", n, "reported_in"), _field_of(finding, "reported_in")) for n, finding in numbered]
    for path, value in places:
        if isinstance(value, list) and len(value) > 1:
            yield path, value


def _field_of(value: Value, key: str) -> Value:
    return value.get(key) if isinstance(value, dict) else None


def _shown(item: Value) -> str:
    return ", ".join(map(str, item.values())) if isinstance(item, dict) else str(item)
