"""G4: the evidence map, a crossing of any two facets, with typed gaps.

A study with three findings counts once in a cell, once in each margin and once
in the total. Levels come from the codebook, so a term that nobody used shows
as an empty row or column. Methods: methods.md 1.1, 1.2 and 10 (G4).
"""

from collections.abc import Iterable, Iterator

from coprod_review.errors import UnknownName
from coprod_review.facets import Facet, facet, label
from coprod_review.gaps import rules
from coprod_review.gaps.figures import ids, is_primary, is_review
from coprod_review.models import Finding, Framework, Study, domain, eligible, stakeholder
from coprod_review.results import Cell, Count, Gap, Result, Table
from coprod_review.wording import capital, phrase, plural

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
        return _map(held, framework, detail)
    if detail:
        raise UnknownName("Single outcomes are shown by the map alone: leave out --rows and --cols, or --detail.")
    return _cross(held, framework, rows, cols)


def _cells(studies: tuple[Study, ...], framework: Framework, vocabulary: str) -> Iterator[rules.Cell]:
    def place(outcome: str) -> str:
        return outcome if vocabulary == "outcomes" else domain(outcome)

    backlog = rules.uncoded(studies)
    for term in framework.codebook.terms(vocabulary):
        inside = tuple(s for s in studies if any(place(f.outcome) == term.id for f in s.findings))
        here = [f for s in inside for f in s.findings if place(f.outcome) == term.id]
        directions = frozenset(f.direction for f in here if _is_outcome(f, framework))
        statements = sum(any(place(o) == term.id for o in said.outcomes) for said in framework.statements)
        label = f"{stakeholder(term.id).capitalize()}: {phrase(term.label)}"
        yield rules.Cell(term.id, label, inside, statements, directions, backlog)


def _is_outcome(finding: Finding, framework: Framework) -> bool:
    return framework.codebook.kind("levels", finding.level) == "outcome"


def _map(studies: tuple[Study, ...], framework: Framework, detail: bool) -> Result:
    cells = tuple(_cells(studies, framework, "outcomes" if detail else "domains"))
    gaps, general = rules.split_general(rules.gaps_of(cells, framework), len(cells), framework)
    unit = "outcome" if detail else "outcome domain"
    return Result(
        analysis="matrix",
        question=QUESTION,
        statement=_map_statement(studies, cells, framework, unit),
        caution=CAUTION,
        gaps=gaps,
        general=general,
        tables=(_map_table(studies, cells, gaps, framework, unit), rules_table(framework)),
    )


def _map_statement(studies: tuple[Study, ...], cells: tuple[rules.Cell, ...], framework: Framework, unit: str) -> str:
    filled = [cell for cell in cells if cell.studies]
    changed = sum(bool(_with_outcome(cell.studies, cell.id, framework)) for cell in filled)
    said = sum(not cell.studies and cell.statements > 0 for cell in cells)
    return (
        f"{len(filled)} of {plural(len(cells), unit)} have a finding of any level in at least one of "
        f"{plural(len(studies), 'eligible study')}; {changed} have one that tells of a change. "
        f"In {len(cells) - len(filled)} no finding was seen, and participants named {said} of those."
    )


def _with_outcome(studies: tuple[Study, ...], place: str, framework: Framework) -> tuple[Study, ...]:
    """The studies with a finding at level outcome or impact on an outcome that begins with ``place``."""
    return tuple(
        s
        for s in studies
        if any(f"{f.outcome}.".startswith(f"{place}.") and _is_outcome(f, framework) for f in s.findings)
    )


def _map_table(
    studies: tuple[Study, ...], cells: tuple[rules.Cell, ...], gaps: tuple[Gap, ...], framework: Framework, unit: str
) -> Table:

    def row(name: str, place: str, held: tuple[Study, ...], statements: int | None, fired: str) -> tuple[Cell, ...]:
        return name, *_counts(held, _with_outcome(held, place, framework), framework), statements, fired

    found: list[tuple[Cell, ...]] = []
    for group in framework.codebook.terms("stakeholders"):
        inside = tuple(s for s in studies if any(stakeholder(f.outcome) == group.id for f in s.findings))
        found.append(row(f"{group.id.capitalize()}: all", group.id, inside, None, ""))
        for cell in cells:
            if stakeholder(cell.id) == group.id:
                fired = "; ".join(g.type for g in gaps if g.where == cell.id)
                found.append(row(cell.label, cell.id, cell.studies, cell.statements, fired))
    anywhere = tuple(s for s in studies if s.findings)
    changed = tuple(s for s in anywhere if any(_is_outcome(f, framework) for f in s.findings))
    found.append(("All", *_counts(anywhere, changed, framework), None, ""))
    columns = (unit.capitalize(), "Studies", "Outcome", "Primary", "Reviews", "Said", "Gaps")
    note = (
        "Distinct studies: one may stand in several rows. Outcome: with a finding that tells of a change. Said: "
        "statements and examples by participants. Gaps that hold for most rows are named once, below."
    )
    return Table("The map", columns, tuple(found), note)


def _counts(anywhere: tuple[Study, ...], changed: tuple[Study, ...], framework: Framework) -> tuple[Count, ...]:
    primary = tuple(s for s in anywhere if is_primary(s, framework.codebook))
    reviews = tuple(s for s in anywhere if is_review(s, framework.codebook))
    return tuple(Count(ids(found)) for found in (anywhere, changed, primary, reviews))


def rules_table(framework: Framework) -> Table:
    """The gap rules of the codebook in their declared order, thresholds filled in."""
    rows = tuple((rule.id, rule.label, capital(rule.text)) for rule in framework.codebook.gap_rules)
    return Table("When a gap is named, in declared order", ("Name", "Gap", "Rule"), rows)


def _cross(studies: tuple[Study, ...], framework: Framework, rows: str, cols: str) -> Result:
    down, across = facet(rows), facet(cols)
    table = cross_table(studies, framework, down, across)
    filled = sum(isinstance(c, Count) and c.n > 0 for row in table.rows[:-1] for c in row[1:-1])
    cells = (len(table.rows) - 1) * (len(table.columns) - 2)
    return Result(
        analysis="matrix",
        question=f"How do {down.label.lower()} and {across.label.lower()} go together?",
        statement=(
            f"{filled} of {plural(cells, 'cell')} hold at least one of {plural(len(studies), 'eligible study')}. "
            "A study counts once in each cell, once in each margin and once in the total."
        ),
        caution=CAUTION,
        tables=(table,),
    )


def cross_table(studies: Iterable[Study], framework: Framework, rows: Facet, cols: Facet) -> Table:
    """Distinct studies in every cell of two facets, margins last; empty levels of the codebook included."""
    held, codebook = tuple(studies), framework.codebook
    down, across = rows.levels(held, codebook), cols.levels(held, codebook)
    cells: dict[tuple[str | None, str | None], dict[str, None]] = {}
    for study in held:
        for r, c in _pairs(study, rows, cols):
            for key in ((r, c), (r, None), (None, c), (None, None)):
                cells.setdefault(key, {})[study.id] = None

    def count(r: str | None, c: str | None) -> Cell:
        return Count(tuple(cells.get((r, c), ())))

    body = tuple((label(rows, r, codebook), *(count(r, c) for c in across), count(r, None)) for r in down)
    total = ("All", *(count(None, c) for c in across), count(None, None))
    title = f"{rows.label} by {phrase(cols.label)}"
    columns = (rows.label, *(label(cols, c, codebook) for c in across), "All")
    placed = cells.get((None, None), {})
    missing = f" {len(held) - len(placed)} of {plural(len(held), 'study')} have no code for one of the two."
    note = "Distinct studies. All counts each study once." + (missing if len(placed) < len(held) else "")
    return Table(title, columns, (*body, total), note)


def _pairs(study: Study, rows: Facet, cols: Facet) -> Iterator[tuple[str, str]]:
    """Pairs of levels that meet in a study: within one finding where both facets read findings."""
    if rows.of_finding is not None and cols.of_finding is not None:
        for finding in study.findings:
            yield from ((r, c) for r in rows.terms(study, finding) for c in cols.terms(study, finding))
    else:
        yield from ((r, c) for r in rows.terms(study) for c in cols.terms(study))
