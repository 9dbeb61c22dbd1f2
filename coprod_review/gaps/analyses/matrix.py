"""G4: the evidence map, a crossing of any two facets, with typed gaps.

A study with three findings counts once in a cell, once in each margin and once
in the total. Levels come from the codebook, so a term that nobody used shows
as an empty row or column. Methods: docs/methods/analyses.md#matrix; docs/methods/gap-rules.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from coprod_review.errors import UnknownName
from coprod_review.gaps import gap_rules
from coprod_review.gaps.charts import matrix_chart
from coprod_review.gaps.study_sets import ids, is_primary, is_review, outcome_trail
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.model.facets import Facet, find_facet, level_label
from coprod_review.model.study import Study, domain, eligible, stakeholder
from coprod_review.results.figure import Conditions, Criteria
from coprod_review.results.result import Gap, Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import capitalise, lower_first, plural

QUESTION = "Which outcomes, for whom, does any study report, and where has nobody looked?"
CAUTION = "A map shows what evidence there is, not what it says; an empty cell does not mean no effect."


def analyse(
    studies: Iterable[Study],
    framework: Framework,
    *,
    rows: str = "stakeholder",
    cols: str = "domain",
    detail: bool = False,
) -> Result:
    """Distinct eligible studies in each cell of two facets, with row, column and grand totals.

    With the default facets the map is a list of outcome domains, or of single
    outcomes with ``detail``, each with its typed gaps. Raises ``UnknownName``
    for a facet that does not exist, or for ``detail`` with other facets.
    """
    held = eligible(studies)
    if (rows, cols) == ("stakeholder", "domain"):
        return _map(held, framework, detail=detail)
    if detail:
        raise UnknownName("Single outcomes are shown by the map alone: leave out --rows and --cols, or --detail.")
    return _cross(held, framework, rows, cols)


@dataclass(slots=True)
class _Place:
    """What was met at one place of the map: each study once, in order."""

    studies: dict[str, Study] = field(default_factory=dict)
    changed: dict[str, Study] = field(default_factory=dict)
    directions: set[str] = field(default_factory=set)
    said: dict[str, None] = field(default_factory=dict)


EVERYWHERE = "all"
_BELOW = "Gaps that hold for most rows are named once, below."


def _places(studies: tuple[Study, ...], framework: Framework, *, detail: bool) -> dict[str, _Place]:
    """Every place with what it holds: outcomes or domains, stakeholder groups, and all of them together."""
    levels, found = framework.codebook.of_kind("levels", "outcome"), dict[str, _Place]()

    def above(outcome: str) -> tuple[str, ...]:
        return (outcome if detail else domain(outcome), stakeholder(outcome), EVERYWHERE)

    for study in studies:
        for finding in study.findings:
            for identity in above(finding.outcome):
                place = found.setdefault(identity, _Place())
                place.studies[study.id] = study
                if finding.level in levels:
                    place.changed[study.id] = study
                    place.directions.add(finding.direction)
    for statement in framework.statements:
        for outcome in statement.outcomes:
            for identity in above(outcome):
                found.setdefault(identity, _Place()).said[statement.id] = None
    return found


def _map(studies: tuple[Study, ...], framework: Framework, *, detail: bool) -> Result:
    places = _places(studies, framework, detail=detail)
    terms = framework.codebook.terms("outcomes" if detail else "domains")
    identity = "matrix.outcomes" if detail else "matrix.map"
    backlog = gap_rules.count_uncoded(studies)
    cells = tuple(_cell(term, places.get(term.id, _Place()), backlog, identity) for term in terms)
    gaps, general = gap_rules.separate_general_gaps(gap_rules.find_gaps(cells, framework), len(cells), framework)
    unit = "outcome" if detail else "outcome domain"
    table = _map_table(cells, places, gaps, framework, unit, identity)
    return Result(
        analysis="matrix",
        question=QUESTION,
        statement=_map_statement(studies, cells, places, unit),
        caution=CAUTION,
        gaps=gaps,
        general_gaps=general,
        tables=(table, rules_table(framework)),
        charts=(matrix_chart("matrix", QUESTION, _drawn(table), CAUTION),),
    )


def _drawn(table: Table) -> Table:
    """The map without the names of its gaps, which are no counts."""
    rows = tuple(row[:-1] for row in table.rows)
    note = table.note.removesuffix(f" {_BELOW}")
    return replace(table, columns=table.columns[:-1], rows=rows, column_ids=table.column_ids[:-1], note=note)


def _cell(term: Term, place: _Place, backlog: int, table: str) -> gap_rules.GapPlace:
    label = f"{stakeholder(term.id).capitalize()}: {lower_first(term.label)}"
    held = tuple(place.studies.values())
    opens = f"{table}/{term.id}/{'studies' if held else 'said'}"
    return gap_rules.GapPlace(term.id, label, held, len(place.said), frozenset(place.directions), backlog, opens=opens)


def _map_statement(
    studies: tuple[Study, ...], cells: tuple[gap_rules.GapPlace, ...], places: dict[str, _Place], unit: str
) -> str:
    filled = [cell for cell in cells if cell.studies]
    changed = sum(bool(places[cell.id].changed) for cell in filled)
    said = sum(not cell.studies and cell.statements > 0 for cell in cells)
    return (
        f"{len(filled)} of {plural(len(cells), unit)} have a finding of any level in at least one of "
        f"{plural(len(studies), 'eligible study', 'eligible studies')}; {changed} have one that tells of a change. "
        f"In {len(cells) - len(filled)} no finding was seen"
        + (f", and participants named {said} of those." if any(cell.statements for cell in cells) else ".")
    )


def _map_table(
    cells: tuple[gap_rules.GapPlace, ...],
    places: dict[str, _Place],
    gaps: tuple[Gap, ...],
    framework: Framework,
    unit: str,
    identity: str,
) -> Table:
    fired: dict[str, list[str]] = {}
    for gap in gaps:
        fired.setdefault(gap.where, []).append(gap.type)
    facet_of_rows = "outcome" if identity == "matrix.outcomes" else "domain"

    def row(place: str, label: str, conditions: Conditions) -> tuple[Cell, ...]:
        held = places.get(place, _Place())
        return label, *_counts(held, framework, conditions), "; ".join(fired.get(place, ()))

    rows: dict[str, tuple[Cell, ...]] = {}
    for group in framework.codebook.terms("stakeholders"):
        rows[group.id] = row(group.id, f"{group.id.capitalize()}: all", {"stakeholder": (group.id,)})
        for cell in cells:
            if stakeholder(cell.id) == group.id:
                rows[cell.id] = row(cell.id, cell.label, {facet_of_rows: (cell.id,)})
    rows[EVERYWHERE] = row(EVERYWHERE, "All", {})
    together = {EVERYWHERE, *(group.id for group in framework.codebook.terms("stakeholders"))}
    note = (
        "Distinct studies: one may stand in several rows. Outcome: with a finding that tells of a change. Said: "
        f"statements and examples by participants. {_BELOW}"
    )
    columns = ("Studies", "Outcome", "Primary", "Reviews", "Said", "Gaps")
    return Table(
        "The map",
        ("Single outcome" if unit == "outcome" else unit.capitalize(), *columns),
        tuple(rows.values()),
        note,
        id=identity,
        row_ids=tuple(rows),
        total_rows=frozenset(place for place, name in enumerate(rows) if name in together),
        column_ids=tuple(name.lower() for name in columns),
    )


def _counts(place: _Place, framework: Framework, conditions: Conditions) -> tuple[Count, ...]:
    book, trail = framework.codebook, Criteria(findings=(conditions,))
    held = place.studies.values()
    return (
        Count(tuple(place.studies), trail),
        Count(tuple(place.changed), trail & outcome_trail(book)),
        Count(ids(s for s in held if is_primary(s, book)), trail & Criteria(("design",))),
        Count(ids(s for s in held if is_review(s, book)), trail & Criteria(("design",))),
        Count(tuple(place.said), unit="statement"),
    )


def rules_table(framework: Framework) -> Table:
    """The gap rules of the codebook in their declared order, thresholds filled in."""
    rows = tuple((rule.id, rule.label, capitalise(rule.text)) for rule in framework.codebook.gap_rules)
    return Table("When a gap is named, in declared order", ("Name", "Gap", "Rule"), rows, id="matrix.rules")


def _cross(studies: tuple[Study, ...], framework: Framework, rows: str, cols: str) -> Result:
    down, across = find_facet(rows), find_facet(cols)
    table = cross_table(studies, framework, rows, cols)
    filled = sum(count.n > 0 for name, _, count in table.cells() if f"/{EVERYWHERE}" not in name)
    cells = (len(table.rows) - 1) * (len(table.columns) - 2)
    question = f"How do {down.label.lower()} and {across.label.lower()} go together?"
    return Result(
        analysis="matrix",
        question=question,
        statement=(
            f"{filled} of {plural(cells, 'cell')} hold at least one of "
            f"{plural(len(studies), 'eligible study', 'eligible studies')}. "
            "A study counts once in each cell, once in each margin and once in the total."
        ),
        caution=CAUTION,
        tables=(table,),
        charts=(matrix_chart("matrix", question, table, CAUTION),),
    )


def cross_table(studies: Iterable[Study], framework: Framework, rows: str, cols: str) -> Table:
    """Distinct studies in every cell of two facets, margins last; empty levels of the codebook included.

    Raises ``UnknownName`` for a facet that does not exist.
    """
    held, codebook = tuple(studies), framework.codebook
    one, other = find_facet(rows), find_facet(cols)
    down, across = one.levels(held, codebook), other.levels(held, codebook)
    cells: dict[tuple[str, str], dict[str, None]] = {}
    for study in held:
        for r, c in _pairs(study, one, other):
            for key in ((r, c), (r, EVERYWHERE), (EVERYWHERE, c), (EVERYWHERE, EVERYWHERE)):
                cells.setdefault(key, {})[study.id] = None

    def row(name: str, r: str) -> tuple[Cell, ...]:
        trail = trail_of(rows, r)
        return name, *(Count(tuple(cells.get((r, c), ())), trail & trail_of(cols, c)) for c in (*across, EVERYWHERE))

    body = tuple(row(level_label(one, r, codebook), r) for r in down)
    placed = cells.get((EVERYWHERE, EVERYWHERE), {})
    missing = f" {len(held) - len(placed)} of {plural(len(held), 'study')} have no code for one of the two."
    return Table(
        f"{one.label} by {lower_first(other.label)}",
        (one.label, *(level_label(other, c, codebook) for c in across), "All"),
        (*body, row("All", EVERYWHERE)),
        "Distinct studies. All counts each study once." + (missing if len(placed) < len(held) else ""),
        id=f"matrix.{rows}-by-{cols}",
        row_ids=(*down, EVERYWHERE),
        column_ids=(*across, EVERYWHERE),
        total_rows=frozenset({len(down)}),
        total_columns=frozenset({len(across) + 1}),
    )


def trail_of(name: str, level: str) -> Criteria:
    """What puts a study on one level of a facet: a code of its own, or findings."""
    found = find_facet(name)
    if found.of_finding is None:
        return Criteria((found.field,))
    return Criteria(findings=({name: (level,)} if level != EVERYWHERE else {},))


def _pairs(study: Study, rows: Facet, cols: Facet) -> Iterator[tuple[str, str]]:
    """Pairs of levels that meet in a study: within one finding where both facets read findings."""
    if rows.of_finding is not None and cols.of_finding is not None:
        for finding in study.findings:
            yield from ((r, c) for r in rows.terms(study, finding) for c in cols.terms(study, finding))
    else:
        yield from ((r, c) for r in rows.terms(study) for c in cols.terms(study))
