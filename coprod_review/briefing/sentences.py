"""Split the Markdown of a briefing into sentences as people read them, without markup."""

import re
from collections.abc import Iterator

from coprod_review.documents.annotation_syntax import FINISHED_CITATIONS, INVISIBLE

SENTENCE_BREAK = r"(?<=[.!?])[\])’”]*\s+(?=[\[(‘“]*[A-Z0-9])"
"""Pattern of what separates two sentences: white space between the end of one and a capital or a digit."""
BLOCK_BREAK = r"\n\s*\n|\n(?=\s*(?:[-+*>]|\d+[.)]|#+|\|))"
"""Pattern of what separates two blocks: an empty line, or the beginning of a list item, quotation, heading or row."""

_SENTENCE_BREAK = re.compile(SENTENCE_BREAK)
_BLOCK_BREAK = re.compile(BLOCK_BREAK)
_MARKUP = re.compile(
    rf"{INVISIBLE}|\[\^[^\]]*\]|\[@[^\]]*\]|`[^`]*`|^\s*>|^\s*(?:[-+*]|\d+[.)]) |^#+ |[*\\]", re.MULTILINE
)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_REFERENCES_HEADING = "## References"


def long_sentences(markdown: str, limit: int) -> Iterator[tuple[str, int]]:
    """Yield sentences with more words than ``limit``, each with its number of words; references do not count."""
    text = markdown.partition(_REFERENCES_HEADING)[0]
    for block in _BLOCK_BREAK.split(text):
        for sentence in split_sentences(without_markup(block)):
            words = len(sentence.split())
            if words > limit:
                yield sentence, words


def without_markup(markdown: str) -> str:
    """Return Markdown as people read it, on one line."""
    without_citations = FINISHED_CITATIONS.sub("", markdown)
    words = _MARKUP.sub(" ", _LINK.sub(r"\1", without_citations)).split()
    return " ".join(words).replace(" .", ".").replace(" ,", ",")


def split_sentences(text: str) -> list[str]:
    """Split a text on one line into sentences."""
    return [sentence for sentence in _SENTENCE_BREAK.split(text) if sentence]
