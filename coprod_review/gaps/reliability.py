"""Which coded fields figures rest on, and which of these fields were tested too little or with too little agreement.

A field needs at least 20 studies that two readers coded, and a kappa of at least 0.6, before a headline rests on it
without a caution. Methods: docs/methods/reliability.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coprod_review.model.base import About, Reliability
from coprod_review.results.figure import Criteria
from coprod_review.results.result import Result

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


def weak_fields(criteria: Iterable[Criteria], about: About) -> WeakFields:
    """Return the fields behind some numbers that were tested too little, or with too little agreement.

    Of several tests of one field before correction, the latest counts; of one day, the last.
    """
    used = {field for given in criteria for field in _fields_of(given)}
    before = [test for test in about.reliability if test.stage == "before_correction"]
    tests = {test.field: test for test in sorted(before, key=lambda test: test.date)}
    fields = [field for field in JUDGED if field in used]
    few = tuple(field for field in fields if _tested(tests.get(field)) < MIN_TESTED)
    low = tuple(field for field in fields if field not in few and _agreement(tests[field]) < MIN_KAPPA)
    return WeakFields(few, low)


def criteria_of(results: Iterable[Result]) -> Iterator[Criteria]:
    """Yield the criteria of every figure and of every count in a table of some results."""
    for result in results:
        yield from (figure.criteria for figure in result.figures)
        yield from (count.criteria for table in result.tables for _, _, count in table.cells())


def _tested(test: Reliability | None) -> int:
    return test.studies if test else 0


def _agreement(test: Reliability) -> float:
    return 1.0 if test.kappa is None else test.kappa


def _fields_of(criteria: Criteria) -> Iterator[str]:
    """Yield the paths of the fields that criteria read, without the terms of mappings."""
    for path in criteria.codes:
        yield path if path.startswith(("aims.", "reports.")) else path.partition(".")[0]
    for conditions in criteria.findings:
        for facet in conditions:
            yield f"findings.{_FACETS.get(facet, facet).replace('-', '_')}"
