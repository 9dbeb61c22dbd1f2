"""Findings counted by the terms of one facet, as a table of findings and of the studies that hold them."""

from collections.abc import Sequence
from typing import NamedTuple

from coprod_review.gaps.study_sets import ids_of_terms, outcome_trail
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.facets import FACETS
from coprod_review.model.study import Finding, Study
from coprod_review.results.figure import Criteria, Unit
from coprod_review.results.table import Cell, Count, Table

Found = Sequence[tuple[Study, Finding]]


class Column(NamedTuple):
    """What one column counts."""

    id: str
    label: str
    unit: Unit
    of_change: bool = True
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
    note: str,
    columns: Sequence[Column] = (FINDINGS, STUDIES),
) -> Table:
    """One row for each term of a facet of findings; ``head`` stands over the terms."""
    terms = codebook.terms(FACETS[facet].vocabulary or "")
    placed = _placed(facet, studies)
    rows = (_row(facet, term, placed.get(term.id, ()), columns, codebook) for term in terms)
    return Table(
        title,
        (head, *(column.label for column in columns)),
        tuple(rows),
        note,
        id=identity,
        row_ids=ids_of_terms(terms),
        column_ids=tuple(column.id for column in columns),
    )


def _placed(facet: str, studies: Sequence[Study]) -> dict[str, list[tuple[Study, Finding]]]:
    placed: dict[str, list[tuple[Study, Finding]]] = {}
    for study in studies:
        for finding in study.findings:
            for term in FACETS[facet].terms(study, finding):
                placed.setdefault(term, []).append((study, finding))
    return placed


def _row(facet: str, term: Term, found: Found, columns: Sequence[Column], codebook: Codebook) -> tuple[Cell, ...]:
    levels = codebook.of_kind("levels", "outcome")
    changes = [(s, f) for s, f in found if f.level in levels]
    here = Criteria(findings=({facet: (term.id,)},))
    there = outcome_trail(codebook, **{facet: (term.id,)})
    counted = (_count(c, changes, there) if c.of_change else _count(c, found, here) for c in columns)
    return term.label, *counted


def _count(column: Column, found: Found, trail: Criteria) -> Count:
    ids = (finding.id if column.unit == "finding" else study.id for study, finding in found)
    return Count(tuple(dict.fromkeys(ids)), trail, column.unit)
