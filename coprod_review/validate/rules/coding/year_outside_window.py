"""A work is older than the period that the base covers.

This is not an error, because a base may contain older works that its review
cites. Readers should know which works these are, because a figure about the
period would leave them out.

Fails:

    scope: {published_from: 2017}
    citation: {issued: 1987}  # CPR418

Passes:

    scope: {published_from: 2017}
    citation: {issued: 2019}

Fix: nothing has to change if the year and the period are right. Otherwise
correct the year, or correct `scope › published_from` in base.yaml.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.study import is_eligible
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR418", "year-outside-window", Severity.NOTE, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every study that counts as evidence and was published before the window of the base begins."""
    first = base.framework.about.scope.published_from
    for entry in base.entries:
        study, year = entry.study, entry.study.year if entry.study else None
        if study is None or year is None or first is None or year >= first:
            continue
        if is_eligible(study, base.framework.codebook):
            message = f"the work is from {year}, but the base covers works from {first}"
            hint = "nothing has to change if the year is right"
            yield Problem(RULE, entry.text, (*entry.path, "citation", "issued"), message, hint)
