"""Words that this project once used in private senses, which readers had to guess."""

import re

PRIVATE_WORDS = re.compile(
    r"\b(?:stands?|stood|holds?|held|mend(?:s|ed)?|told|relays?|(?<!hash )signs?|(?<!your )own words)\b", re.IGNORECASE
)
"""Private words, except in the standard terms ``hash sign`` and ``in your own words``."""
