"""Briefings of the shipped base: what to look at again when the base grows."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest

from coprod_review.briefing.as_document import as_document
from coprod_review.briefing.compose import write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.documents.registry import FORMATS
from coprod_review.loading.evidence_base import EvidenceBase

pytestmark = [pytest.mark.shipped_data, pytest.mark.slow]


@pytest.fixture(scope="module")
def context(bundled: EvidenceBase) -> BriefingContext:
    return BriefingContext(bundled)


def test_summary_fits_two_pages(context: BriefingContext) -> None:
    """References and notes follow on the third page."""
    briefing = write_briefing(context, BriefingRequest("summary", citations="finished"))
    text = re.sub(r"\[\^[^\]]+\]", "", briefing.text.partition("## References")[0])
    written = FORMATS[".pdf"].write(as_document(replace(briefing, text=text), context), None)
    with pikepdf.open(io.BytesIO(written)) as pdf:
        pages = len(pdf.pages)
    assert pages == 2, f"the summary has {pages} pages before its references: shorten templates/briefings/summary.md.j2"


@pytest.mark.parametrize("template", ["summary", "plain"])
def test_errors_of_the_review_are_not_repeated(template: str, context: BriefingContext) -> None:
    """The review prints a yearly rate as the growth since 1994, and a 35% that its source does not have."""
    text = write_briefing(context, BriefingRequest(template)).text.partition("## References")[0]
    wrong = [line for line in text.splitlines() if "1994" in line and "yearly rate" not in line]
    assert not wrong, "data/review.yaml, claim c38, says what holds instead"
    assert "35%" not in text, "this repeats claim c38 of data/review.yaml, unless a figure of the base has come to 35%"
