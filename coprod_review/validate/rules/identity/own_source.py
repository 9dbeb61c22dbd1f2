"""A work names itself as its source.

A work cannot be cited through itself, and a review cannot include itself.
Otherwise its findings would be counted twice.

Fails:

    id: kay-2019
    cited_via: kay-2019  # CPR309

Passes:

    id: kay-2019
    cited_via: null

Fix: name the other work, or delete the line.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR309", "own-source", Severity.ERROR, __doc__)
_HINT = "name the other work, or delete this one"


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry that is cited through itself or includes itself."""
    for entry in base.entries:
        study = entry.study
        if study is None:
            continue
        if study.cited_via == study.id:
            yield Problem(RULE, entry.text, (*entry.path, "cited_via"), "this work is cited through itself", _HINT)
        own_names = {name.casefold() for name in (study.id, study.citation.doi) if name}
        for number, included in enumerate(study.search.included_studies if study.search else ()):
            if included.casefold() in own_names:
                path = (*entry.path, "search", "included_studies", number)
                yield Problem(RULE, entry.text, path, "this review includes itself", _HINT)
