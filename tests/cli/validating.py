"""What the tests of ``validate`` share: a file with mistakes, and the codes and places that an output shows."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Run, entry

Command = Callable[..., Run]

Place = tuple[str, int, str]

MISTAKES = """\
studies:
  - id: kay-2019  # kept as it is
    citation: {type: document, title: A title, author: [{family: Kay}], issued: 2019, DOI: "https://doi.org/10.1000/x"}
    role: evidence
    role_reason: Reports its own data.
    design: qualitativ
    practice: [codesign,   'co-research']
    populations: {BAME: focus}
    coded_from: abstract
    coding_note: NO
    provenance: {entered_from: hand, as_of: 2026-01-01}
"""


def written(text: str, name: str = "base/studies.yaml") -> Path:
    """Write a text to a file of the folder that commands run in."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def places_in_lines(out: str) -> Counter[Place]:
    """File, line and code of every problem in an output of one line each."""
    return Counter((m[1], int(m[2]), m[3]) for m in re.finditer(r"^(\S.*?):(\d+):\d+: (CPR\d+) ", out, re.MULTILINE))


def codes_of(done: Run) -> set[str]:
    """The codes in an output."""
    return {code for _, _, code in places_in_lines(done.out)}


WARNED = "studies:\n" + entry(more="    sector: [health] \n")
