"""What a count counts, and what is known of each item, worked out by hand."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.model.base import Framework
from coprod_review.model.facets import Filter, parse_filter
from coprod_review.model.stated import Stated, StatedCount
from coprod_review.model.study import Geography, ReportedIn, Study
from coprod_review.replication.items import Item, items_of, passes_all
from tests.conftest import aims, finding, study
from tests.replication.reviews import REVIEW, reported, review

WELLBEING, TRUST = "people.health.wellbeing", "people.services.trust"
PRACTICE = "staff.practice.change"
ROW = Stated(id="R01", section="1", statement="A.", claims=("c02",))
STUDIES = (
    reported(1, WELLBEING, PRACTICE, reference=1),
    study(2, role="context", reference=2),
    study(3, findings=(finding("author3-2020", 1, level="experience"),)),
    reported(4, TRUST, status="retracted"),
)
"""One study that the review reports, one work of context, one study added later, and one that was retracted."""


@pytest.mark.parametrize(
    ("count", "ids"),
    [
        ({"count": "works", "of": "references"}, [1, 2]),
        ({"count": "works", "of": "evidence"}, [1, 3]),
        ({"count": "works", "of": "outcome_studies"}, [1]),
        ({"count": "works", "of": "reported"}, [1]),
        ({"count": "works", "of": "claims"}, [2]),
        ({"count": "works", "of": "barriers"}, [1, 2]),
        ({"count": "works", "of": "enablers"}, []),
        ({"count": "works"}, []),
        ({"count": "findings", "of": "evidence"}, [1, 1, 3]),
        ({"count": "findings", "of": "reported"}, [1, 1]),
    ],
)
def test_works_and_findings(count: dict[str, Any], ids: list[int], framework: Framework) -> None:
    items = items_of(StatedCount(what="works", **count), ROW, STUDIES, replace(framework, review=review()))
    assert [item.id for item in items] == [f"author{number}-2020" for number in ids]


@pytest.mark.parametrize(
    ("count", "ids"),
    [
        ({"count": "claims"}, ["c01", "c02", "c03"]),
        ({"count": "claims", "of": "barriers"}, ["c01"]),
        ({"count": "barriers"}, ["ba1", "ba2"]),
        ({"count": "testimony"}, ["t01", "t02"]),
        ({"count": "examples"}, ["ex1"]),
        ({"count": "recommendations"}, []),
        ({"count": "topics"}, ["", ""]),
        ({"count": "terms", "vocabulary": "principles"}, [""] * 4),
        # The ladder has seven steps, and the vocabulary one more term for what is not coded.
        ({"count": "terms", "vocabulary": "rungs"}, [""] * 7),
    ],
)
def test_parts_of_the_review_and_terms(count: dict[str, Any], ids: list[str], framework: Framework) -> None:
    items = items_of(StatedCount(what="parts", **count), ROW, STUDIES, replace(framework, review=review()))
    assert [item.id for item in items] == ids
    assert items_of(StatedCount(what="parts", **count), ROW, STUDIES, framework) == ()


def test_reported_works_have_only_what_the_review_reports(framework: Framework) -> None:
    places = (ReportedIn(source="abstract", section="9"), ReportedIn(source=REVIEW, section="3.1"))
    both = finding("author1-2020", 1, reported_in=places)
    other = finding("author1-2020", 2, outcome=TRUST)
    asked = StatedCount(what="works", count="works", of="reported")
    (item,) = items_of(asked, ROW, (study(1, findings=(both, other)),), replace(framework, review=review()))
    assert item.study is not None
    assert [(f.outcome, f.reported_in) for f in item.study.findings] == [(WELLBEING, places[1:])]


def test_findings_are_complete_where_the_source_was_read_in_full(framework: Framework) -> None:
    read = reported(5, TRUST, coded_from="full_text")
    works = StatedCount(what="works", count="works", of="evidence")
    asked = (works, replace(works, of="reported"), replace(works, count="findings"))
    reviewed = replace(framework, review=review())
    complete = [[i.has_all_findings for i in items_of(count, ROW, (STUDIES[0], read), reviewed)] for count in asked]
    assert complete == [[False, True], [True, True], [True, True, True]]


def _for(beneficiary: str) -> Study:
    return study(1, findings=(finding(beneficiary=beneficiary),), coded_from="full_text")


def _scale(*measurements: str, scale: bool = False) -> Study:
    instruments = ("PAM",) if scale else ()
    findings = (finding(number=n, measurement=m, instruments=instruments) for n, m in enumerate(measurements))
    return study(findings=tuple(findings))


@pytest.mark.parametrize(
    ("condition", "item", "answer"),
    [
        ("sector=health", study(sector=("health",)), True),
        ("sector=health", study(sector=("research",)), False),
        ("sector=health", study(), None),
        ("sector!=health", study(sector=("health", "research")), False),
        ("sector!=health", study(sector=("research",)), True),
        ("sector!=health", study(), None),
        ("place=England,Wales", study(geography=Geography(data=("Wales",))), True),
        ("year>=2017", study(), True),
        ("year>=2021", study(), False),
        ("year>=2017", replace(study(), citation=replace(study().citation, issued=None)), None),
        ("aim-outcome=primary,secondary", study(aims=aims("process")), False),
        ("aim-outcome=primary,secondary", study(), None),
        # A study coded for any group is known not to focus on the others; only the group's own code shows inclusion.
        ("group=dementia", study(populations={"faith": "included"}), False),
        ("group=dementia", study(), None),
        ("group-included=dementia", study(populations={"dementia": "included"}), True),
        ("group-included=dementia", study(populations={"dementia": "excluded"}), False),
        ("group-included=dementia", study(populations={"faith": "included"}), None),
        ("group-included=dementia,faith", study(populations={"dementia": "excluded"}), None),
        ("principle=equality", study(principles_mentioned={"equality": "mentioned"}), True),
        ("principle=equality", study(principles_mentioned={"equality": "not_mentioned"}), False),
        ("principle=equality", study(principles_mentioned={"diversity": "mentioned"}), None),
        # No abstract shows that a finding is absent; a full text does.
        (f"outcome={WELLBEING}", study(findings=(finding(),)), True),
        (f"outcome={TRUST}", study(findings=(finding(),)), None),
        (f"outcome={TRUST}", study(findings=(finding(),), coded_from="full_text"), False),
        ("measurement=qualitative", replace(_scale("qualitative", "not_coded"), coded_from="full_text"), True),
        ("measurement=administrative", replace(_scale("qualitative", "not_coded"), coded_from="full_text"), None),
        ("beneficiary=others", _for("took_part"), False),
        (
            "beneficiary=others",
            _for("not_separated"),
            None,
        ),
        ("beneficiary=others", _for("not_stated"), None),
        ("instrument=PAM", _scale("validated_scale", scale=True), True),
        ("instrument=PAM", replace(_scale("qualitative"), coded_from="full_text"), False),
        ("instrument=PAM", replace(_scale("not_coded"), coded_from="full_text"), None),
        ("citation=second-hand", study(reference=33, cited_via="author2-2020"), True),
        ("citation=second-hand", study(reference=33), False),
        ("citation=second-hand", study(), None),
    ],
)
def test_what_is_known_of_a_condition(condition: str, item: Study, answer: bool | None, framework: Framework) -> None:
    read = item.coded_from == "full_text"
    assert (
        passes_all([parse_filter(condition, framework.codebook)], Item(item.id, item, read), framework.codebook)
        is answer
    )


def test_all_conditions_together(framework: Framework) -> None:
    yes, no, unknown = (parse_filter(t, framework.codebook) for t in ("year=2020", "year=2021", "sector=health"))
    item = Item("author1-2020", study())
    cases: tuple[list[Filter], ...] = ([], [yes], [yes, no], [yes, unknown], [no, unknown])
    answers = [passes_all(conditions, item, framework.codebook) for conditions in cases]
    assert answers == [True, True, False, None, False]
    assert passes_all([yes], Item("c01"), framework.codebook) is None
