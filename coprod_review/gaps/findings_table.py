"""Tables that count findings, and the studies with them, by the terms of one facet."""

from collections.abc import Sequence
from typing import NamedTuple

from coprod_review.gaps.study_sets import ids_of_terms, outcome_criteria
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.facets import FACETS
from coprod_review.model.study import Finding, Study
from coprod_review.results.figure import Criteria, Unit
from coprod_review.results.table import Cell, Count, Table

StudyFindings = Sequence[tuple[Study, Finding]]
"""Findings, each with its study."""


class Column(NamedTuple):
    """What one column counts."""

    id: str
    label: str
    unit: Unit
    outcome_only: bool = True
    """Whether only findings at level outcome or impact count."""


FINDINGS = Column("findings", "Findings", "finding")
STUDIES = Column("studies", "Studies", "study")


def findings_by(
    facet: str,
    studies: Sequence[Study],
    codebook: Codebook,
    *,
    identity: str,
    title: str,
    head: str,
    columns: Sequence[Column] = (FINDINGS, STUDIES),
) -> Table:
    """Return a table with one row for each term of a facet of findings; ``head`` is the heading of the terms."""
    terms = codebook.terms(FACETS[facet].vocabulary or "")
    by_term = _findings_by_term(facet, studies, codebook)
    rows = (_row(facet, term, by_term.get(term.id, ()), columns, codebook) for term in terms)
    return Table(
        title,
        (head, *(column.label for column in columns)),
        tuple(rows),
        id=identity,
        row_ids=ids_of_terms(terms),
        column_ids=tuple(column.id for column in columns),
    )


def _findings_by_term(
    facet: str, studies: Sequence[Study], codebook: Codebook
) -> dict[str, list[tuple[Study, Finding]]]:
    by_term: dict[str, list[tuple[Study, Finding]]] = {}
    for study in studies:
        for finding in study.findings:
            for term in FACETS[facet].terms(study, codebook, finding):
                by_term.setdefault(term, []).append((study, finding))
    return by_term


def _row(
    facet: str, term: Term, findings: StudyFindings, columns: Sequence[Column], codebook: Codebook
) -> tuple[Cell, ...]:
    levels = codebook.of_kind("levels", "outcome")
    outcomes = [(s, f) for s, f in findings if f.level in levels]
    any_level = Criteria(findings=({facet: (term.id,)},))
    outcome_level = outcome_criteria(codebook, **{facet: (term.id,)})
    counts = (
        _count(column, outcomes, outcome_level) if column.outcome_only else _count(column, findings, any_level)
        for column in columns
    )
    return term.label, *counts


def _count(column: Column, findings: StudyFindings, criteria: Criteria) -> Count:
    ids = (finding.id if column.unit == "finding" else study.id for study, finding in findings)
    return Count(tuple(dict.fromkeys(ids)), criteria, column.unit)
