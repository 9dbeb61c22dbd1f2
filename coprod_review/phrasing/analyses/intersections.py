"""Outcomes for each group of people, in words."""

from coprod_review.gaps.analyses.intersections import IntersectionsFacts
from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.phrasing.analyses.shared import NOT_YET
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import according_to
from coprod_review.results.result import Result
from coprod_review.text.grammar import lower_first, number_with_verb, plural


def _statement(facts: IntersectionsFacts, result: Result, framework: Framework) -> str:
    if result.missing:
        return NOT_YET
    groups, domains = groups_of(framework), facts.domains_studied
    pairs = plural(len(groups) * facts.domains, "pair")
    with_study = f"{sum(map(bool, domains.values()))} of {plural(len(groups), 'group')}"
    every, review = _all_facts(facts, result), according_to(framework.review_name) if framework.review else ""
    more = sum(every.domains_studied.values()) - sum(domains.values())
    added = f"; {review}, they cover {more} more" if more else ""
    sentences = [
        f"Studies report findings about {with_study} of people{_more_groups(facts, every, review)}.",
        f"They cover {sum(domains.values())} of {pairs} of a group and an outcome domain{added}.",
    ]
    named = [_named_group(group, facts, every, review) for group in groups if group.id in framework.named_groups]
    if named:
        sentences += [f"Recommendations name {len(named)} of these groups.", *named]
    return " ".join(sentences)


def _all_facts(facts: IntersectionsFacts, result: Result) -> IntersectionsFacts:
    """Return the facts that count what the review alone says as well."""
    every = result.all_findings.facts if result.all_findings else facts
    return every if isinstance(every, IntersectionsFacts) else facts


def _more_groups(facts: IntersectionsFacts, every: IntersectionsFacts, review: str) -> str:
    more = sum(map(bool, every.domains_studied.values())) - sum(map(bool, facts.domains_studied.values()))
    return f"; {review}, about {more} more" if more else ""


def _named_group(group: Term, facts: IntersectionsFacts, every: IntersectionsFacts, review: str) -> str:
    """Return on how many domains studies report for a group, and how many studies include it without such a report."""
    more = every.domains_studied[group.id] - facts.domains_studied[group.id]
    added = f"; {review}, on {more} more" if more else ""
    domains = f"{facts.domains_studied[group.id]} of {plural(facts.domains, 'outcome domain')}"
    count = every.merely_included[group.id]
    include = number_with_verb(count, "study includes", "studies include")
    included = f"; {include} them without saying whom the findings are about" if count else ""
    return f"Studies of {lower_first(group.label)} report on {domains}{added}{included}."


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
