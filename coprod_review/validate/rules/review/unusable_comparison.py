"""A statement of the review cannot be compared with the base as it is written.

Each row of `stated` names counts, figures or claims, or says in
`not_comparable_because` why nothing can be compared. A count says what it
counts, in which works, under which conditions, and how the number must compare
with the published one. Whether a figure exists, only `claims --regenerate` can
tell.

Fails:

    stated:
      - id: R01
        section: "6"
        statement: The reference list has 37 entries.
        counts:
          - {what: works, count: works, of: references, comparator: equal}  # CPR510

Passes:

    stated:
      - id: R01
        section: "6"
        statement: The reference list has 37 entries.
        counts:
          - {what: works, count: works, of: references, comparator: equal, published: 37}

Fix: write what the message names.
"""

from collections.abc import Iterator

from coprod_review.errors import UnknownName
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.codebook import Codebook
from coprod_review.model.facets import parse_filter
from coprod_review.model.review import Review
from coprod_review.model.stated import Stated, StatedCount
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.text.grammar import plural

RULE = Rule("CPR510", "unusable-comparison", Severity.ERROR, __doc__, suppressible=False)
Fault = tuple[KeyPath, str, str]
"""The place within a row or a count, what is wrong there, and what to do."""


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every comparison that cannot be made."""
    review, text = base.framework.review, base.parts.get("review")
    if review is None or text is None:
        return
    for number, row in enumerate(review.stated):
        faults = [*_row_faults(row), *_quote_faults(row, review)]
        for index, count in enumerate(row.counts):
            faults += [
                (("counts", index, *path), message, hint)
                for path, message, hint in (*_count_faults(count), *_condition_faults(count, base.framework.codebook))
            ]
        for path, message, hint in faults:
            yield Problem(RULE, text, ("stated", number, *path), message, hint)


def _row_faults(row: Stated) -> Iterator[Fault]:
    decides = bool(row.figures or row.quoted or any(count.comparator for count in row.counts))
    if not decides and not row.not_comparable_because:
        hint = (
            "give a count a `comparator`, add `figures` or `quoted`, or write `not_comparable_because:` with a sentence"
        )
        yield ("id",), f"nothing decides whether this base agrees with {row.id[:80]}", hint


def _quote_faults(row: Stated, review: Review) -> Iterator[Fault]:
    numbers = {claim.id: len(claim.figures) for claim in review.claims}
    for index, quoted in enumerate(row.quoted):
        place, most = ("quoted", index), numbers.get(quoted.claim)
        if quoted.number is None and (quoted.published is not None or quoted.unit is not None):
            yield place, "nothing says which number of the claim is meant", "add `number:` with its position, from 1"
        elif quoted.number is not None and most is not None and not 1 <= quoted.number <= most:
            yield (*place, "number"), f"the claim {quoted.claim} has {plural(most, 'number')}", "count from 1"


def _count_faults(count: StatedCount) -> Iterator[Fault]:
    is_of_works = count.count in ("works", "findings")
    if is_of_works and count.of is None:
        yield (
            ("count",),
            f"nothing says in which works the {count.count} are counted",
            "add `of: references` or another",
        )
    if (count.count == "terms") != (count.vocabulary is not None):
        yield (
            ("count",),
            "terms are counted in a vocabulary, and nothing else is",
            "write `count: terms` and `vocabulary:`",
        )
    if not is_of_works and (count.where or count.parts):
        yield ("count",), f"conditions cannot be put on {count.count}", "remove `where` and `parts`"
    yield from _comparator_faults(count)


def _comparator_faults(count: StatedCount) -> Iterator[Fault]:
    has_number, comparator = count.published is not None, count.comparator
    if comparator in ("every", "none"):
        if has_number or not (count.where or count.parts):
            yield ("comparator",), f"`{comparator}` is about conditions", "write `where:`, and no `published:`"
    elif comparator in ("more_than", "less_than") and not has_number:
        if len(count.parts) < 2:
            yield ("comparator",), "there is nothing to compare with", "add `published:`, or `parts:` with two or more"
    elif (comparator is not None) != has_number:
        hint = "write both `comparator:` and `published:`, or neither"
        yield (
            ("comparator" if comparator else "published",),
            "a comparator and a published number need each other",
            hint,
        )


def _condition_faults(count: StatedCount, codebook: Codebook) -> Iterator[Fault]:
    conditions: list[tuple[KeyPath, str]] = [(("where", n), text) for n, text in enumerate(count.where)]
    conditions += [(("parts", name), text) for name, text in count.parts.items()]
    for path, text in conditions:
        try:
            parse_filter(text, codebook)
        except UnknownName as error:
            yield path, f"the condition `{text[:80]}` cannot be used", str(error)
    if count.vocabulary and not codebook.terms(count.vocabulary):
        yield ("vocabulary",), f"the codebook has no vocabulary `{count.vocabulary[:80]}`", "see coprod-review codebook"
