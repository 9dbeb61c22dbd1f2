"""An author is not exactly one person or one organisation.

A person has a family name and usually given names. An organisation has only
`literal`. If one field names several authors, they cannot be sorted, cited or
found.

Fails:

    citation:
      author: [{family: Kay K and Edgley G}]  # CPR111

Passes:

    citation:
      author: [{family: Kay, given: Katie}, {family: Edgley, given: George}]

Fix: write one item for each author, in the published order, and include all of
them.
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
        return "`et al.` replaces some of the authors", "write all authors, in the published order"
    if name.literal and (name.family or name.given):
        hint = "keep `literal` for an organisation, or `family` and `given` for a person"
        return "this author is a person and also an organisation", hint
    if not name.literal and not name.family:
        return "this author has no family name", "write `family:` for a person, or `literal:` for an organisation"
    if name.family and _SEPARATOR.search(name.family):
        return f"`{name.family[:80]}` is more than a family name", "write one {family: ..., given: ...} for each author"
    return "", ""
