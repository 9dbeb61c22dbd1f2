"""An appraisal gives a number for the quality of a study.

A total hides which weakness a study has, and it gives every weakness a weight
that nobody chose. An appraisal records the answer to each item, and a judgement
in words.

Fails:

    appraisal:
      tool: MMAT 2018
      items: {"1.1": "yes", total: 4/5}  # CPR411
      serious_concern: absent
      assessor: First coder
      date: 2026-01-15
      rationale: Sound for its aim.

Passes:

    appraisal:
      tool: MMAT 2018
      items: {"1.1": "yes", "1.2": unclear}
      serious_concern: absent
      assessor: First coder
      date: 2026-01-15
      rationale: Sound for its aim.

Fix: delete the total, and write the answer to each item of the tool.
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR411", "quality-total", Severity.ERROR, __doc__)
_TOTAL_NAME = re.compile(r"(?:total|sum|score|quality)(?: score| total)?\Z", re.IGNORECASE)
_NUMERIC_ANSWER = re.compile(
    r"\s*[0-9]+(?:[.,][0-9]+)?\s*(?:%|(?:/|of|out of)\s*[0-9]+|points?|stars?)?\s*\Z", re.IGNORECASE
)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every item of an appraisal that is a total, or whose answer is a number."""
    for entry in base.entries:
        appraisal = entry.study.appraisal if entry.study else None
        for item, answer in appraisal.items.items() if appraisal else ():
            if _TOTAL_NAME.match(item.replace("_", " ")) or _NUMERIC_ANSWER.match(answer):
                path = (*entry.path, "appraisal", "items", item)
                message = f"`{item[:40]}: {answer[:40]}` gives a number for quality"
                yield Problem(RULE, entry.text, path, message, "write the answer to each item in words", "key")
