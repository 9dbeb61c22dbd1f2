"""Draw one chart as SVG, from ``templates/chart.svg.j2``, with its description inside.

The file is complete in itself: it has no script, no style sheet and no address of another file. It has its own white
background and its own colours, so that it is readable on dark pages too. Whatever a colour means is also expressed by a
pattern, a size or a word.
"""

import re
from collections.abc import Callable, Mapping

from coprod_review.render.drawing import bars, matrix
from coprod_review.render.drawing.canvas import CONTENT_WIDTH, MARGIN, Canvas, format_number
from coprod_review.render.drawing.colours import BACKGROUND, FOREGROUND, MUTED
from coprod_review.render.drawing.text_layout import FONTS, SMALL, TITLE, single_line, wrap, wrap_balanced
from coprod_review.results.chart import Chart
from coprod_review.text.templates import render_template

_LAYOUTS: Mapping[str, Callable[[Canvas, Chart, float], float]] = {
    "bars": bars.draw,
    "pairs": bars.draw,
    "matrix": matrix.draw,
}
_GAP = 18
"""Space below the title, and above the footer."""


def chart_svg(chart: Chart, source: str = "") -> str:
    """Return a chart as an SVG document, with its caution and source in the footer."""
    canvas = Canvas()
    top = canvas.text(wrap_balanced(chart.title, TITLE, CONTENT_WIDTH), MARGIN, MARGIN, TITLE) + _GAP
    top = _LAYOUTS[chart.kind](canvas, chart, top) + _GAP
    bottom = _draw_footer(canvas, chart.caution, source, top) + MARGIN
    return render_template(
        "chart.svg.j2",
        id=_xml_id(chart.id),
        title=single_line(chart.title),
        description=single_line(chart.description),
        width=format_number(canvas.right + MARGIN),
        height=format_number(bottom),
        fonts=FONTS,
        background=BACKGROUND,
        elements=canvas.elements,
    )


def _draw_footer(canvas: Canvas, caution: str, source: str, top: float) -> float:
    """Draw caution and source, because a picture is often shown without the text around it."""
    for name, text, colour in (("Caution", caution, FOREGROUND), ("Source", source, MUTED)):
        style = SMALL._replace(colour=colour)
        top = canvas.text(wrap(f"{name}: {text}", style, CONTENT_WIDTH) if text else (), MARGIN, top, style)
    return top


def _xml_id(text: str) -> str:
    """Return an id that XML allows, so that several charts can be in one page."""
    allowed = re.sub("[^A-Za-z0-9_-]", "-", text)
    return allowed if re.match("[A-Za-z]", allowed) else f"chart-{allowed}"
