"""The four cells, both shares and the ratio of each view in words."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.recount.analyses.focus import STEMS, VIEWS
from tests.recount.ratios import counts
from tests.recount.reading import Entry, read
from tests.recount.recount import figures


def sentences(folder: Path) -> Iterator[str]:
    """The four cells, both shares and the ratio of each view, as a person reads them."""
    base, counted = read(folder), figures(folder)
    yield f"{len(base.eligible)} eligible studies, {len(base.outcome_studies)} of them outcome studies."
    for view, sides_of in VIEWS.items():
        a, b, c, d, unknown = counts(sides_of(base))
        before = STEMS[view]
        yield f"\n{VIEW_IN_WORDS[view]}"
        yield f"  both {a}, outcome alone {b}, process alone {c}, neither {d}, not known on both sides {unknown}"
        for name, words in NAME_IN_WORDS.items():
            yield f"  {words}: {_in_words(counted[f'{before}.{name}'])}"


VIEW_IN_WORDS = {
    "any-aim": "What the studies set out to examine, with any aim",
    "primary-aim": "What the studies set out to examine, with primary aims alone",
    "reported": "What they were seen to report",
    "reported-broad": "What they were seen to report, some experiences counted as outcomes",
}
NAME_IN_WORDS = {
    "outcome-share": "outcome",
    "process-share": "process",
    "process-only-share": "process alone",
    "ratio": "outcome to process",
}


def _in_words(figure: Entry) -> str:
    text = f"{figure['numerator']} to {figure['denominator']}"
    if figure["kind"] == "share":
        text = f"{figure['numerator']} of {figure['denominator']}"
    if figure["unknown"]:
        text += f", not known for {figure['unknown']}"
    if figure["value"] is None:
        text += "; no value"
    else:
        text += f"; {figure['value']:.4f}, interval {_span(figure, '')}"
        text += f", leaving one out {_span(figure, 'leave_one_out_')}"
    return f"{text}, if the unknown fall one way {_span(figure, 'unknown_')}"


def _span(figure: Entry, start: str) -> str:
    low, high = ("none" if (v := figure[f"{start}{end}"]) is None else f"{v:.4f}" for end in ("low", "high"))
    return re.sub(r"^(\S+) to \1$", r"\1", f"{low} to {high}")
