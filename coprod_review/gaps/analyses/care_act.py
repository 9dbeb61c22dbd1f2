"""G8: coverage of the nine areas of wellbeing in the Care Act 2014, through the outcome taxonomy.

The Act is English law, so studies are shown by nation too. Counts only: there
is no denominator for a law. Methods: docs/methods/analyses.md#care-act;
docs/contracts/decisions.md#the-care-act-is-english-law.
"""

from collections.abc import Iterable
from dataclasses import replace

from coprod_review.gaps.charts import matrix_chart
from coprod_review.gaps.shares import count
from coprod_review.gaps.study_sets import ids, ids_of_terms, is_primary, is_review, outcome_trail
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.model.study import Study, eligible
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import listed, lower_first, plural

NOTE = (
    "Outcome: with a finding that tells of a change. Said: statements and examples by participants. In part: only "
    "outcomes that fall partly under the area."
)
_Covered = dict[str, tuple[Study, ...]]
_Said = dict[str, tuple[str, ...]]
QUESTION = "Which areas of wellbeing in the Care Act 2014 does any study touch?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """For each area: distinct eligible studies with a finding on one of its outcomes, reviews, and statements.

    Figures are named ``care-act.<area>`` and have no denominator.
    """
    held = eligible(studies)
    areas = framework.codebook.terms("care_act")
    covered = {area.id: _studies(area, held, framework) for area in areas}
    said = {area.id: _statements(area, framework) for area in areas}
    table = _table(areas, covered, said, framework)
    england = [area for area in areas if any("England" in s.geography.data for s in covered[area.id])]
    return Result(
        analysis="care-act",
        question=QUESTION,
        statement=(
            f"{_statement(areas, covered, said, framework)} "
            f"Data from England stand behind {len(england)} of {len(areas)} areas."
        ),
        caution=(
            "The Care Act 2014 is English law; studies from every nation are counted here. A study counts where it has "
            "a finding in the area at any level, whatever it found and however strong it is."
        ),
        figures=tuple(_figure(area, covered[area.id], framework) for area in areas),
        tables=(table, _nations(areas, covered, framework)),
        charts=(matrix_chart("care-act", QUESTION, table),),
        figures_in_full=frozenset(),
    )


def _outcomes(area: Term, framework: Framework) -> frozenset[str]:
    return frozenset(term.id for term in framework.codebook.terms("outcomes") if area.id in term.care_act)


def _studies(area: Term, studies: tuple[Study, ...], framework: Framework) -> tuple[Study, ...]:
    outcomes = _outcomes(area, framework)
    return tuple(s for s in studies if any(f.outcome in outcomes for f in s.findings))


def _statements(area: Term, framework: Framework) -> tuple[str, ...]:
    """The statements by participants that name an outcome of the area."""
    outcomes = _outcomes(area, framework)
    return tuple(said.id for said in framework.statements if not outcomes.isdisjoint(said.outcomes))


def _trail(area: Term, framework: Framework) -> Criteria:
    return Criteria(findings=({"outcome": tuple(sorted(_outcomes(area, framework)))},))


def _figure(area: Term, studies: tuple[Study, ...], framework: Framework) -> Figure:
    return count(
        f"care-act.{area.id}",
        f"Studies with a finding on {lower_first(area.label)}",
        f"at least one finding on an outcome of area ({area.id}), at any level; eligible studies",
        ids(studies),
        None,
        "a count: the Act gives no number to divide by",
        trail=_trail(area, framework),
    )


def verdict(studies: int, statements: int) -> str:
    """Studied, testimony only, or nothing."""
    return "studied" if studies else "testimony only" if statements else "nothing"


def _statement(
    areas: tuple[Term, ...],
    covered: _Covered,
    said: _Said,
    framework: Framework,
) -> str:
    def named(kind: str) -> list[str]:
        found = [a for a in areas if verdict(len(covered[a.id]), len(said[a.id])) == kind]
        return [f"{lower_first(a.label)} ({a.id})" for a in found]

    nothing, told = named("nothing"), named("testimony only")
    changed = sum(bool(_with_outcome(a, covered[a.id], framework)) for a in areas)
    touched = f"{len(named('studied'))} of {plural(len(areas), 'area')} of wellbeing"
    parts = [f"{touched} are touched by a finding in at least one study here, {changed} by one that tells of a change."]
    if told:
        parts.append(f"Seen in testimony alone: {listed(told)}.")
    if nothing:
        parts.append(f"Nothing was seen on {listed(nothing)}.")
    return " ".join(parts)


def _with_outcome(area: Term, studies: tuple[Study, ...], framework: Framework) -> tuple[Study, ...]:
    """The studies with a finding at level outcome or impact on an outcome of the area."""
    book, outcomes = framework.codebook, _outcomes(area, framework)
    return tuple(
        s
        for s in studies
        if any(f.outcome in outcomes and book.kind("levels", f.level) == "outcome" for f in s.findings)
    )


def _table(
    areas: tuple[Term, ...],
    covered: _Covered,
    said: _Said,
    framework: Framework,
) -> Table:
    columns = ("Area", "Studies", "Outcome", "Primary", "Reviews", "Said", "Evidence")
    return Table(
        "Areas of section 1(2)",
        columns,
        tuple(_row(area, covered[area.id], said[area.id], framework) for area in areas),
        NOTE,
        id="care-act.areas",
        row_ids=ids_of_terms(areas),
        column_ids=tuple(name.lower() for name in columns[1:]),
    )


def _row(area: Term, held: tuple[Study, ...], said: tuple[str, ...], framework: Framework) -> tuple[Cell, ...]:
    book, trail = framework.codebook, _trail(area, framework)
    changed = _with_outcome(area, held, framework)
    design = Criteria(("design",))
    parts = (
        (held, trail),
        (changed, trail & outcome_trail(book)),
        ([s for s in held if is_primary(s, book)], trail & design),
        ([s for s in held if is_review(s, book)], trail & design),
    )
    whole = {t.id for t in book.terms("outcomes") if area.id in t.care_act and not t.care_act_part}
    in_part = bool(held) and not any(f.outcome in whole for s in held for f in s.findings)
    return (
        f"({area.id}) {area.label}",
        *(Count(ids(part), why) for part, why in parts),
        Count(said, unit="statement"),
        verdict(len(held), len(said))
        + (", in part" if in_part else "")
        + (", no change told" if held and not changed else ""),
    )


def _nations(areas: tuple[Term, ...], covered: _Covered, framework: Framework) -> Table:
    inside = [term for term in framework.codebook.terms("places") if term.in_scope]
    home = {term.id for term in inside}

    def row(area: Term) -> tuple[Cell, ...]:
        held = covered[area.id]
        trail = replace(_trail(area, framework), codes=("geography.data",))
        found = [ids(s for s in held if nation.id in s.geography.data) for nation in inside]
        abroad = ids(s for s in held if s.geography.data and home.isdisjoint(s.geography.data))
        unseen = ids(s for s in held if not s.geography.data)
        return f"({area.id})", *(Count(cell, trail) for cell in (*found, abroad, unseen))

    return Table(
        "By place of the data",
        ("Area", *(nation.label for nation in inside), "Elsewhere only", "Not seen"),
        tuple(map(row, areas)),
        "A study with data from several nations stands in each.",
        id="care-act.nations",
        row_ids=ids_of_terms(areas),
        column_ids=(*(nation.id.lower().replace(" ", "-") for nation in inside), "elsewhere", "not-seen"),
    )
