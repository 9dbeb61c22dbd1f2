"""An author is neither a person nor a body, or several authors share one name.

A person has a family name and perhaps given names; a body has `literal` alone.
A list of authors in one field cannot be sorted, cited or searched.

Fails:

    citation:
      author: [{family: Kay K and Edgley G}]  # CPR111

Passes:

    citation:
      author: [{family: Kay, given: Katie}, {family: Edgley, given: George}]

Fix: write one entry for each author, in published order, and all of them.
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Name
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR111", "author-name", Severity.ERROR, __doc__)
_SEPARATOR = re.compile(r";| & | and |,", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:et al|and others|and colleagues)\b", re.IGNORECASE)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every author that is not one person or one body."""
    for entry in base.entries:
        for number, name in enumerate(entry.study.citation.author if entry.study else ()):
            message, hint = _message_and_hint(name)
            if message:
                yield Problem(RULE, entry.text, (*entry.path, "citation", "author", number), message, hint)


def _message_and_hint(name: Name) -> tuple[str, str]:
    if any(_OTHERS.search(part) for part in (name.family, name.given, name.literal) if part):
        return "`et al.` stands in place of authors", "write all of them, in published order"
    if name.literal and (name.family or name.given):
        return "an author is a person and a body at once", "keep `literal` for a body, else family and given"
    if not name.literal and not name.family:
        return "an author has no family name", "write `family:` for a person or `literal:` for a body"
    if name.family and _SEPARATOR.search(name.family):
        return f"`{name.family[:80]}` is more than a family name", "write one {family: ..., given: ...} for each author"
    return "", ""
