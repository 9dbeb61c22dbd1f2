"""The palette of charts.

Colours with different meanings differ in lightness too, so that grey prints are readable. Text has a contrast of
at least 4.5 to 1 with its background, graphic parts at least 3 to 1. A test computes both from these constants.
"""

BACKGROUND = "#ffffff"
FOREGROUND = "#17222e"
"""Text, axes and whiskers."""
MUTED = "#4a5765"
"""Less important text, such as the source."""
OUTLINE = "#6a7684"
"""Outlines and hatching of what is not known or zero."""
GRID_LINE = "#dde2e8"
"""Grid lines: they lead the eye and carry no meaning."""
BAND = "#eef1f4"
"""The band behind a bar, which shows the total, and rows and columns of totals."""

FIRST_FILL = "#1c588c"
"""Fill of bars, and of the first bar of a pair."""
SECOND_FILL = "#fbe2bd"
"""Fill of the second bar of a pair, always inside an outline of ``SECOND_OUTLINE``."""
SECOND_OUTLINE = "#9a5200"

COUNT_SCALE = (
    ("#e4eef7", FOREGROUND),
    ("#b9d5ea", FOREGROUND),
    ("#86b5d9", FOREGROUND),
    ("#2f72ab", BACKGROUND),
    ("#123f68", BACKGROUND),
)
"""Fills of the squares of a matrix from low to high counts, each with the colour of the number on it."""
COUNT_OUTLINE = "#1c588c"
"""Outline of every square with a count, so that the palest is visible on white."""
