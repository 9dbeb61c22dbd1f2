"""Text broken into lines for a terminal."""

import re
from textwrap import wrap

_CODE_SPAN = re.compile(r"`[^`]*`")


def wrap_lines(text: str, width: int) -> list[str]:
    """Return the lines of a text, broken between words and never within a code span, so that it can be copied."""
    unbreakable = _CODE_SPAN.sub(lambda span: span[0].replace(" ", "\0"), text)
    lines = wrap(unbreakable, width, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\0", " ") for line in lines]
