"""A title is written in capitals.

Capitals are hard to read, some screen readers spell them letter by letter, and
they look careless in a list of references. Titles are in sentence case.

Fails:

    citation: {title: CO-PRODUCTION IN SOCIAL CARE}  # CPR110

Passes:

    citation: {title: Co-production in social care}

Fix: write the title in sentence case, and keep the capitals of names.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR110", "title-in-capitals", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every long title of two words or more without a lower-case letter."""
    for entry in base.entries:
        for field in ("title", "container-title"):
            written = entry.study and getattr(entry.study.citation, field.replace("-", "_"))
            if written and written.isupper() and len(written.split()) > 1 and len(written) > 12:
                hint = "write it in sentence case, and keep the capitals of names"
                message = f"the {field} is written in capitals"
                yield Problem(RULE, entry.text, (*entry.path, "citation", field), message, hint)
