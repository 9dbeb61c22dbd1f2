"""The output formats of reports, by name, and the suffixes of their files."""

from collections.abc import Mapping

from coprod_review.render import csv, json, markdown, svg, terminal
from coprod_review.render.report_format import ReportFormat

FORMATS: Mapping[str, ReportFormat] = {
    format.name: format
    for format in (
        terminal.FORMAT,
        json.FORMAT,
        csv.FORMAT,
        markdown.FORMAT,
        svg.FORMAT,
    )
}
"""Every format by its name, in the order in which help lists them."""
