"""The lines that begin every report: what the base is, how it was coded, and what was left out."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import NOT_STATED
from coprod_review.model.study import ReportedIn, Study
from coprod_review.phrasing.base_summary import base_summary_lines, edition, finding_sources
from tests.briefing.made import base_with
from tests.conftest import finding, study

READ, RELAYED = ReportedIn(source="abstract"), ReportedIn(source="scie-review-2022")


@pytest.fixture
def made(bundled: EvidenceBase) -> EvidenceBase:
    """A base of three studies and a work that is no evidence; of one study, only the review reports an outcome."""
    return base_with(bundled.framework, _studies())


def _studies(**changes: Any) -> tuple[Study, ...]:
    return (
        study(1, findings=(finding("author1-2020"),), **changes),
        study(2, findings=(finding("author2-2020", reported_in=(RELAYED,)),), coded_from="citation"),
        study(3, design="scoping-review"),
        study(4, role="context"),
    )


def _first_line(base: EvidenceBase) -> str:
    return base_summary_lines(base)[0]


def test_first_line_counts_entries_evidence_and_outcomes(made: EvidenceBase) -> None:
    assert _first_line(made) == (
        "Base coprod-review 2026.11 (23 November 2026) is a curated collection, not a systematic map. It has 4 "
        "entries; 3 count as evidence (2 primary studies, 1 review). Of these, 1 reports an outcome in the text "
        "that was read; according to the SCIE review, 1 more does."
    )


def test_filtered_entries_come_before_all_entries(made: EvidenceBase) -> None:
    assert "It has 4 of 37 entries; 3 count as evidence" in _first_line(replace(made, unfiltered_count=37))


def test_first_line_of_one_study_that_was_read(bundled: EvidenceBase) -> None:
    assert _first_line(base_with(bundled.framework, _studies()[:1])).endswith(
        "It has 1 entry; 1 counts as evidence (1 primary study, 0 reviews). Of these, 1 reports an outcome."
    )


def test_first_line_names_studies_of_another_kind(bundled: EvidenceBase) -> None:
    of_another_kind = base_with(bundled.framework, (study(1), study(2, design="policy")))
    assert "2 count as evidence (1 primary study, 0 reviews, 1 other)" in _first_line(of_another_kind)


def test_base_with_a_search_is_not_called_curated(made: EvidenceBase) -> None:
    searched = replace(made.framework, about=replace(made.framework.about, search="A search of two databases."))
    line = _first_line(replace(made, framework=searched))
    assert line.startswith("Base coprod-review 2026.11 (23 November 2026) has 4 entries;")


def test_second_and_third_line_give_coding_and_caution(made: EvidenceBase) -> None:
    _, coding, caution = base_summary_lines(made)
    assert coding.endswith("Of the 3, 2 were coded from an abstract and 1 from a citation.")
    assert caution == f"Caution: {made.framework.about.caution}"


def test_base_without_studies_gives_no_sources_of_coding(bundled: EvidenceBase) -> None:
    assert base_summary_lines(base_with(bundled.framework, ()))[1] == bundled.framework.about.coding


@pytest.mark.parametrize(("studies", "words"), [(1, "1 eligible study remains."), (4, "3 eligible studies remain.")])
def test_filters_come_with_the_studies_that_remain(studies: int, words: str, bundled: EvidenceBase) -> None:
    filtered = base_with(bundled.framework, _studies()[:studies])
    assert base_summary_lines(filtered, ("design = qualitative",))[3:] == (f"Filters: design = qualitative. {words}",)


@pytest.mark.parametrize(
    ("skipped", "words"),
    [
        ("a", "Left out because of errors: 1 entry (a)."),
        ("abcde", "Left out because of errors: 5 entries (a, b, c, d, e)."),
        ("abcdef", "Left out because of errors: 6 entries (a, b, c, d, e and others)."),
    ],
)
def test_skipped_entries_are_counted_and_named(skipped: str, words: str, made: EvidenceBase) -> None:
    assert base_summary_lines(replace(made, skipped=tuple(skipped)))[3:] == (words,)


def test_bundled_codebook_is_named(made: EvidenceBase) -> None:
    words = "The base has no codebook.yaml, so the bundled codebook is used."
    assert base_summary_lines(replace(made, uses_bundled_codebook=True))[3:] == (words,)


def test_edition_without_a_version_is_empty(made: EvidenceBase) -> None:
    assert edition(made.framework.about) == " 2026.11 (23 November 2026)"
    assert edition(replace(made.framework.about, version=NOT_STATED)) == ""


def test_findings_are_counted_by_who_reports_them(made: EvidenceBase) -> None:
    both = study(5, findings=(finding("author5-2020", reported_in=(READ, RELAYED)),))
    relayed = study(6, findings=(finding("author6-2020", reported_in=(RELAYED,)),))
    works = [study(n, findings=(finding(f"author{n}-2020"),)) for n in (7, 8)]
    base = base_with(made.framework, (*_studies(), both, relayed, *works))
    assert finding_sources(base) == (
        "Of 6 findings, the review alone reports 2, the works alone report 3, and both report 1."
    )
    assert finding_sources(replace(base, framework=replace(made.framework, review=None))) == "The base has 6 findings."
