"""Coverage of the areas of wellbeing in words."""

from dataclasses import replace

import pytest

from coprod_review.gaps.analyses.care_act import CareActFacts, Coverage
from coprod_review.model.base import Crosswalk, Crosswalks, Framework, Subject
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from coprod_review.results.table import Table


def _statement(framework: Framework, with_outcome: int, from_nations: int, **areas: str) -> str:
    coverage: dict[str, Coverage] = dict.fromkeys("abcdefghi", "nothing")
    coverage |= dict.fromkeys(areas.get("studied", ""), "studied")
    coverage |= dict.fromkeys(areas.get("testimony", ""), "testimony only")
    facts = CareActFacts(coverage, with_outcome, from_nations)
    return words.statement(Result("care-act", facts=facts), framework)


def test_every_kind_of_evidence(framework: Framework) -> None:
    assert _statement(framework, 5, 3, studied="abdegi", testimony="f") == (
        "Of 9 areas of wellbeing, 6 have a finding in at least one study, and 5 have a finding about a change. "
        "Only participants of the review speak of social and economic wellbeing (f). This base has no evidence on "
        "protection from abuse and neglect (c) and suitable living accommodation (h). The Act is English law. Studies "
        "with data from England report on 3 of 9 areas."
    )


def test_one_area(framework: Framework) -> None:
    assert _statement(framework, 1, 0, studied="a", testimony="bcdefghi").startswith(
        "Of 9 areas of wellbeing, 1 has a finding in at least one study, and 1 has a finding about a change. "
        "Only participants of the review speak of "
    )


def test_every_area_studied(framework: Framework) -> None:
    assert _statement(framework, 9, 9, studied="abcdefghi") == (
        "Of 9 areas of wellbeing, 9 have a finding in at least one study, and 9 have a finding about a change. "
        "The Act is English law. Studies with data from England report on 9 of 9 areas."
    )


def test_no_evidence(framework: Framework) -> None:
    statement = _statement(framework, 0, 0)
    assert statement.startswith(
        "Of 9 areas of wellbeing, 0 have a finding in at least one study, and 0 have a finding about a change. "
        "This base has no evidence on "
    )
    assert statement.endswith("Studies with data from England report on 0 of 9 areas.")


def test_caution(framework: Framework) -> None:
    assert words.caution(Result("care-act"), framework) == (
        "Studies from every nation are counted, not only those from England. A study counts whatever it found and "
        "however strong it is."
    )


@pytest.mark.parametrize(
    ("table", "words_of_it"),
    [
        ("areas", "In part means that every outcome with a finding belongs only in part to the area."),
        ("ascof", "ASCOF is a framework of England, just as the Care Act is English law."),
        ("ascot", "ASCOT describes domains of quality of life, for use in any nation."),
    ],
)
def test_notes_explain_the_columns(table: str, words_of_it: str, framework: Framework) -> None:
    made = Table("Title", ("Area",), (("A",),), id=f"care-act.{table}")
    (noted,) = words.tables(Result("care-act", tables=(made,)), framework)
    assert words_of_it in noted.note
    assert "Testimony counts statements and examples by participants of the review." in noted.note


def test_base_names_the_framework_and_where_it_applies(framework: Framework) -> None:
    def about(subject: Subject) -> Framework:
        return replace(framework, about=replace(framework.about, subject=subject))

    goals = Crosswalk(name="goals of an act", term="goal", terms="goals", nations=("Wales", "Scotland"))
    named = about(Subject(crosswalks=Crosswalks(care_act=goals)))
    assert _statement(named, 1, 1, studied="a", testimony="bcdefghi").startswith("Of 9 goals, 1 has a finding")
    assert _statement(named, 1, 1, studied="abcdefghi").endswith(
        "a finding about a change. Studies with data from Wales and Scotland report on 1 of 9 goals."
    )
    assert words.caution(Result("care-act"), named).startswith(
        "Studies from every nation are counted, not only those from Wales and Scotland. "
    )
    unnamed = about(Subject())
    assert _statement(unnamed, 1, 0, studied="abcdefghi") == (
        "Of 9 areas, 9 have a finding in at least one study, and 1 has a finding about a change."
    )
    assert words.caution(Result("care-act"), unnamed).startswith("Studies from every nation are counted. ")
