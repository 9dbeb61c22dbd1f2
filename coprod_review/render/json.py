"""JSON for programs: the payload of a report, UTF-8, two spaces, stable order."""

from coprod_review.results.report import Report
from coprod_review.text.escaping import json_text


def render(report: Report) -> str:
    """The payload as one JSON document."""
    return json_text(report.payload())
