"""G17: outcomes of each group of people: where a group and an outcome domain meet.

A study counts for a group that it focuses on, or includes with a number given;
merely including a group is no finding about it. Cells hold counts of studies,
never of people, so nobody can be known by them. Methods:
docs/methods/analyses.md#intersections.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coprod_review.gaps.analyses.matrix import EVERYWHERE
from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.gaps.charts import matrix_chart
from coprod_review.gaps.gap_rules import GapPlace, find_gaps, separate_general_gaps
from coprod_review.gaps.study_sets import ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.model.study import Study, domain, eligible, stakeholder
from coprod_review.results.figure import Criteria
from coprod_review.results.result import Gap, Result
from coprod_review.results.table import Cell as TableCell
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import listed, lower_first, plural

QUESTION = "For which groups of people is which kind of outcome reported?"
CAUTION = (
    "A study about a group may report an outcome without saying whose it is; an empty cell does not mean no effect."
)
NEEDED = "no study is coded for any group of people: code populations"
COUNTS = ("focus", "included_n")

Placed = dict[tuple[str, str], dict[str, Study]]


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Distinct eligible studies for each group of people and outcome domain, with the gaps ``none`` and ``thin``.

    Gaps are named for the groups that some study covers: of the others representation tells.
    """
    held = eligible(studies)
    groups, domains = groups_of(framework), framework.codebook.terms("domains")
    placed = _placed(held)
    cells = tuple(_cells(groups, domains, placed, held))
    fired = (_of_a_pair(gap) for gap in find_gaps(cells, framework, ("none", "thin")))
    gaps, general = separate_general_gaps(fired, len(cells), framework)
    table = _table(groups, domains, placed)
    return Result(
        analysis="intersections",
        question=QUESTION,
        statement=_statement(held, groups, domains, placed, framework),
        caution=CAUTION,
        gaps=gaps,
        general_gaps=general,
        tables=(table,),
        missing="" if not held or any(s.groups_coded for s in held) else NEEDED,
        charts=(matrix_chart("intersections", QUESTION, table, CAUTION),),
    )


def _of_a_pair(gap: Gap) -> Gap:
    """A gap under the rule that holds for pairs, of which participants' statements say nothing."""
    return replace(gap, rule="no eligible study") if gap.type == "none" else gap


def _placed(studies: tuple[Study, ...]) -> Placed:
    """Studies at each pair of group and domain, and in each margin."""
    placed: Placed = {}
    for study in studies:
        groups = [g for g, code in study.populations.items() if code in COUNTS]
        for found in {domain(f.outcome): None for f in study.findings} if groups else ():
            for group in groups:
                for key in ((group, found), (group, EVERYWHERE), (EVERYWHERE, found)):
                    placed.setdefault(key, {})[study.id] = study
    return placed


def _cells(
    groups: tuple[Term, ...], domains: tuple[Term, ...], placed: Placed, studies: tuple[Study, ...]
) -> Iterator[GapPlace]:
    """The cells of groups that some study covers."""
    covered = {g for s in studies for g, code in s.populations.items() if code in COUNTS}
    for group in groups:
        for term in domains if group.id in covered else ():
            yield GapPlace(
                f"{group.id}/{term.id}",
                f"{group.label}: {_label(term)}",
                tuple(placed.get((group.id, term.id), {}).values()),
                opens=f"intersections.map/{group.id}/{term.id}",
            )


def _label(term: Term) -> str:
    return f"{stakeholder(term.id)}, {lower_first(term.label)}"


def _merely_included(group: str, studies: tuple[Study, ...]) -> str:
    """Studies that include a group and do not say whose their findings are."""
    count = sum(s.populations.get(group) == "included" and bool(s.findings) for s in studies)
    verb = "includes" if count == 1 else "include"
    return f" ({count} more {verb} them; whose the findings are is not said)" if count else ""


def _statement(
    studies: tuple[Study, ...],
    groups: tuple[Term, ...],
    domains: tuple[Term, ...],
    placed: Placed,
    framework: Framework,
) -> str:
    filled = sum(bool(placed.get((g.id, d.id))) for g in groups for d in domains)
    with_any = [g for g in groups if placed.get((g.id, EVERYWHERE))]
    named = [g for g in groups if g.id in framework.named_groups]
    told = [
        f"{lower_first(g.label)} {sum(bool(placed.get((g.id, d.id))) for d in domains)}"
        f"{_merely_included(g.id, studies)}"
        for g in named
    ]
    return (
        f"{filled} of {plural(len(groups) * len(domains), 'pair')} of a group and an outcome domain hold a study; "
        f"{len(with_any)} of {plural(len(groups), 'group')} have any finding."
        + (
            f" Of {plural(len(domains), 'domain')}, groups named in recommendations have: {listed(told)}."
            if told
            else ""
        )
    )


def _table(groups: tuple[Term, ...], domains: tuple[Term, ...], placed: Placed) -> Table:
    columns = [*((t.id, _label(t)) for t in domains), (EVERYWHERE, "all")]

    def cell(group: str, place: str) -> Count:
        codes = (f"populations.{group}",) if group != EVERYWHERE else ("populations",)
        conditions = {"domain": (place,)} if place != EVERYWHERE else {}
        return Count(tuple(placed.get((group, place), ())), Criteria(codes, (conditions,)))

    def row(identity: str, label: str) -> tuple[TableCell, ...]:
        return label, *(cell(identity, place) for place, _ in columns)

    return Table(
        "Groups of people by outcome domain",
        ("Group", *(name[:1].upper() + name[1:] for _, name in columns)),
        tuple(row(g.id, g.label) for g in groups),
        "Distinct studies that focus on the group, or include it with a number, and have a finding in the domain.",
        id="intersections.map",
        row_ids=ids_of_terms(groups),
        column_ids=tuple(place for place, _ in columns),
        total_columns=frozenset({len(columns)}),
    )
