"""An instrument is named, but the measurement is not coded as a validated scale.

`instruments` holds published scales by name. A questionnaire that the study
made for itself is `study_specific` and is described in the summary.

Fails:

    findings:
      - instruments: [WEMWBS]  # CPR414
        measurement: qualitative

Passes:

    findings:
      - instruments: [WEMWBS]
        measurement: validated_scale

Fix: write `measurement: validated_scale`, or delete the instrument.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR414", "instrument-without-scale", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every finding with an instrument whose measurement is not a validated scale."""
    for entry, path, finding in base.findings:
        if finding.instruments and finding.measurement != "validated_scale":
            message = (
                f"`{finding.instruments[0][:60]}` is a published scale, but measurement is `{finding.measurement}`"
            )
            hint = "write `measurement: validated_scale`, or delete the instrument"
            yield Problem(RULE, entry.text, (*path, "instruments"), message, hint)
