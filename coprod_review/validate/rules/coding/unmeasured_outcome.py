"""The full text was read, but nobody coded how an outcome was measured.

A change on a validated scale and a change that an author asserts are different
evidence. Somebody who reads the full text can code which of them it is, or that
the text does not say. For entries that were coded from an abstract, there is
one note for the whole base, CPR420.

Fails:

    coded_from: full_text
    findings:
      - level: outcome
        measurement: not_coded  # CPR410

Passes:

    coded_from: full_text
    findings:
      - level: outcome
        measurement: validated_scale

Fix: write how the outcome was measured, or `not_reported` if the full text does
not say. `coprod-review codebook measurements` lists the terms.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import read_in_full
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR410", "unmeasured-outcome", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every outcome finding without a measurement in an entry coded from a full text."""
    codebook = base.framework.codebook
    for entry, path, finding in base.findings:
        read = entry.study is not None and read_in_full(entry.study, codebook)
        if read and finding.measurement == NOT_CODED and codebook.side(finding.level) == "outcome":
            hint = f"write {codebook.allowed('measurements')}"
            yield Problem(
                RULE, entry.text, (*path, "measurement"), "the measurement of this outcome is not coded", hint
            )
