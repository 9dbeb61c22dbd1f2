"""Markdown for documents and job summaries, from ``templates/report.md.j2``."""

from coprod_review.results.report import Report
from coprod_review.results.table import Cell, Count
from coprod_review.text.templates import render_template


def render(report: Report) -> str:
    """The report as GitHub-flavoured Markdown; signs of Markdown and HTML in data are escaped."""
    return render_template("report.md.j2", report=report, shown=_shown, is_number=_is_number).rstrip("\n") + "\n"


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Count):
        return str(cell.n)
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float | Count)
