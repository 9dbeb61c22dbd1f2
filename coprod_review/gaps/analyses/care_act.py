"""G8: coverage of the nine areas of wellbeing in the Care Act 2014, through the outcome taxonomy.

The Act is English law, so studies are also counted by nation. There are no shares: a law is no denominator.
Methods: docs/methods/analyses.md#care-act; docs/contracts/decisions.md#the-care-act-is-english-law.
"""

from collections.abc import Iterable
from dataclasses import replace

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import count
from coprod_review.gaps.study_sets import ids, ids_of_terms, is_primary, is_review, outcome_criteria, outcome_findings
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.model.study import Study, eligible
from coprod_review.results.chart import matrix
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import listed, lower_first, plural

QUESTION = "Which areas of wellbeing in the Care Act 2014 does any study touch?"
NOTE = (
    "Outcome: with a finding that tells of a change. Said: statements and examples by participants. In part: only "
    "outcomes that fall partly under the area."
)
StudiesByArea = dict[str, tuple[Study, ...]]
StatementsByArea = dict[str, tuple[str, ...]]
"""Ids of participants' statements, by area."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count for each area the eligible studies with a finding on one of its outcomes, and participants' statements.

    Figures are named ``care-act.<area>`` and have no denominator.
    """
    studies = eligible(studies)
    areas = framework.codebook.terms("care_act")
    covered = {area.id: _studies(area, studies, framework) for area in areas}
    statements = {area.id: _statements(area, framework) for area in areas}
    table = _table(areas, covered, statements, framework)
    england = [area for area in areas if any("England" in s.geography.data for s in covered[area.id])]
    return Result(
        analysis="care-act",
        statement=(
            f"{_statement(areas, covered, statements, framework)} "
            f"Data from England stand behind {len(england)} of {len(areas)} areas."
        ),
        caution=(
            "The Care Act 2014 is English law; studies from every nation are counted here. A study counts where it has "
            "a finding in the area at any level, whatever it found and however strong it is."
        ),
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
        f"at least one finding on an outcome of area ({area.id}), at any level; eligible studies",
        ids(studies),
        None,
        "count_in_law",
        criteria=_criteria(area, framework),
    )


def coverage(studies: int, statements: int) -> str:
    """Return the kind of evidence on an area: studied, testimony only, or nothing."""
    return "studied" if studies else "testimony only" if statements else "nothing"


def _statement(
    areas: tuple[Term, ...], covered: StudiesByArea, statements: StatementsByArea, framework: Framework
) -> str:
    def labels(kind: str) -> list[str]:
        chosen = [a for a in areas if coverage(len(covered[a.id]), len(statements[a.id])) == kind]
        return [f"{lower_first(a.label)} ({a.id})" for a in chosen]

    nothing, testimony = labels("nothing"), labels("testimony only")
    changed = sum(bool(_with_outcome(a, covered[a.id], framework)) for a in areas)
    touched = f"{len(labels('studied'))} of {plural(len(areas), 'area')} of wellbeing"
    parts = [f"{touched} are touched by a finding in at least one study here, {changed} by one that tells of a change."]
    if testimony:
        parts.append(f"Seen in testimony alone: {listed(testimony)}.")
    if nothing:
        parts.append(f"Nothing was seen on {listed(nothing)}.")
    return " ".join(parts)


def _with_outcome(area: Term, studies: tuple[Study, ...], framework: Framework) -> tuple[Study, ...]:
    """Return the studies with a finding at level outcome or impact on an outcome of the area."""
    codebook, outcomes = framework.codebook, _outcomes(area, framework)
    return tuple(s for s in studies if any(f.outcome in outcomes for f in outcome_findings(s, codebook)))


def _table(
    areas: tuple[Term, ...], covered: StudiesByArea, statements: StatementsByArea, framework: Framework
) -> Table:
    columns = ("Area", "Studies", "Outcome", "Primary", "Reviews", "Said", "Evidence")
    return Table(
        "Areas of section 1(2)",
        columns,
        tuple(_row(area, covered[area.id], statements[area.id], framework) for area in areas),
        NOTE,
        id="care-act.areas",
        row_ids=ids_of_terms(areas),
        column_ids=tuple(name.lower() for name in columns[1:]),
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
        + (", no change told" if studies and not with_outcome else ""),
    )


def _nations(areas: tuple[Term, ...], covered: StudiesByArea, framework: Framework) -> Table:
    nations = [term for term in framework.codebook.terms("places") if term.in_scope]
    nation_ids = {term.id for term in nations}

    def row(area: Term) -> tuple[Cell, ...]:
        studies = covered[area.id]
        criteria = replace(_criteria(area, framework), codes=("geography.data",))
        by_nation = [ids(s for s in studies if nation.id in s.geography.data) for nation in nations]
        elsewhere = ids(s for s in studies if s.geography.data and nation_ids.isdisjoint(s.geography.data))
        unknown = ids(s for s in studies if not s.geography.data)
        return f"({area.id})", *(Count(cell, criteria) for cell in (*by_nation, elsewhere, unknown))

    return Table(
        "By place of the data",
        ("Area", *(nation.label for nation in nations), "Elsewhere only", "Not seen"),
        tuple(map(row, areas)),
        "A study with data from several nations stands in each.",
        id="care-act.nations",
        row_ids=ids_of_terms(areas),
        column_ids=(*(nation.id.lower().replace(" ", "-") for nation in nations), "elsewhere", "not-seen"),
    )


ANALYSIS = Analysis("care-act", QUESTION, analyse)
