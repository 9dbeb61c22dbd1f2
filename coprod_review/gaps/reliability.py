"""Which coded fields figures rest on, and which of these fields were tested too little or with too little agreement.

A field needs at least 20 studies that two readers coded, and a kappa of at least 0.6, before a headline rests on it
without a caution. Methods: docs/methods/reliability.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coprod_review.model.base import About, Reliability
from coprod_review.results.figure import Figure

MIN_TESTED = 20
"""Fewest studies that two readers must have coded."""
MIN_KAPPA = 0.6
JUDGED = (
    "aims.outcome",
    "aims.process",
    "reports.outcome",
    "reports.process",
    "design",
    "sector",
    "setting",
    "populations",
    "principles_mentioned",
    "definition",
    "looked_for_harm",
    "cost_measure",
    "involvement_in_outcomes",
    "findings.outcome",
    "findings.level",
    "findings.direction",
    "findings.asserts",
    "findings.beneficiary",
    "findings.measurement",
    "findings.follow_up",
    "findings.person_role",
    "findings.staff_role",
)
"""Fields that are judgements, by their paths; other fields are facts of publication or recorded by people."""
_FACETS = {"stakeholder": "outcome", "domain": "outcome"}
"""Facets of findings that read another field than the one of their own name."""


@dataclass(frozen=True, slots=True)
class WeakFields:
    """Fields that figures rest on and that reports have to be careful about."""

    few_studies: tuple[str, ...]
    """Fields that were tested on fewer than 20 studies, or never."""
    low_agreement: tuple[str, ...]
    """Other fields on which the two readers agreed with a kappa under 0.6."""


def weak_fields(figures: Iterable[Figure], about: About) -> WeakFields:
    """Return the fields behind some figures that were tested too little, or with too little agreement."""
    used = {field for figure in figures for field in _fields_of(figure)}
    tests = {test.field: test for test in about.reliability if test.stage == "before_correction"}
    fields = [field for field in JUDGED if field in used]
    few = tuple(field for field in fields if _tested(tests.get(field)) < MIN_TESTED)
    low = tuple(field for field in fields if field not in few and _agreement(tests[field]) < MIN_KAPPA)
    return WeakFields(few, low)


def _tested(test: Reliability | None) -> int:
    return test.studies if test else 0


def _agreement(test: Reliability) -> float:
    return 1.0 if test.kappa is None else test.kappa


def _fields_of(figure: Figure) -> Iterator[str]:
    """Yield the paths of the fields that a figure reads, without the terms of mappings."""
    for path in figure.criteria.codes:
        yield path if path.startswith(("aims.", "reports.")) else path.partition(".")[0]
    for conditions in figure.criteria.findings:
        for facet in conditions:
            yield f"findings.{_FACETS.get(facet, facet).replace('-', '_')}"
