"""For some outcomes, nobody coded how they were measured, because nobody read the full text.

This is a limit of the whole base, so it is one note. Figures about measurement
leave these findings out and say so.

Fails:

    coding: Coded once.  # CPR420
    findings:
      - level: outcome
        measurement: not_coded

Passes:

    coding: Coded once.
    findings:
      - level: outcome
        measurement: validated_scale

Fix: nothing has to change. To remove the note, somebody has to read the full
texts.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import read_in_part
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.validate.rules.hints import FULL_TEXTS_NEEDED

RULE = Rule("CPR420", "measurement-not-seen", Severity.NOTE, __doc__, needs_complete_base=True)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report in one note for how many outcome findings an abstract or a citation did not show the measurement."""
    text, codebook = base.parts.get("base"), base.framework.codebook
    if text is None:
        return
    outcomes = [
        finding
        for entry, _, finding in base.findings
        if entry.study and read_in_part(entry.study, codebook) and codebook.side(finding.level) == "outcome"
    ]
    uncoded = sum(finding.measurement == NOT_CODED for finding in outcomes)
    if uncoded:
        message = (
            f"{uncoded} of {len(outcomes)} outcome findings from an abstract or citation have no code for measurement"
        )
        yield Problem(RULE, text, ("coding",), message, FULL_TEXTS_NEEDED)
