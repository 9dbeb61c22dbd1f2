"""G17: outcomes for each group of people: studies at each pair of a group and an outcome domain.

A study counts for a group that it focuses on, or that it includes with a number of people; merely including a group
is no finding about it. Cells count studies and not people, so that nobody can be identified.
Methods: docs/methods/analyses.md#intersections.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from coprod_review.gaps.analyses.matrix import MARGIN
from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families
from coprod_review.gaps.gap_rules import GapPlace, find_gaps, separate_general_gaps
from coprod_review.gaps.study_sets import ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.study import Study, domain, eligible
from coprod_review.results.chart import matrix
from coprod_review.results.figure import Criteria
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import capitalise, lower_first

QUESTION = "Which kinds of outcome do studies report for which groups of people?"
COUNTED_KINDS = ("focus", "included_with_number")
"""Codes by which a study counts for a group."""

StudiesByPair = dict[tuple[str, str], dict[str, Study]]
"""Studies by id, at each pair of a group and a domain; the domain ``MARGIN`` has the studies of every domain."""


@dataclass(frozen=True, slots=True)
class IntersectionsFacts:
    """Numbers of outcome domains and studies, by the group of people."""

    domains: int
    """Number of all outcome domains."""
    domains_studied: Mapping[str, int]
    """Number of domains with a study, for every group."""
    merely_included: Mapping[str, int]
    """Number of studies with findings that include the group without saying how many people, for every group."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the eligible studies for each group of people and outcome domain, with the gaps ``none`` and ``thin``.

    Gaps are only named for groups that some study covers; ``representation`` names the others.
    """
    studies = eligible(studies, framework.codebook)
    groups, domains = groups_of(framework), framework.codebook.terms("domains")
    codebook = framework.codebook
    by_pair = _studies_by_pair(studies, codebook)
    places = tuple(_places(groups, domains, by_pair, studies, codebook))
    gaps, general = separate_general_gaps(find_gaps(places, framework, ("none", "thin")), len(places), framework)
    table = _table(groups, domains, by_pair, codebook)
    return Result(
        analysis="intersections",
        facts=_facts(groups, domains, by_pair, studies, codebook),
        gaps=gaps,
        general_gaps=general,
        tables=(table,),
        missing=() if not studies or any(s.groups_coded for s in studies) else ("populations",),
        charts=(matrix("intersections", table),),
    )


def _studies_by_pair(studies: tuple[Study, ...], codebook: Codebook) -> StudiesByPair:
    counted = codebook.of_kind("population_codes", *COUNTED_KINDS)
    by_pair: StudiesByPair = {}
    for study in studies:
        groups = [group for group, code in study.populations.items() if code in counted]
        domains = dict.fromkeys(domain(f.outcome) for f in study.findings) if groups else ()
        for domain_id, group in product(domains, groups):
            for key in ((group, domain_id), (group, MARGIN)):
                by_pair.setdefault(key, {})[study.id] = study
    return by_pair


def _places(
    groups: tuple[Term, ...],
    domains: tuple[Term, ...],
    by_pair: StudiesByPair,
    studies: tuple[Study, ...],
    codebook: Codebook,
) -> Iterator[GapPlace]:
    """Yield every pair of an outcome domain and a group that some study covers."""
    counted = codebook.of_kind("population_codes", *COUNTED_KINDS)
    covered = {group for s in studies for group, code in s.populations.items() if code in counted}
    for group, term in product((g for g in groups if g.id in covered), domains):
        yield GapPlace(
            f"{group.id}/{term.id}",
            f"{group.label}: {_label(term, codebook)}",
            tuple(by_pair.get((group.id, term.id), {}).values()),
            kind="pair",
            opens=f"intersections.map/{group.id}/{term.id}",
        )


def _label(term: Term, codebook: Codebook) -> str:
    return f"{lower_first(codebook.group_label(term.id))}, {lower_first(term.label)}"


def _facts(
    groups: tuple[Term, ...],
    domains: tuple[Term, ...],
    by_pair: StudiesByPair,
    studies: tuple[Study, ...],
    codebook: Codebook,
) -> IntersectionsFacts:
    included = codebook.of_kind("population_codes", "included")
    return IntersectionsFacts(
        domains=len(domains),
        domains_studied={group.id: sum((group.id, d.id) in by_pair for d in domains) for group in groups},
        merely_included={
            group.id: count_families(s for s in studies if s.populations.get(group.id) in included and s.findings)
            for group in groups
        },
    )


def _table(groups: tuple[Term, ...], domains: tuple[Term, ...], by_pair: StudiesByPair, codebook: Codebook) -> Table:
    columns = [*((t.id, _label(t, codebook)) for t in domains), (MARGIN, "all")]

    def cell(group: str, domain_id: str) -> Count:
        conditions = {"domain": (domain_id,)} if domain_id != MARGIN else {}
        return Count(tuple(by_pair.get((group, domain_id), ())), Criteria((f"populations.{group}",), (conditions,)))

    return Table(
        "Groups of people by outcome domain",
        ("Group", *(capitalise(label) for _, label in columns)),
        tuple((group.label, *(cell(group.id, column) for column, _ in columns)) for group in groups),
        id="intersections.map",
        row_ids=ids_of_terms(groups),
        column_ids=tuple(column for column, _ in columns),
        total_columns=frozenset({len(columns)}),
    )


ANALYSIS = Analysis("intersections", QUESTION, analyse, needs=("groups",))
