"""A work has an impossible year.

Ages are computed from years. A base of November 2026 cannot contain a work of
2062. The earliest year is 1800, and the latest is one year after the date of
the base.

Fails:

    as_of: 2026-11-23
    citation: {issued: 2062}  # CPR112

Passes:

    as_of: 2026-11-23
    citation: {issued: 2019}

Fix: correct the year. For a work in press, write the year of its online
version.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR112", "impossible-year", Severity.ERROR, __doc__)
_EARLIEST = 1800


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every year before 1800, or more than one year after the date of the base."""
    as_of = base.framework.about.as_of[:4]
    # Journals date some issues ahead of the year in which they appear.
    latest = int(as_of) + 1 if as_of.isdecimal() else 9999
    for entry in base.entries:
        year = entry.study.year if entry.study else None
        if year is not None and not _EARLIEST <= year <= latest:
            message = f"{year} cannot be the year of a work in this base"
            hint = f"write a year from {_EARLIEST} to {latest}" if as_of.isdecimal() else f"write {_EARLIEST} or later"
            yield Problem(RULE, entry.text, (*entry.path, "citation", "issued"), message, hint)
