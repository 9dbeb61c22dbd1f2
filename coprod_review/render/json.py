"""JSON for programs: the payload of a report, UTF-8, two spaces, stable order."""

import json

from coprod_review.results import Report


def render(report: Report) -> str:
    """The payload as one JSON document."""
    return json.dumps(report.payload(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
