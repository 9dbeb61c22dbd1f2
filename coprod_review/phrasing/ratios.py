"""Ratios of two counts of studies within briefings."""

from collections.abc import Mapping

from coprod_review.phrasing.figures import ratio_in_words
from coprod_review.results.figure import Figure

_EXAMINE = ("set out to examine outcomes", "set out to examine process")
_REPORT = ("report outcomes", "report process")
_SIDES: Mapping[str, tuple[str, str]] = {
    "focus.reported.ratio": _REPORT,
    "focus.reported-broad.ratio": _REPORT,
}
"""What the studies on the two sides do, for ratios that are not about what studies set out to examine."""


def ratio_with_conclusion(figure: Figure) -> str:
    """Return a ratio as a sentence, and one on whether its interval tells the two sides apart."""
    sides = _SIDES.get(figure.id, _EXAMINE)
    return " ".join(part for part in (ratio_in_words(figure, *sides), _conclusion(figure, *sides)) if part)


def _conclusion(figure: Figure, first: str, second: str) -> str:
    if figure.interval is None or figure.value is None:
        return ""
    if figure.interval.low <= 1 and (figure.interval.high is None or figure.interval.high >= 1):
        return "The studies are too few to generalise."
    more, fewer = (first, second) if figure.value > 1 else (second, first)
    return f"More studies {more} than {fewer}."
