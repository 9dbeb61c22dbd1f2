"""Coverage of the areas of wellbeing in words."""

from coprod_review.gaps.analyses.care_act import CareActFacts, Coverage
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result


def _statement(framework: Framework, with_outcome: int, from_england: int, **areas: str) -> str:
    coverage: dict[str, Coverage] = dict.fromkeys("abcdefghi", "nothing")
    coverage |= dict.fromkeys(areas.get("studied", ""), "studied")
    coverage |= dict.fromkeys(areas.get("testimony", ""), "testimony only")
    facts = CareActFacts(coverage, with_outcome, from_england)
    return words.statement(Result("care-act", facts=facts), framework)


def test_every_kind_of_evidence(framework: Framework) -> None:
    assert _statement(framework, 5, 3, studied="abdegi", testimony="f") == (
        "Of 9 areas of wellbeing, 6 have a finding in at least one study, and 5 have a finding about a change. "
        "Only participants of the review speak of social and economic wellbeing (f). This base has no evidence on "
        "protection from abuse and neglect (c) and suitable living accommodation (h). Studies with data from England "
        "report on 3 of 9 areas."
    )


def test_one_area(framework: Framework) -> None:
    assert _statement(framework, 1, 0, studied="a", testimony="bcdefghi").startswith(
        "Of 9 areas of wellbeing, 1 has a finding in at least one study, and 1 has a finding about a change. "
        "Only participants of the review speak of "
    )


def test_every_area_studied(framework: Framework) -> None:
    assert _statement(framework, 9, 9, studied="abcdefghi") == (
        "Of 9 areas of wellbeing, 9 have a finding in at least one study, and 9 have a finding about a change. "
        "Studies with data from England report on 9 of 9 areas."
    )


def test_no_evidence(framework: Framework) -> None:
    statement = _statement(framework, 0, 0)
    assert statement.startswith(
        "Of 9 areas of wellbeing, 0 have a finding in at least one study, and 0 have a finding about a change. "
        "This base has no evidence on "
    )
    assert statement.endswith("Studies with data from England report on 0 of 9 areas.")
