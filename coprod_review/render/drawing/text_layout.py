"""Text in a picture: its estimated width, and lines that fit a limit.

The program that shows a picture chooses the fonts, so the estimates follow the widest of the usual ones (Verdana,
DejaVu Sans).
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from coprod_review.render.drawing.colours import FOREGROUND, MUTED
from coprod_review.text.escaping import visible

FONTS = "system-ui, sans-serif"
LEADING = 1.35
"""Height of a line, in font sizes."""
ASCENT = 1.02
"""Distance from the top of a line to its baseline, in font sizes."""


class TextStyle(NamedTuple):
    """Size, colour and weight of a text."""

    size: float
    colour: str = FOREGROUND
    bold: bool = False

    @property
    def leading(self) -> float:
        """Height of a line."""
        return self.size * LEADING


TITLE = TextStyle(22, bold=True)
BODY = TextStyle(15)
SMALL = TextStyle(13, MUTED)
NUMBER = TextStyle(14)
TOTAL = TextStyle(14, bold=True)

_BALANCED_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares of a limit at which lines are tried when they are balanced."""

_CHARACTER_WIDTHS = {
    character: width
    for characters, width in (
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
    for character in characters
}
"""Widths of ASCII characters, in font sizes."""
_OTHER_WIDTH = 1.1
"""Least width of other characters."""
_LETTER_WIDTH = 0.7
"""Width of each letter in a character that Unicode composes of several, such as a ligature."""
_FIRST_EMOJI = "\U0001f000"
_EMOJI_WIDTH = 1.5
_BOLD_FACTOR = 1.16


def single_line(text: str) -> str:
    """Return text from data on one line, with control characters and bidirectional overrides as visible codes."""
    return visible(" ".join(text.split()))


@cache
def _character_width(character: str) -> float:
    if character in _CHARACTER_WIDTHS:
        return _CHARACTER_WIDTHS[character]
    if character >= _FIRST_EMOJI:
        return _EMOJI_WIDTH
    return max(_OTHER_WIDTH, _LETTER_WIDTH * len(unicodedata.normalize("NFKD", character)))


def text_width(text: str, style: TextStyle) -> float:
    """Return the estimated largest width of a line, in the units of the picture."""
    return sum(map(_character_width, text)) * style.size * (_BOLD_FACTOR if style.bold else 1)


def text_height(lines: Sequence[str], style: TextStyle) -> float:
    """Return the height of lines together."""
    return len(lines) * style.leading


def wrap(text: str, style: TextStyle, limit: float) -> tuple[str, ...]:
    """Return a text in lines of at most ``limit`` units, a word that is wider than the limit broken over lines.

    Lines keep the space after their last word, so that joined they give the text back.
    """
    lines = [""]
    for word in single_line(text).split(" "):
        for piece in _pieces(word, style, limit):
            if lines[-1] and text_width(lines[-1] + piece, style) > limit:
                lines.append("")
            lines[-1] += piece
        lines[-1] += " "
    lines[-1] = lines[-1][:-1]
    return tuple(lines) if lines != [""] else ()


def wrap_balanced(text: str, style: TextStyle, limit: float) -> tuple[str, ...]:
    """Return as few lines as ``wrap`` does, of about equal length, so that the last line is not a single word."""
    lines = wrap(text, style, limit)
    longest = max((text_width(word, style) for word in single_line(text).split(" ")), default=0)
    for share in _BALANCED_SHARES:
        balanced = wrap(text, style, max(limit * share, min(longest, limit)))
        if len(balanced) == len(lines):
            return balanced
    return lines


def _pieces(word: str, style: TextStyle, limit: float) -> list[str]:
    """Return a word in pieces, none of them wider than a line."""
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, style) > limit:
            pieces.append("")
        pieces[-1] += character
    return pieces
