"""SVG: the chart of one analysis."""

from coprod_review.errors import UnknownName
from coprod_review.render.report_format import ReportFormat
from coprod_review.results.report import Report


def render(report: Report) -> str:
    """Return the chart of a report as SVG. Raises ``UnknownName`` unless the report has exactly one."""
    # Drawing is imported here, because otherwise every command that prints a report would import it.
    from coprod_review.render.drawing.chart import chart_svg

    if not report.charts:
        raise UnknownName("This report has nothing to draw: name one analysis that has a picture, such as focus.")
    if len(report.charts) > 1:
        raise UnknownName("One picture holds one analysis: name one.")
    return chart_svg(report.charts[0], " ".join((f"{report.title}.", *report.lead[:1])))


FORMAT = ReportFormat("svg", (".svg",), render, needs_chart=True)
