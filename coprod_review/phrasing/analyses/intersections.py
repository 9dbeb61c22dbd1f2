"""Outcomes for each group of people, in words."""

from coprod_review.gaps.analyses.intersections import IntersectionsFacts
from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.phrasing.analyses.shared import NOT_YET
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.results.result import Result
from coprod_review.text.grammar import lower_first, number_with_verb, plural


def _statement(facts: IntersectionsFacts, result: Result, framework: Framework) -> str:
    if result.missing:
        return NOT_YET
    groups, domains = groups_of(framework), facts.domains_studied
    pairs = plural(len(groups) * facts.domains, "pair")
    with_study = f"{sum(map(bool, domains.values()))} of {plural(len(groups), 'group')}"
    sentences = [
        f"Studies report findings about {with_study} of people.",
        f"They cover {sum(domains.values())} of {pairs} of a group and an outcome domain.",
    ]
    named = [_named_group(group, facts) for group in groups if group.id in framework.named_groups]
    if named:
        sentences += [f"Recommendations name {len(named)} of these groups.", *named]
    return " ".join(sentences)


def _named_group(group: Term, facts: IntersectionsFacts) -> str:
    """Return on how many domains studies report for a group, and how many studies include it without such a report."""
    domains = f"{facts.domains_studied[group.id]} of {plural(facts.domains, 'outcome domain')}"
    count = facts.merely_included[group.id]
    include = number_with_verb(count, "study includes", "studies include")
    included = f"; {include} them without saying whom the findings are about" if count else ""
    return f"Studies of {lower_first(group.label)} report on {domains}{included}."


WORDING = Wording(
    statement=_statement,
    caution=(
        "A study about a group may report an outcome without saying who it is for. An empty cell does not mean that "
        "there is no effect."
    ),
    missing={"populations": Missing("no study is coded for any group of people", "code populations of each study")},
    notes={
        "intersections.map": (
            "A cell counts a study if it has a finding in the domain, and focuses on the group or says how many people "
            "of the group took part."
        )
    },
)
