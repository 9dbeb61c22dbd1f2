"""Where groups of people and outcome domains meet, on a base worked out by hand."""

from typing import Any

from coprod_review.gaps.analyses import intersections
from coprod_review.model.base import Framework
from coprod_review.model.review import Recommendation
from coprod_review.model.study import Study
from coprod_review.results.result import GeneralGap, Result
from tests.gaps.worked import filled, found, named, reviewed

HEALTH, VALUED, WORK, HOME = (
    {"outcome": o} for o in ("people.health.wellbeing", "people.self.valued", "staff.work.ease", "people.living.home")
)
ETHNIC, DEMENTIA, WOMEN = "minority-ethnic", "dementia", "women"


def _about(group: str, code: str = "focus") -> dict[str, Any]:
    return {"populations": {group: code}}


def _base() -> list[Study]:
    """Fourteen studies; a comment explains each."""
    return [
        found(1, HEALTH, {**HEALTH, "outcome": "people.health.understanding"}, **_about(ETHNIC)),  # once in its domain
        found(2, HEALTH, WORK, **_about(ETHNIC)),  # in two domains
        found(3, HEALTH, **_about(ETHNIC, "included_n")),  # included with a number: counts
        found(4, VALUED, **_about(ETHNIC, "included")),  # merely included: no finding about the group
        found(5, {**HEALTH, "level": "experience"}, **_about(DEMENTIA)),  # a finding at any level
        found(6, **_about(DEMENTIA)),  # no finding
        found(7, HOME, **_about(WOMEN), role="context"),  # not counted
        found(8, HOME, **_about(WOMEN), status="retracted"),  # not counted
        found(9, VALUED, **_about(ETHNIC, "excluded")),
        found(10, HOME, **_about("no-particular-group")),  # about nobody in particular
        found(11, VALUED, **_about(WOMEN, "not_reported"), coded_from="full_text"),
        found(12, VALUED, **_about(WOMEN, "none_recruited")),
        found(13, HOME),
        found(14),
    ]


def _named(framework: Framework, *groups: str) -> Framework:
    recommended = Recommendation(id="r1", statement="s", groups=groups, not_measurable_because="n")
    return reviewed(framework, recommendations=[recommended])


def test_focus_or_counted_group_qualifies(framework: Framework) -> None:
    assert filled(intersections.analyse(_base(), framework), "intersections.map") == {
        "minority-ethnic/people.health": named(1, 2, 3),
        "minority-ethnic/staff.work": named(2),
        "minority-ethnic/all": named(1, 2, 3),
        "dementia/people.health": named(5),
        "dementia/all": named(5),
    }


def test_every_group_and_domain_of_the_codebook_is_shown(framework: Framework) -> None:
    (table,) = intersections.analyse(_base(), framework).tables
    assert (len(table.row_ids), len(table.column_ids)) == (21, 23)  # 22 domains, and all


def test_facts_count_domains_and_merely_included_groups(framework: Framework) -> None:
    facts = intersections.analyse(_base(), framework).facts
    assert isinstance(facts, intersections.IntersectionsFacts)
    assert (facts.domains, len(facts.domains_studied), len(facts.merely_included)) == (22, 21, 21)
    # Minority ethnic people with health and with work, people with dementia with health. Study 4 merely includes.
    assert {group: n for group, n in facts.domains_studied.items() if n} == {ETHNIC: 2, DEMENTIA: 1}
    assert {group: n for group, n in facts.merely_included.items() if n} == {ETHNIC: 1}


def test_group_without_findings_is_not_merely_included(framework: Framework) -> None:
    facts = intersections.analyse([found(1, **_about(ETHNIC, "included"))], framework).facts
    assert isinstance(facts, intersections.IntersectionsFacts)
    assert facts.merely_included[ETHNIC] == 0


def test_common_gaps_are_summarised_once(framework: Framework) -> None:
    result = intersections.analyse(_base(), framework)
    # Two groups are covered, so 44 cells: 3 hold a study, 41 hold none.
    assert result.general_gaps == (GeneralGap("none", 41, 44, "pair"),)
    assert [(g.type, g.where, g.studies, g.counts.studies, g.opens) for g in result.gaps] == [
        ("thin", "minority-ethnic/staff.work", named(2), 1, "intersections.map/minority-ethnic/staff.work"),
        ("thin", "dementia/people.health", named(5), 1, "intersections.map/dementia/people.health"),
    ]
    assert result.gaps[1].label == "People living with dementia: people, health and wellbeing"


def test_gaps_of_groups_that_recommendations_name_come_first(framework: Framework) -> None:
    result = intersections.analyse(_base(), _named(framework, DEMENTIA))
    assert [g.where for g in result.gaps] == ["dementia/people.health", "minority-ethnic/staff.work"]


def test_cells_count_studies_and_no_people(framework: Framework) -> None:
    result = intersections.analyse(_base(), framework)
    assert {count.unit for table in result.tables for _, _, count in table.cells()} == {"study"}
    assert result.figures == ()


def _uncoded(framework: Framework) -> Result:
    return intersections.analyse([found(1, HEALTH), found(2, WORK)], framework)


def test_uncoded_base_gives_no_gap(framework: Framework) -> None:
    result = _uncoded(framework)
    assert (result.gaps, result.general_gaps) == ((), ())
    assert filled(result, "intersections.map") == {}


def test_uncoded_base_advises_what_to_code(framework: Framework) -> None:
    assert _uncoded(framework).missing == ("populations",)


def test_group_without_findings_is_a_gap_everywhere(framework: Framework) -> None:
    result = intersections.analyse([found(1, **_about(DEMENTIA))], framework)
    assert result.general_gaps == (GeneralGap("none", 22, 22, "pair"),)


def test_empty_base_gives_nothing(framework: Framework) -> None:
    for studies in ([], [found(1, HEALTH, **_about(DEMENTIA), role="context")]):
        result = intersections.analyse(studies, framework)
        assert (filled(result, "intersections.map"), result.gaps, result.general_gaps) == ({}, (), ())
