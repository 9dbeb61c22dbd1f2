"""An id does not match the first author and the year.

The id is the family name of the first author and the year, in small letters:
`kay-2019`. A work without a date ends in `nd`, as in `tlap-nd`. A letter after
the year distinguishes two works of one year. For an organisation, any short
form of its name is right.

Fails:

    id: kay-2018  # CPR304
    citation: {issued: 2019, author: [{family: Kay}]}

Passes:

    id: kay-2019
    citation: {issued: 2019, author: [{family: Kay}]}

Fix: correct the id, the author or the year, whichever is wrong.
"""

import re
from collections.abc import Iterator

from coprod_review.bibliography.reference import expected_id, plain_name
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.study import Study
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR304", "id-mismatch", Severity.ERROR, __doc__)
_ID_FORM = re.compile(r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<year>[0-9]{4}|nd)[a-z]?\Z")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry whose id is not made of its first author's name and its year."""
    for entry in base.entries:
        if entry.study is not None and not _fits(entry.study):
            hint = f"write `{expected_id(entry.study.citation)}`, or correct the author or the year"
            message = f"the id `{entry.study.id[:80]}` does not match {_author_and_year(entry.study)}"
            yield Problem(RULE, entry.text, (*entry.path, "id"), message, hint)


def _fits(study: Study) -> bool:
    match = _ID_FORM.match(study.id)
    if not match or match["year"] != str(study.year or "nd"):
        return False
    family = study.citation.author[0].family if study.citation.author else None
    # Letters beyond a to z have more than one transliteration: mueller and muller.
    return (
        family is None
        or not family.isascii()
        or _without_hyphens(match["name"]) == _without_hyphens(plain_name(family))
    )


def _without_hyphens(name: str) -> str:
    return name.replace("-", "")


def _author_and_year(study: Study) -> str:
    first = study.citation.author[0] if study.citation.author else None
    name = ((first.family or first.literal) if first else None) or "none"
    return f"the first author ({name[:80]}) and the year ({study.year or 'none'})"
