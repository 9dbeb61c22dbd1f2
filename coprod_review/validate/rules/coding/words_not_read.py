"""A finding says how strongly its source puts it, but the words of that source were not read.

If only the review that the base starts from reports a finding, nobody has read
the words of the study. The code is then `not_stated`.

Fails:

    claims:
      - stakeholder: none
        cites: [kay-2019]
        corroboration: {kay-2019: not_seen}
    findings:
      - asserts: states  # CPR426
        reported_in: [{source: scie-review-2022, section: "3.1", claim: c01}]

Passes:

    claims:
      - stakeholder: none
        cites: [kay-2019]
        corroboration: {kay-2019: not_seen}
    findings:
      - asserts: not_stated
        reported_in: [{source: scie-review-2022, section: "3.1", claim: c01}]

Fix: write `not_stated`, or add the text of the study that you read to
`reported_in`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity, replacement_fix

RULE = Rule("CPR426", "words-not-read", Severity.ERROR, __doc__)
_STRENGTHS = ("states", "suggests", "hints")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every strength of a statement that is known from the review of the base alone."""
    review = base.framework.review
    if review is None:
        return
    for entry, path, finding in base.findings:
        if finding.asserts in _STRENGTHS and all(place.source == review.id for place in finding.reported_in):
            message = f"`{finding.asserts}` is about the words of the study, but only {review.id} reports the finding"
            fix = replacement_fix("not_stated", safe=True)
            yield Problem(RULE, entry.text, (*path, "asserts"), message, "write `not_stated`", fix=fix)
