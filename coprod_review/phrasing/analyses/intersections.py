"""Outcomes for each group of people, in words."""

from coprod_review.gaps.analyses.intersections import IntersectionsFacts
from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, lower_first, plural


def _statement(facts: IntersectionsFacts, result: Result, framework: Framework) -> str:
    groups, domains = groups_of(framework), facts.domains_studied
    named = [_named_group(group, facts) for group in groups if group.id in framework.named_groups]
    return (
        f"{sum(domains.values())} of {plural(len(groups) * facts.domains, 'pair')} of a group and an outcome domain "
        f"hold a study; {sum(map(bool, domains.values()))} of {plural(len(groups), 'group')} have any finding."
        + (
            f" Of {plural(facts.domains, 'domain')}, groups named in recommendations have: {listed(named)}."
            if named
            else ""
        )
    )


def _named_group(group: Term, facts: IntersectionsFacts) -> str:
    """Return in words on how many domains studies report for a group, and how many studies merely include it."""
    count = facts.merely_included[group.id]
    verb = "includes" if count == 1 else "include"
    included = f" ({count} more {verb} them; whose the findings are is not said)" if count else ""
    return f"{lower_first(group.label)} {facts.domains_studied[group.id]}{included}"


WORDING = Wording(
    statement=_statement,
    caution=(
        "A study about a group may report an outcome without saying whose it is; an empty cell does not mean no effect."
    ),
    missing={"populations": Missing("no study is coded for any group of people", "code populations")},
    notes={
        "intersections.map": (
            "Distinct studies that focus on the group, or include it with a number, and have a finding in the domain."
        )
    },
)
