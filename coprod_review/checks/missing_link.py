"""An entry points to a study or a claim that the base does not hold.

Claims cite studies, findings point to claims, errata to both. A link that leads
nowhere leaves a statement without its support.

Fails:

    cited_via: nobody-1999  # CPR501

Passes:

    cited_via: null

Fix: type the suggested id, or add the entry that is missing.
"""

from collections.abc import Iterator

from coprod_review.evidence import Entry, EvidenceBase
from coprod_review.models import Study
from coprod_review.problems import Kind, Problem, Severity
from coprod_review.suggestions import did_you_mean
from coprod_review.yaml_text import KeyPath, YamlText

KIND = Kind("CPR501", "missing-link", Severity.ERROR, __doc__)
Link = tuple[KeyPath, str, str]
_SUGGESTIONS = 100


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Every id that leads nowhere."""
    review = base.framework.review
    # While an entry cannot be read, nobody knows whether a link leads to it.
    unread = any(text.lost for text in base.texts)
    known = {
        "study": None if unread else dict.fromkeys(entry.id for entry in base.entries),
        "claim": dict.fromkeys(claim.id for claim in review.claims) if review else None,
    }
    for entry in base.entries:
        yield from _dead(known, entry.text, entry.path, _links_of_study(entry))
    if review and "review" in base.parts:
        yield from _dead(known, base.parts["review"], (), _links_of_review(base))


def _dead(
    known: dict[str, dict[str, None] | None], text: YamlText, path: KeyPath, links: Iterator[Link]
) -> Iterator[Problem]:
    dead = ((place, what, identity) for place, what, identity in links if identity not in (known[what] or (identity,)))
    for number, (place, what, identity) in enumerate(dead):
        ids = known[what]
        if ids is not None:
            # A suggestion compares with every id of the base, so hundreds of dead links in one file get none.
            near = did_you_mean(identity, ids) if number < _SUGGESTIONS else ""
            hint = near or f"add the {what}, or correct the id"
            yield Problem(KIND, text, (*path, *place), f"there is no {what} `{identity[:80]}` in the base", hint)


def _links_of_study(entry: Entry) -> Iterator[Link]:
    study = entry.study
    if study is None:
        return
    if study.cited_via:
        yield ("cited_via",), "study", study.cited_via
    for number, erratum in enumerate(study.errata):
        for index, claim in enumerate(erratum.claims):
            yield ("errata", number, "claims", index), "claim", claim
    yield from _links_of_findings(study)


def _links_of_findings(study: Study) -> Iterator[Link]:
    for number, finding in enumerate(study.findings):
        for index, seen in enumerate(finding.reported_in):
            if seen.claim:
                yield ("findings", number, "reported_in", index, "claim"), "claim", seen.claim


def _links_of_review(base: EvidenceBase) -> Iterator[Link]:
    review = base.framework.review
    assert review is not None
    for number, claim in enumerate(review.claims):
        for index, cited in enumerate(claim.cites):
            yield ("claims", number, "cites", index), "study", cited
        for index, figure in enumerate(claim.figures):
            if figure.study:
                yield ("claims", number, "figures", index, "study"), "study", figure.study
    for field in ("enablers", "barriers"):
        for number, influence in enumerate(getattr(review, field)):
            yield (field, number, "claim"), "claim", influence.claim
            for index, cited in enumerate(influence.cites):
                yield (field, number, "cites", index), "study", cited
    for number, erratum in enumerate(review.errata):
        for index, claim_id in enumerate(erratum.claims):
            yield ("errata", number, "claims", index), "claim", claim_id
        for index, cited in enumerate(erratum.studies):
            yield ("errata", number, "studies", index), "study", cited
