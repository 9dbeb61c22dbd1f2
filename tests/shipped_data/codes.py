"""Every code of the bundled base as lines of text: a second record, so that no code changes unseen.

``python -m tests.shipped_data.codes`` writes ``codes.txt`` again after a change that is meant.
"""

from pathlib import Path
from typing import Any

import yaml

from coprod_review import bundled

RECORD = Path(__file__).parent / "codes.txt"
_PROSE = {
    "title",
    "summary",
    "coding_note",
    "focus_reason",
    "role_reason",
    "errata",
    "citation",
    "provenance",
    "findings",
}


def codes(studies: list[dict[str, Any]]) -> str:
    """One line for each study and each finding, with every field that is not prose."""
    lines = []
    for study in studies:
        lines.append(f"{study['id']} {_plain({k: v for k, v in study.items() if k not in _PROSE})}")
        lines += [f"  {_plain({k: v for k, v in f.items() if k not in _PROSE})}" for f in study.get("findings", ())]
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{k}={_plain(v)}" for k, v in value.items() if k != "note")
    if isinstance(value, list):
        return f"[{', '.join(map(_plain, value))}]"
    return str(value)


def bundled_studies() -> list[dict[str, Any]]:
    """The entries of the bundled base, as plain data."""
    text = (bundled.DATA / "studies.yaml").read_text(encoding="utf-8")
    studies: list[dict[str, Any]] = yaml.load(text, yaml.CSafeLoader)["studies"]
    return studies


if __name__ == "__main__":
    RECORD.write_text(codes(bundled_studies()), encoding="utf-8")
