"""Studies, findings and errata, as ``list`` and ``show`` print them."""

from typing import Any

import pytest

from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.quantity import Quantity
from coprod_review.model.study import Appraisal, Erratum, Geography, ReportedIn, Reports, Search
from coprod_review.phrasing.studies import (
    code_points,
    erratum_line,
    finding_point,
    place_in_words,
    reference_line,
    stakeholders_sentence,
)
from tests.conftest import finding, study


@pytest.fixture
def codebook(framework: Framework) -> Codebook:
    """The codebook of the bundled base."""
    return framework.codebook


# --- the codes of a study -------------------------------------------------------------


def _codes(framework: Framework, **changes: Any) -> dict[str, str]:
    """Return the code points of a study, by what they are about."""
    return dict(point.split(": ", 1) for point in code_points(study(**changes), framework))


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("What it calls the practice", "not coded"),
        ("Sector", "not coded"),
        ("Origin of the data", "not coded"),
        ("Place of the authors", "not coded"),
        ("Outcomes as an aim", "not yet coded."),
        ("Process as an aim", "not yet coded."),
        ("Stated aim", "not recorded"),
        ("Setting", "not coded"),
        ("People who took part", "not coded"),
        ("Outcomes reported", "not yet coded"),
        ("Process reported", "not yet coded"),
        ("Definition of co-production", "not yet coded"),
        ("Principles mentioned", "none coded"),
        ("Groups in focus", "none coded"),
        ("Groups included", "none coded"),
        ("Characteristics of participants reported", "none coded"),
        ("Critical appraisal", "none recorded"),
    ],
)
def test_what_nobody_coded_is_not_shown_as_none(about: str, words: str, framework: Framework) -> None:
    assert _codes(framework)[about] == words


def test_codes_are_shown_by_their_labels(framework: Framework) -> None:
    codes = _codes(
        framework,
        role_reason="It reports data.",
        practice=("co-production",),
        sector=("social-care", "health"),
        geography=Geography(data=("England",), authors=("Wales",)),
        reports=Reports(outcome="present", process="absent"),
        populations={"rural": "focus", "dementia": "included", "unpaid-carers": "included_n", "faith": "not_reported"},
    )
    assert codes["Role"] == "evidence. It reports data."
    assert codes["Sector"] == "Social care and Health care"
    assert (codes["Origin of the data"], codes["Place of the authors"]) == ("England", "Wales")
    assert (codes["Outcomes reported"], codes["Process reported"]) == ("present", "absent")
    assert codes["Groups in focus"] == "people in rural places"
    assert codes["Groups included"] == "people living with dementia and unpaid carers"


def test_characteristics_that_are_not_reported_are_shown_apart(framework: Framework) -> None:
    coded = {"age": "reported", "ethnicity": "reported", "religion": "not_reported", "education": "not_coded"}
    codes = _codes(framework, characteristics=coded)
    assert codes["Characteristics of participants reported"] == "age and ethnicity"
    assert codes["Characteristics of participants not reported"] == "religion"
    assert "Characteristics of participants not reported" not in _codes(framework, characteristics={"age": "reported"})


@pytest.mark.parametrize(
    ("search", "words"),
    [
        (Search(), "period not known. Included: not known"),
        (Search(included=0), "period not known. Included: 0 works"),
        (Search(start="2006", included=9, included_as="papers"), "2006 to not known. Included: 9 papers"),
        (
            Search(end="2017-10", included=9, screened=90, nested={"case-study": 4}),
            "not known to 2017-10. Included: 9 works, of 90 records found or screened; by design: case study 4",
        ),
    ],
)
def test_search_keeps_zero_apart_from_not_known(search: Search, words: str, framework: Framework) -> None:
    assert _codes(framework, search=search)["Search"] == words


def test_recorded_appraisal_is_shown(framework: Framework) -> None:
    appraisal = Appraisal(
        tool="MMAT 2018", items={}, serious_concern="absent", assessor="A", date="2026-01-01", rationale="R."
    )
    assert _codes(framework, appraisal=appraisal)["Critical appraisal"] == "recorded"


# --- findings and errata --------------------------------------------------------------


def test_finding_comes_with_its_codes_and_its_number(codebook: Codebook) -> None:
    number = Quantity(label="improved", n=4, N=34, denominator="reported")
    assert finding_point(finding(direction="harm", figures=(number,)), codebook) == (
        "author1-2020.1 Something changed. (improved: 4 of 34) [people.health.wellbeing; outcome; harm; measurement: "
        "not yet coded; found by the work itself; certainty: not assessed; reported in: abstract]"
    )


def test_percentage_without_denominator_says_so(codebook: Codebook) -> None:
    number = Quantity(label="improved", percent=75, denominator="not_reported")
    assert "(improved: 75%, denominator not reported)" in finding_point(finding(figures=(number,)), codebook)


def test_place_names_source_section_and_claim(codebook: Codebook) -> None:
    place = ReportedIn(source="scie-review-2022", section="3.1", claim="c09")
    assert place_in_words(place, codebook).endswith("section 3.1 (claim c09)")
    assert place_in_words(ReportedIn(source="abstract"), codebook) == "abstract"


@pytest.mark.parametrize(("verified", "words"), [(True, "the original was read"), (False, "the original was not read")])
def test_erratum_says_whether_the_original_was_read(verified: bool, words: str) -> None:
    erratum = Erratum(
        about="citation.issued", correction="It is 2019.", basis="Crossref.", confidence="high",
        verified_at_original=verified,
    )  # fmt: skip
    assert erratum_line(erratum) == f"issued: It is 2019. [confidence: high; {words}; basis: Crossref]"


# --- references and lists -------------------------------------------------------------


def test_reference_is_one_line() -> None:
    assert reference_line(study().citation) == "author1 (2020) Title 1."


def test_entries_with_findings_are_counted_by_stakeholder_group(codebook: Codebook) -> None:
    of_staff = finding("author2-2020", outcome="staff.work.motivation")
    studies = (study(1, findings=(finding(),)), study(2, findings=(of_staff, finding("author2-2020", 2))), study(3))
    assert stakeholders_sentence(studies, codebook) == (
        "2 of 3 entries have findings: 2 about people, 1 about staff, "
        "0 about organisations and 0 about community. An entry can have findings about several groups."
    )
