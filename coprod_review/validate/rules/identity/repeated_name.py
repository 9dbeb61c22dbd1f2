"""Two items of one list have the same id.

Findings, errata and figures refer to claims, statements and benchmarks by their
ids, so an id must identify one item.

Fails:

    benchmarks:
      - id: share-2021
      - id: share-2021  # CPR308

Passes:

    benchmarks:
      - id: share-2021
      - id: share-2022

Fix: give the second item another id.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR308", "repeated-name", Severity.ERROR, __doc__)
_LISTS = {
    "review": (
        "claims",
        "testimony",
        "enablers",
        "barriers",
        "examples",
        "recommendations",
        "errata",
        "stated",
        "published",
    ),
    "benchmarks": ("benchmarks",),
    "codebook": ("gap_rules",),
}


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every item of a part with the id of an earlier item of the same list."""
    for part, fields in _LISTS.items():
        text = base.parts.get(part)
        data: Any = text.data if text else None
        for field in fields if isinstance(data, dict) else ():
            for number, identity in _repeated(data.get(field)):
                message = f"the id `{identity[:80]}` is used twice in `{field}`"
                if text is not None:
                    yield Problem(RULE, text, (field, number, "id"), message, "give this item another id")


def _repeated(items: Any) -> Iterator[tuple[int, str]]:
    ids: set[str] = set()
    for number, item in enumerate(items if isinstance(items, Sequence) and not isinstance(items, str) else ()):
        identity = item.get("id") if isinstance(item, dict) else None
        if isinstance(identity, str):
            if identity in ids:
                yield number, identity
            ids.add(identity)
