"""Text in a picture: its width, estimated on the wide side, and its lines.

Whoever opens the file brings the fonts, so the estimates follow the widest of the usual ones (Verdana, DejaVu Sans).
"""

import unicodedata
from functools import cache
from typing import NamedTuple

from coprod_review.render.drawing.colours import INK, QUIET
from coprod_review.text.escaping import visible

FONTS = "system-ui, sans-serif"
LEADING = 1.35
"""Height of a line, in sizes of its text."""
ASCENT = 1.02
"""From the top of a line to its baseline, in sizes of its text."""


class Style(NamedTuple):
    """How a text looks."""

    size: float
    colour: str = INK
    bold: bool = False

    @property
    def leading(self) -> float:
        """Height of a line."""
        return self.size * LEADING


TITLE = Style(22, bold=True)
BODY = Style(15)
SMALL = Style(13, QUIET)
NUMBER = Style(14)
TOTAL = Style(14, bold=True)

_TIGHTER = (0.5, 0.6, 0.7, 0.8, 0.9)
_BOLD = 1.16
_OTHER = 1.1
"""Letters beyond ASCII; what stands for several letters is as wide as they are."""
_PICTURE = 1.5
_FIRST_PICTURE = "\U0001f000"
_EMS = {
    sign: ems
    for signs, ems in (
        ("'il", 0.3),
        (" ,.fj", 0.38),
        ("!Irt", 0.43),
        ('"()-/:;J[\\]', 0.46),
        ("?Lcsz|", 0.56),
        ("FTYaekovxy", 0.62),
        ("$*0123456789EP_`bdghnpqu{}", 0.64),
        ("ABCKRSVXZ", 0.7),
        ("&DGHNOQU", 0.79),
        ("#+<=>^w~", 0.84),
        ("%@MWm", 1.08),
    )
    for sign in signs
}


def clean(text: str) -> str:
    """Text from data on one line, with control and direction signs shown as their codes."""
    return visible(" ".join(text.split()))


@cache
def _ems(sign: str) -> float:
    if sign in _EMS:
        return _EMS[sign]
    return _PICTURE if sign >= _FIRST_PICTURE else max(_OTHER, 0.7 * len(unicodedata.normalize("NFKD", sign)))


def width(text: str, style: Style) -> float:
    """How wide a line may be at most, in the units of the picture."""
    return sum(map(_ems, text)) * style.size * (_BOLD if style.bold else 1)


def wrap(text: str, style: Style, limit: float) -> tuple[str, ...]:
    """The lines of a cleaned text, which joined give it back; a word wider than the limit is divided, never cut."""
    lines = [""]
    for word in clean(text).split(" "):
        for piece in _pieces(word, style, limit):
            if lines[-1] and width(lines[-1] + piece, style) > limit:
                lines.append("")
            lines[-1] += piece
        lines[-1] += " "
    lines[-1] = lines[-1][:-1]
    return tuple(lines) if lines != [""] else ()


def balanced(text: str, style: Style, limit: float) -> tuple[str, ...]:
    """As few lines as ``wrap`` makes, about as long as each other, so that no word is left alone on the last."""
    lines = wrap(text, style, limit)
    longest = max((width(word, style) for word in clean(text).split(" ")), default=0)
    for share in _TIGHTER:
        tighter = wrap(text, style, max(limit * share, min(longest, limit)))
        if len(tighter) == len(lines):
            return tighter
    return lines


def _pieces(word: str, style: Style, limit: float) -> list[str]:
    """A word, divided where it is wider than a line."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign, style) > limit:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def height(lines: tuple[str, ...], style: Style) -> float:
    """How high the lines are together."""
    return len(lines) * style.leading
