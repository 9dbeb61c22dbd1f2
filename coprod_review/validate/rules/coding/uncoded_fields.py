"""Some fields are not coded in any entry.

This is a limit of the whole base, so it is one note. Analyses of these fields
can say only that nobody has looked yet. They cannot say that there is nothing.

Fails:

    coding: Coded once.  # CPR424
    cost_measure: not_coded

Passes:

    coding: Coded once.
    coded_from: full_text
    phase: [design]
    rung_claimed: co-design
    rung_assessed: co-design
    involvement_in_outcomes: involved
    cost_measure: none
    looked_for_harm: looked
    definition: given
    findings:
      - measurement: qualitative
        follow_up: during
        beneficiary: took_part
        whose: person

Fix: nothing has to change. If one entry codes the field, the note no longer
lists it.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.record import NOT_CODED
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR424", "uncoded-fields", Severity.NOTE, __doc__, needs_complete_base=True)
_STUDY_FIELDS = (
    "definition", "phase", "rung_claimed", "rung_assessed", "involvement_in_outcomes", "cost_measure", "looked_for_harm"
)  # fmt: skip
_FINDING_FIELDS = ("measurement", "follow_up", "beneficiary", "whose")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report in one note the fields that no entry codes."""
    text = base.parts.get("base")
    findings = [finding for study in base.studies for finding in study.findings]
    fields = [field for field in _STUDY_FIELDS if all(getattr(s, field) in (NOT_CODED, ()) for s in base.studies)]
    fields += [field for field in _FINDING_FIELDS if all(getattr(f, field) == NOT_CODED for f in findings)]
    if text is not None and base.studies and fields:
        message = f"no entry codes these fields: {', '.join(f'`{field}`' for field in fields)}"
        yield Problem(RULE, text, ("coding",), message, 'nobody has looked yet, so no figure counts this as "no"')
