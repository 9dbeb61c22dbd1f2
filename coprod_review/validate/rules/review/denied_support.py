"""A claim counts as supported by a study, although an erratum denies it.

An erratum lists under `denies` the claims that its studies cannot support if
the erratum is right. An erratum of a study is about that study, and an erratum
of the review is about the studies that it names. Both cannot be true at once:
either the erratum is wrong, or the study does not support the claim.

Fails:

    claims:
      - stakeholder: none
        cites: [kay-2019]
        corroboration: {kay-2019: supported}  # CPR511
    errata:
      - about: The review calls the college co-produced
        correction: The abstract does not mention co-production.
        basis: Abstract
        confidence: high
        verified_at_original: false
        claims: [c01]
        denies: [c01]

Passes:

    claims:
      - stakeholder: none
        cites: [kay-2019]
        corroboration: {kay-2019: partly}
    errata:
      - about: The review calls the college co-produced
        correction: The abstract does not mention co-production.
        basis: Abstract
        confidence: high
        verified_at_original: false
        claims: [c01]
        denies: [c01]

Fix: write `partly` or `not_seen` for the study, or correct the erratum.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR511", "denied-support", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every study that counts as support for a claim which an erratum denies."""
    review = base.framework.review
    if review is None or "review" not in base.parts:
        return
    denials = dict(_denials(base))
    for number, claim in enumerate(review.claims):
        for study, code in claim.corroboration.items():
            erratum = denials.get((claim.id, study))
            if code == "supported" and erratum:
                path = ("claims", number, "corroboration", study)
                message = f"{erratum} denies that `{study}` can support claim {claim.id}"
                hint = "write `partly` or `not_seen`, or correct the erratum"
                yield Problem(RULE, base.parts["review"], path, message, hint)


def _denials(base: EvidenceBase) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield each claim and study that an erratum denies, with words for the erratum."""
    for study in base.studies:
        for erratum in study.errata:
            yield from (((claim, study.id), f"an erratum of `{study.id}`") for claim in erratum.denies)
    for erratum in base.framework.review.errata if base.framework.review else ():
        words = f"erratum {erratum.id}" if erratum.id else "an erratum of the review"
        yield from (((claim, identity), words) for claim in erratum.denies for identity in erratum.studies)
