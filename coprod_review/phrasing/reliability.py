"""How reliable the codes behind some figures are, in one plain sentence."""

from collections.abc import Iterable, Mapping

from coprod_review.gaps.reliability import MIN_TESTED, weak_fields
from coprod_review.model.base import About
from coprod_review.results.figure import Criteria
from coprod_review.text.grammar import listed

_WORDS: Mapping[str, str] = {
    "aims.outcome": "outcome aims",
    "aims.process": "process aims",
    "reports.outcome": "reported outcomes",
    "reports.process": "reported process",
    "design": "design",
    "sector": "sector",
    "setting": "setting",
    "populations": "groups of people",
    "principles_mentioned": "principles",
    "definition": "definitions",
    "looked_for_harm": "looking for harm",
    "cost_measure": "cost",
    "involvement_in_outcomes": "who chose the outcomes",
    "findings.outcome": "outcome",
    "findings.level": "level of result",
    "findings.direction": "direction",
    "findings.asserts": "strength of statements",
    "findings.beneficiary": "who benefited",
    "findings.measurement": "measurement",
    "findings.follow_up": "follow-up",
    "findings.person_role": "what the people are",
    "findings.staff_role": "what the staff are",
}
"""The fields of ``gaps.reliability.JUDGED`` in plain words."""


def reliability_sentence(criteria: Iterable[Criteria], about: About) -> str:
    """Return which codes behind some numbers are not well tested; empty where all are."""
    if not about.reliability:
        return "The base does not say how well two readings of its studies agree."
    weak = weak_fields(criteria, about)
    few, low = ([_WORDS[field] for field in fields] for fields in (weak.few_studies, weak.low_agreement))
    clauses = [
        f"fewer than {MIN_TESTED} studies were coded twice for {listed(few)}" if few else "",
        f"two readings agreed poorly on the codes for {listed(low)}" if low else "",
    ]
    found = [clause for clause in clauses if clause]
    return f"Caution: {listed(found)}." if found else ""
