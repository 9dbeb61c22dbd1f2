"""A claim of the review and the findings for it do not match.

If the review says that a work shows something for a stakeholder group, the
entry of that work needs a finding for the group. The finding names the claim
and its section.

Fails:

    claims:
      - stakeholder: people
        cites: [kay-2019]  # CPR502
        corroboration: {kay-2019: partly}

Passes:

    claims:
      - stakeholder: none
        cites: [kay-2019]
        corroboration: {kay-2019: partly}

Fix: add the finding, correct its `section`, or correct the claim.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.model.review import Claim, Review
from coprod_review.model.study import Study, stakeholder
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR502", "claim-without-finding", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every cited study without a finding for its claim, and every finding that does not fit its claim."""
    review = base.framework.review
    if review is None or "review" not in base.parts:
        return
    studies = {study.id: study for study in base.studies}
    for number, claim in enumerate(review.claims):
        for index, cited in enumerate(claim.cites):
            if claim.stakeholder != "none" and cited in studies and not _has_finding_for(studies[cited], claim):
                message = f"no finding of `{cited}` about {claim.stakeholder} names the claim {claim.id}"
                hint = f"add the finding to `{cited}`, with `claim: {claim.id}` under `reported_in`"
                yield Problem(RULE, base.parts["review"], ("claims", number, "cites", index), message, hint)
    for entry in base.entries:
        yield from _check_findings(entry, review)


def _has_finding_for(study: Study, claim: Claim) -> bool:
    return any(
        stakeholder(finding.outcome) == claim.stakeholder
        and any(report.claim == claim.id for report in finding.reported_in)
        for finding in study.findings
    )


def _check_findings(entry: Entry, review: Review) -> Iterator[Problem]:
    claims = {claim.id: claim for claim in review.claims}
    for number, finding in enumerate(entry.study.findings if entry.study else ()):
        for index, report in enumerate(finding.reported_in):
            claim = claims.get(report.claim or "")
            path = (*entry.path, "findings", number, "reported_in", index)
            if report.source == review.id and not report.claim:
                message = "this finding comes from the review, but it names no claim"
                yield Problem(RULE, entry.text, path, message, "add `claim:` with the id of the claim")
            elif claim and claim.section != report.section:
                message = f"claim {claim.id} is in section {claim.section}, not in section {report.section}"
                yield Problem(RULE, entry.text, (*path, "section"), message, f'write "{claim.section}"')
            elif claim and entry.id not in claim.cites:
                message = f"claim {claim.id} does not cite `{entry.id}`"
                yield Problem(RULE, entry.text, (*path, "claim"), message, "name a claim that cites it")
