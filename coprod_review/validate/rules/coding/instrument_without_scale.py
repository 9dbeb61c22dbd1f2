"""An instrument is named, but the measurement is not coded as a validated scale.

`instruments` is for published scales. If the authors made a questionnaire for
their study, write `study_specific` and describe it in the summary.

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
    scales = base.framework.codebook.ids_of_kind("measurements", "scale")
    for entry, path, finding in base.findings:
        if scales and finding.instruments and finding.measurement not in scales:
            scale = finding.instruments[0][:60]
            message = f"`{scale}` is listed as a published scale, but the measurement is `{finding.measurement}`"
            hint = f"write `measurement: {scales[0]}`, or delete the instrument"
            yield Problem(RULE, entry.text, (*path, "instruments"), message, hint)
