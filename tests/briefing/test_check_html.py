"""A briefing as a web page after a change of its base or an edit by hand."""

import re
from dataclasses import replace

import pytest

from coprod_review.briefing.annotations import read_html
from coprod_review.briefing.as_document import appendix, as_document
from coprod_review.briefing.check import check
from coprod_review.briefing.context import BriefingContext
from coprod_review.documents.registry import FORMATS
from coprod_review.loading.evidence_base import EvidenceBase
from tests.briefing.conftest import Written
from tests.briefing.made import lines_of, recounted, without, words_of


@pytest.fixture(scope="module")
def page(context: BriefingContext, written: Written) -> str:
    """The summary as a web page, with what its numbers open to."""
    made = written("summary", "", "finished")
    document = replace(as_document(made, context), appendix=appendix(made, context))
    return FORMATS[".html"].write(document, None).decode()


@pytest.fixture(scope="module")
def plain(context: BriefingContext, written: Written) -> str:
    """The plain summary as a web page."""
    return FORMATS[".html"].write(as_document(written("plain", "", "finished"), context), None).decode()


def test_edited_html_number_fails_at_its_line(page: str, finished: str, context: BriefingContext) -> None:
    assert check(read_html(page), context) == ()
    words = words_of(finished, "figure focus.outcome-share")
    edited = page.replace(words, recounted(words), 1)
    (report,) = check(read_html(edited), context)
    assert report.line in lines_of(edited, re.escape(recounted(words)))
    assert "changed by hand" in report.message


def test_unannotated_html_number_is_reported(page: str, context: BriefingContext) -> None:
    edited = page.replace('<h2 id="key-figures"', '<p>Now 99 of them.</p>\n<h2 id="key-figures"', 1)
    (report,) = check(read_html(edited), context)
    assert "99 is not from the base" in report.message
    assert report.line in lines_of(edited, "Now 99 of them")


def test_deleted_study_fails_in_html(page: str, bundled: EvidenceBase) -> None:
    cited = re.findall(r'data-brief="reference ([\w-]+) ', page)
    study = next(s.id for s in bundled.studies if s.id in cited)
    reports = check(read_html(page), BriefingContext(without(bundled, study)))
    lines = {r.line for r in reports if f"no study `{study}`" in r.message}
    assert lines & lines_of(page, f'data-brief="reference {study} ')


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["title", "nav", "script", "style", "svg", "template", "footer", "sup", "code"])
def test_numbers_outside_page_text_need_no_annotation(tag: str, plain: str, context: BriefingContext) -> None:
    text = plain.replace("</main>", f"<p>x <{tag}>77 of 78</{tag}> y</p></main>", 1)
    assert text != plain
    assert check(read_html(text), context) == ()
    text = plain.replace("</main>", f"<p>x <{tag}>77</{tag}> of 79 y</p></main>", 1)
    (report,) = check(read_html(text), context)
    assert "79 is not from the base" in report.message


def test_table_cells_are_checked_separately(context: BriefingContext) -> None:
    good = '<span data-brief="basis evidence 00000000">28</span>'
    page = f"<p>{good}</p><table><tr><td>a 5</td><td>b 6</td></tr></table>"
    reports = [r.message for r in check(read_html(page), context) if "is not from the base" in r.message]
    expected = [(number, text) for number, text in (("5", "a 5"), ("6", "b 6"))]
    assert reports == [f"{n} is not from the base, so it cannot be checked: “{text}”" for n, text in expected]
