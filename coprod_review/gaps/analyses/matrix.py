"""G4: the evidence map, which crosses any two facets, with typed gaps.

A study with three findings counts once in a cell, once in each margin and once in the total. Levels come from the
codebook, so that an unused term is an empty row or column.
Methods: docs/methods/analyses.md#matrix; docs/methods/gap-rules.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from coprod_review.errors import UnknownName
from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families
from coprod_review.gaps.gap_rules import GapPlace, count_uncoded, find_gaps, separate_general_gaps
from coprod_review.gaps.study_sets import ids, is_primary, is_review, outcome_criteria
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.facets import Facet, find_facet, level_label
from coprod_review.model.study import Study, domain, eligible, stakeholder
from coprod_review.results.chart import matrix
from coprod_review.results.figure import Conditions, Criteria
from coprod_review.results.result import Gap, Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import capitalise, lower_first

QUESTION = "Which outcomes does any study report, for whom, and where are the gaps?"
MARGIN = "all"
"""Id of the row or column that counts every level together."""
MAP, DETAILED_MAP, CHART = "matrix.map", "matrix.outcomes", "matrix.chart"
"""Ids of the maps of domains and of single outcomes, and of the part of either that its chart draws."""


@dataclass(frozen=True, slots=True)
class MapFacts:
    """Numbers of outcome domains, or of single outcomes, by the evidence on them."""

    unit: str
    """What a place of the map is: ``outcome domain`` or ``outcome``."""
    places: int
    """Number of all places."""
    studied: int
    """Number of places with a finding at any level."""
    with_outcome: int
    """Number of places with a finding at level outcome or impact."""
    testimony_only: int
    """Number of places without a finding that a participant's statement names."""
    has_testimony: bool
    """Whether any statement names a place."""


@dataclass(frozen=True, slots=True)
class CrossingFacts:
    """Numbers of a table that crosses two facets."""

    rows: str
    """Name of the facet in the rows."""
    columns: str
    studies: int
    """Number of eligible studies."""
    uncoded: int
    """Number of studies without a code for one of the two facets."""
    cells: int
    """Number of cells without the totals."""
    filled: int
    """Number of those cells with a study."""


def analyse(
    studies: Iterable[Study],
    framework: Framework,
    *,
    rows: str = "stakeholder",
    cols: str = "domain",
    detail: bool = False,
) -> Result:
    """Count the eligible studies in each cell of two facets, with row, column and grand totals.

    With the default facets the map is a list of outcome domains, or of single outcomes with ``detail``, each with its
    typed gaps. Raises ``UnknownName`` for a facet that does not exist, or for ``detail`` with other facets.
    """
    studies = eligible(studies, framework.codebook)
    if (rows, cols) == ("stakeholder", "domain"):
        return _map(studies, framework, detail=detail)
    if detail:
        raise UnknownName(
            "Single outcomes cannot be crossed with other facets: leave out --rows and --cols, or --detail."
        )
    return _cross(studies, framework, rows, cols)


@dataclass(slots=True)
class _Evidence:
    """The evidence at one place of the map: each study once, in order."""

    studies: dict[str, Study] = field(default_factory=dict)
    with_outcome: dict[str, Study] = field(default_factory=dict)
    """Studies with a finding at level outcome or impact there."""
    directions: set[str] = field(default_factory=set)
    statements: dict[str, None] = field(default_factory=dict)
    """Ids of participants' statements."""


def _evidence_by_place(
    studies: tuple[Study, ...], framework: Framework, *, detail: bool
) -> defaultdict[str, _Evidence]:
    """Return the evidence on outcomes or domains, on stakeholder groups, and on all of them together."""
    levels = framework.codebook.of_kind("levels", "outcome")
    by_place = defaultdict[str, _Evidence](_Evidence)

    def places_of(outcome: str) -> tuple[str, ...]:
        return (outcome if detail else domain(outcome), stakeholder(outcome), MARGIN)

    for study in studies:
        for finding in study.findings:
            for place in places_of(finding.outcome):
                evidence = by_place[place]
                evidence.studies[study.id] = study
                if finding.level in levels:
                    evidence.with_outcome[study.id] = study
                    evidence.directions.add(finding.direction)
    for statement in framework.statements:
        for outcome in statement.outcomes:
            for place in places_of(outcome):
                by_place[place].statements[statement.id] = None
    return by_place


def _map(studies: tuple[Study, ...], framework: Framework, *, detail: bool) -> Result:
    by_place = _evidence_by_place(studies, framework, detail=detail)
    terms = framework.codebook.terms("outcomes" if detail else "domains")
    table_id = DETAILED_MAP if detail else MAP
    uncoded = count_uncoded(studies)
    places = tuple(_gap_place(term, by_place[term.id], uncoded, table_id, framework.codebook) for term in terms)
    gaps, general = separate_general_gaps(find_gaps(places, framework), len(places), framework)
    unit = "outcome" if detail else "outcome domain"
    table = _map_table(places, by_place, gaps, framework, unit, table_id)
    return Result(
        analysis="matrix",
        facts=_map_facts(places, by_place, unit),
        gaps=gaps,
        general_gaps=general,
        tables=(table, rules_table(framework)),
        charts=(matrix("matrix", _without_gaps(table)),),
    )


def _without_gaps(table: Table) -> Table:
    """Return the map without the column that names its gaps, which a chart of counts cannot draw."""
    rows = tuple(row[:-1] for row in table.rows)
    columns, column_ids = table.columns[:-1], table.column_ids[:-1]
    return replace(table, id=CHART, columns=columns, rows=rows, column_ids=column_ids, gap_columns=frozenset())


def _gap_place(term: Term, evidence: _Evidence, uncoded: int, table_id: str, codebook: Codebook) -> GapPlace:
    return GapPlace(
        id=term.id,
        label=f"{codebook.group_label(term.id)}: {lower_first(term.label)}",
        studies=tuple(evidence.studies.values()),
        statements=len(evidence.statements),
        directions=frozenset(evidence.directions),
        uncoded=uncoded,
        opens=f"{table_id}/{term.id}/{'studies' if evidence.studies else 'said'}",
        opens_primary=f"{table_id}/{term.id}/primary",
    )


def _map_facts(places: tuple[GapPlace, ...], by_place: Mapping[str, _Evidence], unit: str) -> MapFacts:
    studied = [place for place in places if place.studies]
    return MapFacts(
        unit=unit,
        places=len(places),
        studied=len(studied),
        with_outcome=sum(bool(by_place[place.id].with_outcome) for place in studied),
        testimony_only=sum(not place.studies and place.statements > 0 for place in places),
        has_testimony=any(place.statements for place in places),
    )


def _map_table(
    places: tuple[GapPlace, ...],
    by_place: Mapping[str, _Evidence],
    gaps: tuple[Gap, ...],
    framework: Framework,
    unit: str,
    table_id: str,
) -> Table:
    rows = _map_rows(places, by_place, gaps, framework, "outcome" if unit == "outcome" else "domain")
    totals = {MARGIN, *(group.id for group in framework.codebook.terms("stakeholders"))}
    columns = ("Studies", "Outcome", "Primary", "Reviews", "Testimony", "Gaps")
    return Table(
        "Evidence map",
        ("Single outcome" if unit == "outcome" else unit.capitalize(), *columns),
        tuple(rows.values()),
        id=table_id,
        row_ids=tuple(rows),
        total_rows=frozenset(index for index, row_id in enumerate(rows) if row_id in totals),
        column_ids=("studies", "outcome", "primary", "reviews", "said", "gaps"),
        gap_columns=frozenset({len(columns)}),
    )


def _map_rows(
    places: tuple[GapPlace, ...],
    by_place: Mapping[str, _Evidence],
    gaps: tuple[Gap, ...],
    framework: Framework,
    place_facet: str,
) -> dict[str, tuple[Cell, ...]]:
    """Return the rows by their id: each stakeholder group followed by its places, and the total last."""
    gap_types: dict[str, list[str]] = {}
    for gap in gaps:
        gap_types.setdefault(gap.where, []).append(gap.type)

    def row(row_id: str, label: str, conditions: Conditions) -> tuple[Cell, ...]:
        counts = _counts(by_place.get(row_id, _Evidence()), framework.codebook, conditions)
        return label, *counts, "; ".join(gap_types.get(row_id, ()))

    rows: dict[str, tuple[Cell, ...]] = {}
    for group in framework.codebook.terms("stakeholders"):
        rows[group.id] = row(group.id, f"{group.label}: all", {"stakeholder": (group.id,)})
        for place in places:
            if stakeholder(place.id) == group.id:
                rows[place.id] = row(place.id, place.label, {place_facet: (place.id,)})
    rows[MARGIN] = row(MARGIN, "All", {})
    return rows


def _counts(evidence: _Evidence, codebook: Codebook, conditions: Conditions) -> tuple[Count, ...]:
    criteria, design = Criteria(findings=(conditions,)), Criteria(("design",))
    studies = evidence.studies.values()
    return (
        Count(tuple(evidence.studies), criteria),
        Count(tuple(evidence.with_outcome), criteria & outcome_criteria(codebook)),
        Count(ids(s for s in studies if is_primary(s, codebook)), criteria & design),
        Count(ids(s for s in studies if is_review(s, codebook)), criteria & design),
        Count(tuple(evidence.statements), unit="statement"),
    )


def rules_table(framework: Framework) -> Table:
    """Return the gap rules of the codebook in their declared order, thresholds filled in."""
    rows = tuple((rule.id, rule.label, capitalise(rule.text)) for rule in framework.codebook.gap_rules)
    return Table(
        "Rules for naming a gap, in the order of the codebook", ("Name", "Gap", "Rule"), rows, id="matrix.rules"
    )


def _cross(studies: tuple[Study, ...], framework: Framework, rows: str, cols: str) -> Result:
    table = cross_table(studies, framework, rows, cols)
    [coded] = [count.ids for name, _, count in table.cells() if name == f"{table.id}/{MARGIN}/{MARGIN}"]
    return Result(
        analysis="matrix",
        facts=CrossingFacts(
            rows=rows,
            columns=cols,
            studies=count_families(studies),
            uncoded=count_families(studies) - count_families(s for s in studies if s.id in coded),
            cells=(len(table.rows) - 1) * (len(table.columns) - 2),
            filled=sum(count.n > 0 for name, _, count in table.cells() if f"/{MARGIN}" not in name),
        ),
        tables=(table,),
        charts=(matrix("matrix", table),),
    )


def cross_table(studies: Iterable[Study], framework: Framework, rows: str, cols: str) -> Table:
    """Return the distinct studies in every cell of two facets, margins last; unused levels of the codebook included.

    Raises ``UnknownName`` for a facet that does not exist.
    """
    studies, codebook = tuple(studies), framework.codebook
    row_facet, column_facet = find_facet(rows), find_facet(cols)
    row_levels, column_levels = row_facet.levels(studies, codebook), column_facet.levels(studies, codebook)
    cells = _studies_by_cell(studies, row_facet, column_facet, codebook)

    def row(label: str, r: str) -> tuple[Cell, ...]:
        criteria = level_criteria(rows, r)
        columns = (*column_levels, MARGIN)
        return label, *(Count(tuple(cells.get((r, c), ())), criteria & level_criteria(cols, c)) for c in columns)

    body = tuple(row(level_label(row_facet, r, codebook), r) for r in row_levels)
    return Table(
        f"{row_facet.label} by {lower_first(column_facet.label)}",
        (row_facet.label, *(level_label(column_facet, c, codebook) for c in column_levels), "All"),
        (*body, row("All", MARGIN)),
        id=f"matrix.{rows}-by-{cols}",
        row_ids=(*row_levels, MARGIN),
        column_ids=(*column_levels, MARGIN),
        total_rows=frozenset({len(row_levels)}),
        total_columns=frozenset({len(column_levels) + 1}),
    )


def _studies_by_cell(
    studies: tuple[Study, ...], row_facet: Facet, column_facet: Facet, codebook: Codebook
) -> dict[tuple[str, str], dict[str, None]]:
    """Return the ids of studies by pair of levels, margins included, as the keys of ordered mappings."""
    cells: dict[tuple[str, str], dict[str, None]] = {}
    for study in studies:
        for r, c in _pairs(study, row_facet, column_facet, codebook):
            for key in ((r, c), (r, MARGIN), (MARGIN, c), (MARGIN, MARGIN)):
                cells.setdefault(key, {})[study.id] = None
    return cells


def level_criteria(name: str, level: str) -> Criteria:
    """Return what puts a study on one level of a facet: a code of the study, or its findings."""
    chosen = find_facet(name)
    if chosen.of_finding is None:
        return Criteria((chosen.field,))
    return Criteria(findings=({name: (level,)} if level != MARGIN else {},))


def _pairs(study: Study, row_facet: Facet, column_facet: Facet, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield the pairs of levels that meet in a study: within one finding if both facets read findings."""
    both_read_findings = row_facet.of_finding is not None and column_facet.of_finding is not None
    for finding in study.findings if both_read_findings else (None,):
        rows, columns = (facet.levels_of(study, codebook, finding) for facet in (row_facet, column_facet))
        yield from product(rows, columns)


ANALYSIS = Analysis("matrix", QUESTION, analyse, options=("rows", "cols", "detail"))
