"""Two entries seem to be the same work under different ids.

A work counts once. Two entries with the same title and year are one work,
unless each has a DOI of its own. Titles are compared without case and signs.

Fails:

    studies:
      - id: kay-2019a
        citation: {title: "Co-production: a study", issued: 2019, DOI: null}
      - id: kay-2019b
        citation: {title: Co-production - A Study, issued: 2019, DOI: null}  # CPR305

Passes:

    studies:
      - id: kay-2019a
        citation: {title: "Co-production: a study", issued: 2019, DOI: 10.1000/one}
      - id: kay-2019b
        citation: {title: Co-production - A Study, issued: 2019, DOI: 10.1000/two}

Fix: delete one of the two. Where they are two works, add what tells them apart.
"""

from collections.abc import Iterator

from coprod_review.bibliography.reference import normal_title
from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR305", "same-work", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every entry with the title and year of an earlier entry, unless each has a DOI of its own."""
    first: dict[tuple[str, int | None], Entry] = {}
    for entry in base.entries:
        if entry.study is None:
            continue
        earlier = first.setdefault((normal_title(entry.study.citation.title), entry.study.year), entry)
        if earlier.id != entry.id and not _have_dois(earlier, entry):
            message = f"the same title and year as `{earlier.id}`"
            hint = (
                "delete one of the two, or add the DOI that tells them apart; "
                "where neither has one, write # coprod: ignore[CPR305] and why"
            )
            related = ((earlier.text, (*earlier.path, "citation", "title")),)
            yield Problem(RULE, entry.text, (*entry.path, "citation", "title"), message, hint, related=related)


def _have_dois(one: Entry, other: Entry) -> bool:
    """Whether each entry has a DOI; CPR301 reports entries with the same DOI."""
    return bool(one.study and other.study and one.study.citation.doi and other.study.citation.doi)
