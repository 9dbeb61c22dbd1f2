"""Every code of the shipped base, one a line, so that a curator sees which code a change of the data changed.

``python -m tests.shipped_data.codes`` writes ``codes.txt`` again.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.bases import SHIPPED

LIST = Path(__file__).parent / "codes.txt"
LEFT_OUT = frozenset(
    {"id", "citation", "findings", "provenance", "errata", "figures"}
    | {"summary", "aim", "coding_note", "reason", "role_reason", "note"}
)
"""Fields that are prose, or that other tests compare with a checked list."""


def codes(studies: list[dict[str, Any]]) -> list[str]:
    """The codes of each study and of each of its findings, each with the id and the field that it belongs to."""
    lines = []
    for study in studies:
        lines += [f"{study['id']} {code}" for code in _codes_of(study)]
        lines += [f"{finding['id']} {code}" for finding in study.get("findings", ()) for code in _codes_of(finding)]
    return lines


def _codes_of(entry: dict[str, Any]) -> Iterator[str]:
    for field, value in entry.items():
        if field in LEFT_OUT or value in ([], None):
            continue
        if field == "reported_in":
            yield f"{field} {', '.join(dict.fromkeys(place['source'] for place in value))}"
        elif isinstance(value, dict):
            yield from (f"{field}.{code}" for code in _codes_of(value))
        else:
            yield f"{field} {', '.join(map(str, value)) if isinstance(value, list) else value}"


def shipped_studies() -> list[dict[str, Any]]:
    """The entries of the shipped base, as plain data."""
    text = (SHIPPED / "studies.yaml").read_text(encoding="utf-8")
    studies: list[dict[str, Any]] = yaml.load(text, yaml.CSafeLoader)["studies"]
    return studies


if __name__ == "__main__":
    LIST.write_text("\n".join(codes(shipped_studies())) + "\n", encoding="utf-8")
