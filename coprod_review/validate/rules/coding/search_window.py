"""The search of a review has impossible dates or numbers.

A search cannot end before it starts, or after the year in which the review
appeared. A review cannot include more works than it screened.

Fails:

    citation: {issued: 2019}
    search: {start: 2006, end: 2021}  # CPR419

Passes:

    citation: {issued: 2019}
    search: {start: 2006, end: 2018}

Fix: correct the date or number that is wrong. Write a year, or a year and a
month in quotation marks: "2017-10".
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.model.study import Search
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR419", "search-window", Severity.ERROR, __doc__)
_HINT = "correct the date that is wrong, or the year of the review"
_PARTIAL_DATE = re.compile(r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?\Z")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every search window that does not end before the review, and every impossible count of works."""
    for entry in base.entries:
        if entry.study and entry.study.search:
            yield from _check_search(entry, entry.study.search, entry.study.year)


def _check_search(entry: Entry, search: Search, year: int | None) -> Iterator[Problem]:
    path = (*entry.path, "search")
    for field in ("start", "end"):
        written = getattr(search, field)
        if written is not None and not _PARTIAL_DATE.match(str(written)):
            message = f"`{str(written)[:40]}` is not a year or a month"
            yield Problem(
                RULE, entry.text, (*path, field), message, 'write a year such as 2017, or a month such as "2017-10"'
            )
    start, end = str(search.start or ""), str(search.end or "")
    if start and end and end[: len(start)] < start[: len(end)]:
        yield Problem(RULE, entry.text, (*path, "end"), f"the search ends in {end}, but it starts in {start}", _HINT)
    elif year is not None and end and end[:4] > str(year):
        message = f"the search ends in {end}, but the review appeared in {year}"
        yield Problem(RULE, entry.text, (*path, "end"), message, _HINT)
    for field in ("included", "screened"):
        if (getattr(search, field) or 0) < 0:
            yield Problem(
                RULE, entry.text, (*path, field), "this number is below zero", "write the number that the review gives"
            )
    if search.included is not None and search.screened is not None and search.included > search.screened:
        message = f"{search.included} works were included, but only {search.screened} were screened"
        yield Problem(RULE, entry.text, (*path, "included"), message, "correct the number that is wrong")
