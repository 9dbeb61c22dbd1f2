"""Sentences of a briefing as a reader reads them: without markup, and one block after the other."""

import re
from collections.abc import Iterator

_MARKUP = re.compile(
    r"<!--.*?-->|</?span[^>]*>|\[\^[^\]]*\]|\[@[^\]]*\]|`[^`]*`|^\s*>|^\s*(?:[-+*]|\d+[.)]) |^#+ |[*\\]", re.MULTILINE
)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BREAK = re.compile(r"(?<=[.!?])[\])’”]*\s+(?=[\[(‘“]*[A-Z0-9])")
_BLOCKS = re.compile(r"\n\s*\n|\n(?=\s*(?:[-+*>]|\d+[.)]|#+|\|) ?)")
_CITATION = re.compile(r"\s*\\?[(\[](?:<span data-brief=\"study [^>]*>[^<]*</span>[;,]?\s*)+\\?[)\]]")
"""Finished citations; whoever reads aloud passes over them."""
_SKIPPED = "## References"


def too_long(markdown: str, most: int) -> Iterator[tuple[str, int]]:
    """Sentences with more words than allowed, each with its number of words; the references do not count."""
    text = markdown.partition(_SKIPPED)[0]
    for block in _BLOCKS.split(text):
        for sentence in split(reading(block)):
            words = len(sentence.split())
            if words > most:
                yield sentence, words


def reading(markdown: str) -> str:
    """Text as it is read, on one line."""
    return (
        " ".join(_MARKUP.sub(" ", _LINK.sub(r"\1", _CITATION.sub("", markdown))).split())
        .replace(" .", ".")
        .replace(" ,", ",")
    )


def split(text: str) -> list[str]:
    """The sentences of a text on one line."""
    return [sentence for sentence in _BREAK.split(text) if sentence]
