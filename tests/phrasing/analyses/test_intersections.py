"""Outcomes for each group of people in words."""

from coprod_review.gaps.analyses.intersections import IntersectionsFacts
from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.gaps.worked import reviewed


def _facts(framework: Framework, studied: dict[str, int], merely_included: dict[str, int]) -> IntersectionsFacts:
    groups = dict.fromkeys((group.id for group in groups_of(framework)), 0)
    return IntersectionsFacts(22, {**groups, **studied}, {**groups, **merely_included})


def _named(framework: Framework, *groups: str) -> Framework:
    recommended = Recommendation(id="r1", statement="s", groups=groups, not_measurable_because="n")
    return reviewed(framework, recommendations=[recommended])


def _statement(facts: IntersectionsFacts, framework: Framework) -> str:
    return words.statement(Result("intersections", facts=facts), framework)


def test_groups_and_pairs_are_counted(framework: Framework) -> None:
    facts = _facts(framework, {"minority-ethnic": 2, "dementia": 1}, {"minority-ethnic": 1})
    assert _statement(facts, framework) == (
        "Studies report findings about 2 of 21 groups of people. "
        "They cover 3 of 462 pairs of a group and an outcome domain."
    )


def test_groups_that_recommendations_name_follow(framework: Framework) -> None:
    facts = _facts(framework, {"minority-ethnic": 2}, {"unpaid-carers": 9, "dementia": 1})
    assert _statement(facts, _named(framework, "minority-ethnic", "unpaid-carers", "dementia")) == (
        "Studies report findings about 1 of 21 groups of people. "
        "They cover 2 of 462 pairs of a group and an outcome domain. "
        "Recommendations name 3 of these groups. "
        "Studies of people from Black, Asian and minority ethnic communities report on 2 of 22 outcome domains. "
        "Studies of unpaid carers report on 0 of 22 outcome domains; "
        "9 studies include them without saying whom the findings are about. "
        "Studies of people living with dementia report on 0 of 22 outcome domains; "
        "1 study includes them without saying whom the findings are about."
    )


def test_uncoded_groups(framework: Framework) -> None:
    result = Result("intersections", facts=_facts(framework, {}, {}), missing=("populations",))
    assert words.statement(result, framework) == "This question cannot be answered yet."
    assert words.missing(result, framework) == (
        "no study is coded for any group of people: code populations of each study"
    )
