"""G8: coverage of the areas of another framework, such as a law, through the outcome taxonomy.

A law holds in some nations only, so studies are also counted by nation. There are no shares: a law is no denominator.
The main framework is the vocabulary ``care_act`` of the codebook. Those of ``ascof`` and ``ascot`` are counted alike.
Methods: docs/methods/analyses.md#care-act; docs/contracts/decisions.md#the-care-act-is-english-law.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import count
from coprod_review.gaps.study_sets import (
    has_data_from,
    ids,
    ids_of_terms,
    is_primary,
    is_review,
    outcome_criteria,
    outcome_findings,
    place_id,
)
from coprod_review.model.base import Crosswalk, Framework
from coprod_review.model.codebook import CROSSWALKS, Codebook, Term
from coprod_review.model.study import Study, eligible
from coprod_review.results.chart import matrix
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import capitalise, lower_first

QUESTION = "Which {areas} do studies report on?"
Coverage = Literal["studied", "testimony only", "nothing"]
"""The kind of evidence on an area."""


@dataclass(frozen=True, slots=True)
class CareActFacts:
    """The areas of the main framework by the evidence on them."""

    coverage: Mapping[str, Coverage]
    """The kind of evidence on every area."""
    with_outcome: int
    """Number of areas with a finding at level outcome or impact."""
    from_nations: int
    """Number of areas with a study that has data from a nation where the framework applies."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The evidence on one area of a framework."""

    area: Term
    label: str
    outcomes: frozenset[str]
    """Ids of the outcomes that belong to the area."""
    wholly: frozenset[str]
    """Those among them that do not belong to it in part only."""
    studies: tuple[Study, ...]
    """Eligible studies with a finding on one of the outcomes."""
    with_outcome: tuple[Study, ...]
    """Those among them with a finding at level outcome or impact on one of the outcomes."""
    statements: tuple[str, ...]
    """Ids of participants' statements that name one of the outcomes."""

    @property
    def criteria(self) -> Criteria:
        return Criteria(findings=({"outcome": tuple(sorted(self.outcomes))},))


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count for each area the eligible studies with a finding on one of its outcomes, and participants' statements.

    Figures are named ``care-act.<area>`` and have no denominator. The same table is made for the other frameworks of
    ``CROSSWALKS`` where the codebook has their terms.
    """
    studies = eligible(studies, framework.codebook)
    areas = _evidence("care_act", studies, framework)
    table = _table(areas, "care-act.areas", framework.about.subject.crosswalks.care_act, framework.codebook)
    return Result(
        analysis="care-act",
        facts=_facts(areas, framework),
        figures=tuple(map(_figure, areas)),
        tables=(table, _nations(areas, framework), *_other_tables(studies, framework)),
        charts=(matrix("care-act", table),),
        figures_in_full=frozenset(),
    )


def _evidence(crosswalk: str, studies: tuple[Study, ...], framework: Framework) -> tuple[_Evidence, ...]:
    """Return the evidence on each term of another framework, one of ``CROSSWALKS``."""
    return tuple(_evidence_on(area, crosswalk, studies, framework) for area in framework.codebook.terms(crosswalk))


def _evidence_on(area: Term, crosswalk: str, studies: tuple[Study, ...], framework: Framework) -> _Evidence:
    codebook = framework.codebook
    terms = tuple(term for term in codebook.terms("outcomes") if area.id in term.links(crosswalk))
    in_part = frozenset(term.id for term in terms if crosswalk == "care_act" and term.care_act_part)
    outcomes = frozenset(term.id for term in terms)
    return _Evidence(
        area=area,
        label=f"({area.id}) {area.label}" if crosswalk == "care_act" else area.label,
        outcomes=outcomes,
        wholly=outcomes - in_part,
        studies=tuple(s for s in studies if any(f.outcome in outcomes for f in s.findings)),
        with_outcome=tuple(s for s in studies if any(f.outcome in outcomes for f in outcome_findings(s, codebook))),
        statements=tuple(s.id for s in framework.statements if not outcomes.isdisjoint(s.outcomes)),
    )


def _figure(evidence: _Evidence) -> Figure:
    area = evidence.area
    return count(
        f"care-act.{area.id}",
        f"Studies with a finding on {lower_first(area.label)}",
        f"counts an eligible study if it has a finding, at any level, on an outcome of area ({area.id})",
        ids(evidence.studies),
        None,
        "no_denominator",
        criteria=evidence.criteria,
    )


def coverage(studies: int, statements: int) -> Coverage:
    """Return the kind of evidence on an area: studied, testimony only, or nothing."""
    return "studied" if studies else "testimony only" if statements else "nothing"


def _facts(areas: tuple[_Evidence, ...], framework: Framework) -> CareActFacts:
    nations = frozenset(framework.about.subject.crosswalks.care_act.nations)
    return CareActFacts(
        coverage={e.area.id: coverage(len(e.studies), len(e.statements)) for e in areas},
        with_outcome=sum(bool(e.with_outcome) for e in areas),
        from_nations=sum(any(not nations.isdisjoint(s.geography.data) for s in e.studies) for e in areas),
    )


def _other_tables(studies: tuple[Study, ...], framework: Framework) -> Iterator[Table]:
    """Yield a table for each other framework whose terms the codebook has."""
    for vocabulary in CROSSWALKS:
        rows = _evidence(vocabulary, studies, framework) if vocabulary != "care_act" else ()
        if rows:
            words = framework.about.subject.crosswalk(vocabulary)
            yield _table(rows, f"care-act.{vocabulary}", words, framework.codebook)


def _table(rows: tuple[_Evidence, ...], identity: str, words: Crosswalk, codebook: Codebook) -> Table:
    return Table(
        f"Evidence on the {words.title or words.name}",
        (capitalise(words.term), "Studies", "Outcome", "Primary", "Reviews", "Testimony", "Evidence"),
        tuple(_row(evidence, codebook) for evidence in rows),
        id=identity,
        row_ids=ids_of_terms(evidence.area for evidence in rows),
        column_ids=("studies", "outcome", "primary", "reviews", "said", "evidence"),
    )


def _row(evidence: _Evidence, codebook: Codebook) -> tuple[Cell, ...]:
    studies, criteria, design = evidence.studies, evidence.criteria, Criteria(("design",))
    parts = (
        (studies, criteria),
        (evidence.with_outcome, criteria & outcome_criteria(codebook)),
        ([s for s in studies if is_primary(s, codebook)], criteria & design),
        ([s for s in studies if is_review(s, codebook)], criteria & design),
    )
    in_part = bool(studies) and not any(f.outcome in evidence.wholly for s in studies for f in s.findings)
    return (
        evidence.label,
        *(Count(ids(part), part_criteria) for part, part_criteria in parts),
        Count(evidence.statements, unit="statement"),
        coverage(len(studies), len(evidence.statements))
        + (", in part" if in_part else "")
        + (", no outcome finding" if studies and not evidence.with_outcome else ""),
    )


def _nations(areas: tuple[_Evidence, ...], framework: Framework) -> Table:
    codebook = framework.codebook
    nations = [term for term in codebook.terms("places") if term.in_scope]
    labels = [codebook.label_with_parts("places", nation.id) for nation in nations]

    def row(evidence: _Evidence) -> tuple[Cell, ...]:
        studies = evidence.studies
        criteria = replace(evidence.criteria, codes=("geography.data",))
        by_nation = [ids(s for s in studies if has_data_from(s, nation.id, codebook)) for nation in nations]
        elsewhere = ids(s for s in studies if s.geography.data and codebook.nations.isdisjoint(s.geography.data))
        unknown = ids(s for s in studies if not s.geography.data)
        return f"({evidence.area.id})", *(Count(cell, criteria) for cell in (*by_nation, elsewhere, unknown))

    return Table(
        "Studies on each area, by place of the data",
        ("Area", *labels, "Elsewhere only", "Not known"),
        tuple(map(row, areas)),
        id="care-act.nations",
        row_ids=ids_of_terms(evidence.area for evidence in areas),
        column_ids=(*map(place_id, nations), "elsewhere", "not-seen"),
    )


ANALYSIS = Analysis("care-act", QUESTION, analyse, needs=("care_act",))
