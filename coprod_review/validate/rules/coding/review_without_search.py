"""The entry of a review does not say when the review searched, or how many works it included.

A review of 9 works and a review of 203 are different evidence, and no review
can include what was published after its search. Write null for what an abstract
does not say. If the full text was read, every value is needed.

Fails:

    design: scoping-review  # CPR412
    search: null
    findings: []
    reports: {outcome: not_coded}
    coding_note: No finding.

Passes:

    design: scoping-review
    search: {start: 2006, end: null, included: 34}
    findings: []
    reports: {outcome: not_coded}
    coding_note: No finding.

Fix: add `search: {start: ..., end: ..., included: ...}`, with null for what you
could not find.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, read_in_full
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR412", "review-without-search", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every review without its search, and every gap in the search of one whose full text was read."""
    codebook = base.framework.codebook
    for entry in base.entries:
        if entry.study and codebook.kind("designs", entry.study.design) == "review":
            yield from _missing_search(entry, entry.study, codebook)


def _missing_search(entry: Entry, study: Study, codebook: Codebook) -> Iterator[Problem]:
    if study.search is None:
        hint = "add `search: {start: ..., end: ..., included: ...}`, with null for what you could not find"
        path = (*entry.path, "design")
        yield Problem(
            RULE, entry.text, path, "this review has no dates of its search and no number of included works", hint
        )
    elif read_in_full(study, codebook):
        for field in ("start", "end", "included"):
            if getattr(study.search, field) is None:
                message = f"the full text was read, but search › {field} is not given"
                path = (*entry.path, "search", field)
                yield Problem(RULE, entry.text, path, message, "write what the full text says")
