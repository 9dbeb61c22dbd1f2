"""A work names the same author twice.

An author who is written twice is also printed twice. Two authors of one work can
have the same name, so a person has to look.

Fails:

    citation:
      author:
        - {family: Kay, given: Ann}
        - {family: Kay, given: Ann}  # CPR115

Passes:

    citation:
      author:
        - {family: Kay, given: Ann}

Fix: keep one of the two. If they are two people, write what tells them apart,
such as a second given name.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.validate.rules.hints import KEEP_ONE

RULE = Rule("CPR115", "repeated-author", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every author who is earlier in the same list."""
    for entry in base.entries:
        citation = entry.raw.get("citation")
        authors = citation.get("author") if isinstance(citation, dict) else None
        for number, author in enumerate(authors if isinstance(authors, list) else ()):
            if isinstance(authors, list) and author in authors[:number]:
                name = ", ".join(map(str, author.values())) if isinstance(author, dict) else str(author)
                path = (*entry.path, "citation", "author", number)
                yield Problem(RULE, entry.text, path, f"the author `{name[:60]}` is named twice", KEEP_ONE)
