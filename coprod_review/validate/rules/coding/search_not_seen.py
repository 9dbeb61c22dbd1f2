"""For some reviews, the dates of the search or the number of included works are missing.

This is a limit of the whole base, so it is one note. Abstracts often leave
these details out.

Fails:

    coding: Coded once.  # CPR421
    design: scoping-review
    search: {start: null, end: null, included: 34}
    reports: {outcome: not_coded}
    findings: []
    coding_note: No finding.

Passes:

    coding: Coded once.
    design: scoping-review
    search: {start: 2006, end: "2017-10", included: 34}
    reports: {outcome: not_coded}
    findings: []
    coding_note: No finding.

Fix: nothing has to change. To remove the note, somebody has to read the full
texts.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.validate.rules.hints import FULL_TEXTS_NEEDED

RULE = Rule("CPR421", "search-not-seen", Severity.NOTE, __doc__, needs_complete_base=True)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report in one note for how many reviews the search is not known in full."""
    text, codebook = base.parts.get("base"), base.framework.codebook
    searches = [s.search for s in base.studies if s.search and codebook.kind("designs", s.design) == "review"]
    incomplete = sum(None in (search.start, search.end, search.included) for search in searches)
    if text is not None and incomplete:
        message = (
            f"for {incomplete} of {len(searches)} reviews, "
            "the dates of the search or the number of included works are missing"
        )
        yield Problem(RULE, text, ("coding",), message, FULL_TEXTS_NEEDED)
