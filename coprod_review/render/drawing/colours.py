"""The palette: every pair that has to be told apart differs in lightness too, so that grey prints stay readable.

Text keeps a contrast of at least 4.5 to 1 against what lies behind it, graphic parts at least 3 to 1. A test computes
both from these constants.
"""

PAPER = "#ffffff"
INK = "#17222e"
"""Text, axes and whiskers."""
QUIET = "#4a5765"
"""Text that stands behind other text, such as the source."""
LINE = "#6a7684"
"""Outlines and hatching of what is not known or zero."""
GUIDE = "#dde2e8"
"""Guide lines: they lead the eye and carry nothing."""
BAND = "#eef1f4"
"""The whole behind a bar, and rows and columns of totals."""

FIRST = "#1c588c"
"""Fill of bars, and of the first of a pair."""
SECOND = "#fbe2bd"
"""Fill of the second of a pair, always inside an outline of ``SECOND_EDGE``."""
SECOND_EDGE = "#9a5200"

STEPS = (("#e4eef7", INK), ("#b9d5ea", INK), ("#86b5d9", INK), ("#2f72ab", PAPER), ("#123f68", PAPER))
"""Fills of a matrix from few to many, each with the colour of the number on it."""
STEP_EDGE = "#1c588c"
"""Outline of every filled square, so that the palest can be seen on white."""
