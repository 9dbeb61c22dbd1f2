"""The file refers to a study, a claim or an erratum that is not in the base.

Claims refer to the studies that they cite, findings refer to claims, and errata
refer to both. A statement of the review refers to claims and errata, and a
published number to its study. If a link leads nowhere, a statement has no
support.

Fails:

    cited_via: nobody-1999  # CPR501

Passes:

    cited_via: null

Fix: type the suggested id, or add the missing entry.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.model.review import Review
from coprod_review.model.study import Study
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.suggestions import did_you_mean

RULE = Rule("CPR501", "missing-link", Severity.ERROR, __doc__, suppressible=False)
# A suggestion compares with every id of the base, so only the first missing links of a file get one.
_MAX_SUGGESTIONS = 100
Target = Literal["study", "claim", "erratum"]


class Link(NamedTuple):
    """An id, and the kind of thing that it should identify."""

    place: KeyPath
    target: Target
    id: str


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every id that identifies nothing in the base."""
    review, known = base.framework.review, _known_ids(base)
    for entry in base.entries:
        yield from _missing_links(known, entry.text, entry.path, _links_of_study(entry))
    if review and "review" in base.parts:
        yield from _missing_links(known, base.parts["review"], (), _links_of_review(review))


def _known_ids(base: EvidenceBase) -> dict[str, dict[str, None]]:
    """Return the ids in the base by the kind of thing they identify, for each kind that is known in full."""
    known = {}
    # While an entry cannot be read, nobody knows whether a link leads to it.
    if base.entries and not any(text.lost_entries for text in base.texts):
        known["study"] = dict.fromkeys(entry.id for entry in base.entries)
    review = base.framework.review
    if review:
        known["claim"] = dict.fromkeys(claim.id for claim in review.claims)
        known["erratum"] = dict.fromkeys(erratum.id for erratum in review.errata if erratum.id)
    return known


def _missing_links(
    known: dict[str, dict[str, None]], text: YamlText, path: KeyPath, links: Iterator[Link]
) -> Iterator[Problem]:
    missing = (link for link in links if link.target in known and link.id not in known[link.target])
    for number, (place, target, identity) in enumerate(missing):
        near = did_you_mean(identity, known[target]) if number < _MAX_SUGGESTIONS else ""
        hint = near or f"add the {target}, or correct the id"
        yield Problem(RULE, text, (*path, *place), f"there is no {target} `{identity[:80]}` in the base", hint)


def _links_of_study(entry: Entry) -> Iterator[Link]:
    study = entry.study
    if study is None:
        return
    if study.cited_via:
        yield Link(("cited_via",), "study", study.cited_via)
    for number, erratum in enumerate(study.errata):
        yield from _links_of_list(("errata", number, "claims"), "claim", erratum.claims)
        yield from _links_of_list(("errata", number, "denies"), "claim", erratum.denies)
    yield from _links_of_findings(study)


def _links_of_findings(study: Study) -> Iterator[Link]:
    for number, finding in enumerate(study.findings):
        for index, report in enumerate(finding.reported_in):
            if report.claim:
                yield Link(("findings", number, "reported_in", index, "claim"), "claim", report.claim)


def _links_of_review(review: Review) -> Iterator[Link]:
    for number, claim in enumerate(review.claims):
        yield from _links_of_list(("claims", number, "cites"), "study", claim.cites)
        for index, figure in enumerate(claim.figures):
            if figure.study:
                yield Link(("claims", number, "figures", index, "study"), "study", figure.study)
    for field in ("enablers", "barriers"):
        for number, influence in enumerate(getattr(review, field)):
            yield Link((field, number, "claim"), "claim", influence.claim)
            yield from _links_of_list((field, number, "cites"), "study", influence.cites)
    for number, erratum in enumerate(review.errata):
        yield from _links_of_list(("errata", number, "claims"), "claim", erratum.claims)
        yield from _links_of_list(("errata", number, "studies"), "study", erratum.studies)
        yield from _links_of_list(("errata", number, "denies"), "claim", erratum.denies)
    yield from _links_of_figures(review)


def _links_of_figures(review: Review) -> Iterator[Link]:
    for number, stated in enumerate(review.stated):
        yield from _links_of_list(("stated", number, "claims"), "claim", stated.claims)
        yield from _links_of_list(("stated", number, "errata"), "erratum", stated.errata)
        for index, quoted in enumerate(stated.quoted):
            yield Link(("stated", number, "quoted", index, "claim"), "claim", quoted.claim)
    for number, published in enumerate(review.published):
        if published.study:
            yield Link(("published", number, "study"), "study", published.study)


def _links_of_list(place: KeyPath, target: Target, ids: Iterable[str]) -> Iterator[Link]:
    """Yield a link for each id of a list."""
    for index, identity in enumerate(ids):
        yield Link((*place, index), target, identity)
