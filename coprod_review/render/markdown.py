"""Markdown for documents and job summaries, from ``templates/report.md.j2``."""

from coprod_review.render.report_format import ReportFormat
from coprod_review.results.report import Report
from coprod_review.results.table import Cell, Count, cell_text
from coprod_review.text.templates import render_template


def render(report: Report) -> str:
    """Return the report as GitHub-flavoured Markdown; data is escaped for Markdown and HTML."""
    text = render_template("report.md.j2", report=report, cell_text=cell_text, is_number=_is_number)
    return text.rstrip("\n") + "\n"


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float | Count)


FORMAT = ReportFormat("markdown", (".md",), render)
