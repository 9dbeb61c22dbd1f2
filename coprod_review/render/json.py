"""JSON for programs: the payload of a report in UTF-8, indented by two spaces, with keys in a stable order."""

from coprod_review.render.report_format import ReportFormat
from coprod_review.results.report import Report
from coprod_review.text.escaping import json_text


def render(report: Report) -> str:
    """Return the payload of the report as one JSON document."""
    return json_text(report.payload())


FORMAT = ReportFormat("json", (".json",), render)
