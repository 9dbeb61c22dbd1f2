"""SVG, one picture of one analysis, from ``templates/chart.svg.j2``: whole in itself, with its description inside.

It brings its own white ground and its own colours, so that it is right on dark pages; it holds no script, no style
sheet and no address of anything else. What colour says, a pattern, a size or a word says too.
"""

import re
from collections.abc import Callable, Mapping

from coprod_review.errors import UnknownName
from coprod_review.render.drawing import bars, matrix
from coprod_review.render.drawing.colours import INK, PAPER, QUIET
from coprod_review.render.drawing.sheet import ACROSS, MARGIN, Sheet, number
from coprod_review.render.drawing.writing import FONTS, SMALL, TITLE, balanced, clean, wrap
from coprod_review.results.report import Report
from coprod_review.results.table import Chart
from coprod_review.text.templates import render_template

_LAYOUTS: Mapping[str, Callable[[Sheet, Chart, float], float]] = {
    "bars": bars.draw,
    "pairs": bars.draw,
    "matrix": matrix.draw,
}
_BELOW = 18
"""Below the title and above what stands at the foot."""


def render(report: Report) -> str:
    """The report's one picture. Raises ``UnknownName`` where there is none, or more than one."""
    if not report.charts:
        raise UnknownName("This report has nothing to draw: name one analysis that has a picture, such as focus.")
    if len(report.charts) > 1:
        raise UnknownName("One picture holds one analysis: name one.")
    return picture(report.charts[0], " ".join((f"{report.title}.", *report.lead[:1])))


def picture(chart: Chart, source: str = "") -> str:
    """A chart as an SVG document, with its source at the foot."""
    sheet = Sheet()
    top = sheet.write(balanced(chart.title, TITLE, ACROSS), MARGIN, MARGIN, TITLE) + _BELOW
    top = _LAYOUTS[chart.kind](sheet, chart, top) + _BELOW
    bottom = _foot(sheet, chart.caution, source, top) + MARGIN
    return render_template(
        "chart.svg.j2",
        id=_identity(chart.id),
        title=clean(chart.title),
        description=clean(chart.description),
        width=number(sheet.right + MARGIN),
        height=number(bottom),
        fonts=FONTS,
        paper=PAPER,
        marks=sheet.marks,
    )


def _foot(sheet: Sheet, caution: str, source: str, top: float) -> float:
    """Caution and source; a picture travels without the text around it."""
    for name, text, colour in (("Caution", caution, INK), ("Source", source, QUIET)):
        style = SMALL._replace(colour=colour)
        top = sheet.write(wrap(f"{name}: {text}", style, ACROSS) if text else (), MARGIN, top, style)
    return top


def _identity(text: str) -> str:
    """An id that XML allows, so that several pictures can stand in one page."""
    plain = re.sub("[^A-Za-z0-9_-]", "-", text)
    return plain if re.match("[A-Za-z]", plain) else f"chart-{plain}"
