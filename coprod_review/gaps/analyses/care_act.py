"""G8: coverage of the nine areas of wellbeing in the Care Act 2014, through the outcome taxonomy.

The Act is English law, so studies are also counted by nation. There are no shares: a law is no denominator.
Methods: docs/methods/analyses.md#care-act; docs/contracts/decisions.md#the-care-act-is-english-law.
"""

from collections.abc import Iterable, Mapping
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
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.model.study import Study, eligible
from coprod_review.results.chart import matrix
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import lower_first

QUESTION = "Which areas of wellbeing in the Care Act 2014 do studies report on?"
Coverage = Literal["studied", "testimony only", "nothing"]
"""The kind of evidence on an area."""
StudiesByArea = dict[str, tuple[Study, ...]]
StatementsByArea = dict[str, tuple[str, ...]]
"""Ids of participants' statements, by area."""


@dataclass(frozen=True, slots=True)
class CareActFacts:
    """The areas of wellbeing by the evidence on them."""

    coverage: Mapping[str, Coverage]
    """The kind of evidence on every area."""
    with_outcome: int
    """Number of areas with a finding at level outcome or impact."""
    from_england: int
    """Number of areas with a study that has data from England."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count for each area the eligible studies with a finding on one of its outcomes, and participants' statements.

    Figures are named ``care-act.<area>`` and have no denominator.
    """
    studies = eligible(studies)
    areas = framework.codebook.terms("care_act")
    covered = {area.id: _studies(area, studies, framework) for area in areas}
    statements = {area.id: _statements(area, framework) for area in areas}
    table = _table(areas, covered, statements, framework)
    return Result(
        analysis="care-act",
        facts=_facts(areas, covered, statements, framework),
        figures=tuple(_figure(area, covered[area.id], framework) for area in areas),
        tables=(table, _nations(areas, covered, framework)),
        charts=(matrix("care-act", table),),
        figures_in_full=frozenset(),
    )


def _outcomes(area: Term, framework: Framework) -> frozenset[str]:
    return frozenset(term.id for term in framework.codebook.terms("outcomes") if area.id in term.care_act)


def _studies(area: Term, studies: tuple[Study, ...], framework: Framework) -> tuple[Study, ...]:
    outcomes = _outcomes(area, framework)
    return tuple(s for s in studies if any(f.outcome in outcomes for f in s.findings))


def _statements(area: Term, framework: Framework) -> tuple[str, ...]:
    """Return the ids of participants' statements that name an outcome of the area."""
    outcomes = _outcomes(area, framework)
    return tuple(statement.id for statement in framework.statements if not outcomes.isdisjoint(statement.outcomes))


def _criteria(area: Term, framework: Framework) -> Criteria:
    return Criteria(findings=({"outcome": tuple(sorted(_outcomes(area, framework)))},))


def _figure(area: Term, studies: tuple[Study, ...], framework: Framework) -> Figure:
    return count(
        f"care-act.{area.id}",
        f"Studies with a finding on {lower_first(area.label)}",
        f"counts an eligible study if it has a finding, at any level, on an outcome of area ({area.id})",
        ids(studies),
        None,
        "no_denominator",
        criteria=_criteria(area, framework),
    )


def coverage(studies: int, statements: int) -> Coverage:
    """Return the kind of evidence on an area: studied, testimony only, or nothing."""
    return "studied" if studies else "testimony only" if statements else "nothing"


def _facts(
    areas: tuple[Term, ...], covered: StudiesByArea, statements: StatementsByArea, framework: Framework
) -> CareActFacts:
    return CareActFacts(
        coverage={area.id: coverage(len(covered[area.id]), len(statements[area.id])) for area in areas},
        with_outcome=sum(bool(_with_outcome(area, covered[area.id], framework)) for area in areas),
        from_england=sum(any("England" in s.geography.data for s in covered[area.id]) for area in areas),
    )


def _with_outcome(area: Term, studies: tuple[Study, ...], framework: Framework) -> tuple[Study, ...]:
    """Return the studies with a finding at level outcome or impact on an outcome of the area."""
    codebook, outcomes = framework.codebook, _outcomes(area, framework)
    return tuple(s for s in studies if any(f.outcome in outcomes for f in outcome_findings(s, codebook)))


def _table(
    areas: tuple[Term, ...], covered: StudiesByArea, statements: StatementsByArea, framework: Framework
) -> Table:
    columns = ("Area", "Studies", "Outcome", "Primary", "Reviews", "Testimony", "Evidence")
    return Table(
        "Evidence on the areas of section 1(2)",
        columns,
        tuple(_row(area, covered[area.id], statements[area.id], framework) for area in areas),
        id="care-act.areas",
        row_ids=ids_of_terms(areas),
        column_ids=("studies", "outcome", "primary", "reviews", "said", "evidence"),
    )


def _row(area: Term, studies: tuple[Study, ...], statements: tuple[str, ...], framework: Framework) -> tuple[Cell, ...]:
    codebook, criteria = framework.codebook, _criteria(area, framework)
    with_outcome = _with_outcome(area, studies, framework)
    design = Criteria(("design",))
    parts = (
        (studies, criteria),
        (with_outcome, criteria & outcome_criteria(codebook)),
        ([s for s in studies if is_primary(s, codebook)], criteria & design),
        ([s for s in studies if is_review(s, codebook)], criteria & design),
    )
    wholly = {t.id for t in codebook.terms("outcomes") if area.id in t.care_act and not t.care_act_part}
    in_part = bool(studies) and not any(f.outcome in wholly for s in studies for f in s.findings)
    return (
        f"({area.id}) {area.label}",
        *(Count(ids(part), part_criteria) for part, part_criteria in parts),
        Count(statements, unit="statement"),
        coverage(len(studies), len(statements))
        + (", in part" if in_part else "")
        + (", no outcome finding" if studies and not with_outcome else ""),
    )


def _nations(areas: tuple[Term, ...], covered: StudiesByArea, framework: Framework) -> Table:
    codebook = framework.codebook
    nations = [term for term in codebook.terms("places") if term.in_scope]
    labels = [codebook.label_with_parts("places", nation.id) for nation in nations]

    def row(area: Term) -> tuple[Cell, ...]:
        studies = covered[area.id]
        criteria = replace(_criteria(area, framework), codes=("geography.data",))
        by_nation = [ids(s for s in studies if has_data_from(s, nation.id, codebook)) for nation in nations]
        elsewhere = ids(s for s in studies if s.geography.data and codebook.nations.isdisjoint(s.geography.data))
        unknown = ids(s for s in studies if not s.geography.data)
        return f"({area.id})", *(Count(cell, criteria) for cell in (*by_nation, elsewhere, unknown))

    return Table(
        "Studies on each area, by place of the data",
        ("Area", *labels, "Elsewhere only", "Not known"),
        tuple(map(row, areas)),
        id="care-act.nations",
        row_ids=ids_of_terms(areas),
        column_ids=(*map(place_id, nations), "elsewhere", "not-seen"),
    )


ANALYSIS = Analysis("care-act", QUESTION, analyse)
