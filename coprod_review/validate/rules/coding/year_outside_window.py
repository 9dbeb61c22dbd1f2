"""A work is older than the window that the base declares.

Not an error: a base may hold older works that its review cites. A reader should
know which, since a figure about the window would leave them out.

Fails:

    scope: {published_from: 2017}
    citation: {issued: 1987}  # CPR418

Passes:

    scope: {published_from: 2017}
    citation: {issued: 2019}

Fix: nothing has to change. A wrong year is corrected; a window that does not
describe the base is corrected in base.yaml, `scope › published_from`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR418", "year-outside-window", Severity.NOTE, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every study that counts as evidence and was published before the window of the base begins."""
    first = base.framework.about.scope.published_from
    for entry in base.entries:
        year = entry.study.year if entry.study else None
        if first is not None and year is not None and year < first and entry.study and entry.study.is_eligible:
            message = f"{year} is before {first}, where the window of the base begins"
            hint = "nothing to change if the year is right"
            yield Problem(RULE, entry.text, (*entry.path, "citation", "issued"), message, hint)
