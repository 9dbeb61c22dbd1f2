"""What the check tells of marks: which, at which line, and in what order."""

import re
from dataclasses import replace
from typing import Any

import pytest

from coprod_review.briefing.annotations import read_html, read_markdown
from coprod_review.briefing.as_document import as_document
from coprod_review.briefing.check import StalePassage, check
from coprod_review.briefing.compose import write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.documents import WRITERS
from coprod_review.loading.evidence_base import EvidenceBase


@pytest.fixture(scope="module")
def source(bundled: EvidenceBase) -> BriefingContext:
    """The bundled base with its results."""
    return BriefingContext(bundled)


@pytest.fixture(scope="module")
def summary(source: BriefingContext) -> str:
    """The summary with keys."""
    return write_briefing(source, BriefingRequest("summary")).text


@pytest.fixture(scope="module")
def finished(source: BriefingContext) -> str:
    """The summary with finished citations."""
    return write_briefing(source, BriefingRequest("summary", citations="finished")).text


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        ("version", "the version"),
        ("as_of", "the date"),
        ("evidence", "how many studies count"),
        ("coding", "the coding"),
        ("search", "the search"),
        ("caution", "the caution"),
    ],
)
def test_removed_basis_fact_fails(fact: str, name: str, summary: str, source: BriefingContext) -> None:
    edited, times = re.subn(rf'<span data-brief="basis {fact} [^>]*>[^<]*</span>', "this", summary)
    assert times
    assert StalePassage(1, f"it no longer states {name} of its base: put that back.") in check(
        read_markdown(edited), source
    )


@pytest.mark.parametrize("field", ["name", "version", "as_of"])
def test_changed_base_identity_is_reported(field: str, summary: str, bundled: EvidenceBase) -> None:
    other: dict[str, Any] = {field: {"as_of": "2027-01-05"}.get(field, "other")}
    about = replace(bundled.framework.about, **other)
    found = check(
        read_markdown(summary), BriefingContext(replace(bundled, framework=replace(bundled.framework, about=about)))
    )
    assert found[0].line == 1
    assert found[0].message.startswith("written from base coprod-review 2026.11 (23 November 2026), and this is ")


def test_multi_line_annotation_fails_at_first_line(summary: str, source: BriefingContext) -> None:
    edited = summary.replace(">22 of 28 studies, about 8 in 10 (", ">26 of 28\n  studies, about 8\n  in 10 (", 1)
    (doubt,) = check(read_markdown(edited), source)
    (line,) = (n for n, row in enumerate(edited.splitlines(), 1) if ">26 of 28" in row)
    assert doubt.line == line


def test_reports_are_in_line_order(summary: str, source: BriefingContext) -> None:
    edited = re.sub(r"\b28\b(?= studies)", "29", summary)
    lines = [doubt.line for doubt in check(read_markdown(edited), source)]
    assert len(set(lines)) > 3
    assert lines == sorted(lines)


def test_removed_citation_key_fails(summary: str, source: BriefingContext) -> None:
    edited = summary.replace("[@lwembe-2017; @aabe-2019]", "[@lwembe-2017]", 1)
    (doubt,) = check(read_markdown(edited), source)
    assert "other studies are cited here than aabe-2019 and lwembe-2017" in doubt.message


def test_finding_without_citation_fails(source: BriefingContext) -> None:
    text = write_briefing(source, BriefingRequest("group", "staff")).text
    edited, times = re.subn(
        r'(<span data-brief="finding baldwin-2018\.\d+ [^>]*>[^\[<]*)\[@[^\]]*\]', r"\1", text, count=1
    )
    assert times
    (doubt,) = check(read_markdown(edited), source)
    assert "other studies are cited here than baldwin-2018" in doubt.message


def test_edited_end_of_reference_fails(finished: str, source: BriefingContext) -> None:
    (entry,) = re.findall(r'^<span data-brief="reference baldwin-2018 .*$', finished, re.MULTILINE)
    edited = finished.replace(entry, re.sub(r"\d+(?=[^\d]*(?:doi|https|Available|\\\[))", "9999", entry, count=1))
    assert edited != finished
    (doubt,) = check(read_markdown(edited), source)
    assert doubt.message.startswith("the reference to baldwin-2018 was changed by hand")


@pytest.mark.parametrize("tag", ["title", "nav", "script", "style", "svg", "template", "footer", "sup", "code"])
def test_numbers_outside_page_text_need_no_annotation(tag: str, source: BriefingContext) -> None:
    made = write_briefing(source, BriefingRequest("plain", citations="finished"))
    page = WRITERS[".html"](as_document(made, source), None).decode()
    text = page.replace("</main>", f"<p>x <{tag}>77 of 78</{tag}> y</p></main>", 1)
    assert text != page
    assert check(read_html(text), source) == ()
    text = page.replace("</main>", f"<p>x <{tag}>77</{tag}> of 79 y</p></main>", 1)
    (doubt,) = check(read_html(text), source)
    assert "no mark holds 79" in doubt.message


def test_table_cells_are_checked_separately(source: BriefingContext) -> None:
    good = '<span data-brief="basis evidence 00000000">28</span>'
    page = f"<p>{good}</p><table><tr><td>a 5</td><td>b 6</td></tr></table>"
    told = [d.message for d in check(read_html(page), source) if "no mark" in d.message]
    assert told == [f"no mark holds {n}, so it cannot be checked: “{text}”" for n, text in (("5", "a 5"), ("6", "b 6"))]
