"""Two entries seem to be the same work under different ids.

A work counts once. Two entries with the same title and year are one work,
unless each of them has a DOI. Titles are compared without capitals and
punctuation.

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

Fix: delete one of the two. If they are two works, add the DOI of each. If they
have no DOI, give the reason in a comment: `# coprod: ignore[CPR305] two reports
with the same title`.
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
            message = f"this entry has the same title and year as `{earlier.id}`"
            hint = (
                "delete one of the two, or add the DOI of each; "
                "if they have no DOI, write # coprod: ignore[CPR305] and the reason"
            )
            related = ((earlier.text, (*earlier.path, "citation", "title")),)
            yield Problem(RULE, entry.text, (*entry.path, "citation", "title"), message, hint, related=related)


def _have_dois(one: Entry, other: Entry) -> bool:
    """Whether each entry has a DOI; CPR301 reports entries with the same DOI."""
    return bool(one.study and other.study and one.study.citation.doi and other.study.citation.doi)
