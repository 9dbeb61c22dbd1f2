"""An entry points to a study, a claim or an erratum that the base does not hold.

Claims cite studies, findings point to claims, errata to both, what the review
states to claims and errata, and a published number to the study that gives it.
A link that leads nowhere leaves a statement without its support.

Fails:

    cited_via: nobody-1999  # CPR501

Passes:

    cited_via: null

Fix: type the suggested id, or add the entry that is missing.
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
_SUGGESTIONS = 100
What = Literal["study", "claim", "erratum"]


class Link(NamedTuple):
    """One id that points to something, and what that should be."""

    place: KeyPath
    what: What
    id: str


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Every id that leads nowhere."""
    review, known = base.framework.review, _known(base)
    for entry in base.entries:
        yield from _dead(known, entry.text, entry.path, _links_of_study(entry))
    if review and "review" in base.parts:
        yield from _dead(known, base.parts["review"], (), _links_of_review(review))


def _known(base: EvidenceBase) -> dict[str, dict[str, None]]:
    """The ids that the base holds, by what they name: only what is known in full."""
    known = {}
    # While an entry cannot be read, nobody knows whether a link leads to it.
    if base.entries and not any(text.lost_entries for text in base.texts):
        known["study"] = dict.fromkeys(entry.id for entry in base.entries)
    review = base.framework.review
    if review:
        known["claim"] = dict.fromkeys(claim.id for claim in review.claims)
        known["erratum"] = dict.fromkeys(erratum.id for erratum in review.errata if erratum.id)
    return known


def _dead(known: dict[str, dict[str, None]], text: YamlText, path: KeyPath, links: Iterator[Link]) -> Iterator[Problem]:
    dead = (link for link in links if link.what in known and link.id not in known[link.what])
    for number, (place, what, identity) in enumerate(dead):
        # A suggestion compares with every id of the base, so hundreds of dead links in one file get none.
        near = did_you_mean(identity, known[what]) if number < _SUGGESTIONS else ""
        hint = near or f"add the {what}, or correct the id"
        yield Problem(RULE, text, (*path, *place), f"there is no {what} `{identity[:80]}` in the base", hint)


def _links_of_study(entry: Entry) -> Iterator[Link]:
    study = entry.study
    if study is None:
        return
    if study.cited_via:
        yield Link(("cited_via",), "study", study.cited_via)
    for number, erratum in enumerate(study.errata):
        yield from _each(("errata", number, "claims"), "claim", erratum.claims)
    yield from _links_of_findings(study)


def _links_of_findings(study: Study) -> Iterator[Link]:
    for number, finding in enumerate(study.findings):
        for index, seen in enumerate(finding.reported_in):
            if seen.claim:
                yield Link(("findings", number, "reported_in", index, "claim"), "claim", seen.claim)


def _links_of_review(review: Review) -> Iterator[Link]:
    for number, claim in enumerate(review.claims):
        yield from _each(("claims", number, "cites"), "study", claim.cites)
        for index, figure in enumerate(claim.figures):
            if figure.study:
                yield Link(("claims", number, "figures", index, "study"), "study", figure.study)
    for field in ("enablers", "barriers"):
        for number, influence in enumerate(getattr(review, field)):
            yield Link((field, number, "claim"), "claim", influence.claim)
            yield from _each((field, number, "cites"), "study", influence.cites)
    for number, erratum in enumerate(review.errata):
        yield from _each(("errata", number, "claims"), "claim", erratum.claims)
        yield from _each(("errata", number, "studies"), "study", erratum.studies)
    yield from _links_of_what_is_counted(review)


def _links_of_what_is_counted(review: Review) -> Iterator[Link]:
    for number, stated in enumerate(review.stated):
        yield from _each(("stated", number, "claims"), "claim", stated.claims)
        yield from _each(("stated", number, "errata"), "erratum", stated.errata)
    for number, published in enumerate(review.published):
        if published.study:
            yield Link(("published", number, "study"), "study", published.study)


def _each(place: KeyPath, what: What, ids: Iterable[str]) -> Iterator[Link]:
    """A link for every id of a list."""
    for index, identity in enumerate(ids):
        yield Link((*place, index), what, identity)
