"""Fingerprints that tie passages to their numbers and evidence, and the words and numbers that a check compares."""

import hashlib
import re
from collections.abc import Sequence

_CARDINALS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER_WORDS = (
    {word: str(n) for n, word in enumerate(_CARDINALS, 2)}
    | {word: str(10 * n) for n, word in enumerate(_TENS, 2)}
    | {"none": "0", "zero": "0", "dozen": "12", "twice": "2", "hundred": "100", "thousand": "1000"}
    | {"half": "1/2", "third": "1/3", "thirds": "1/3", "quarter": "1/4", "quarters": "1/4"}
)
"""Words for numbers, without "one" and "no", which are mostly not numbers."""
_TURNING_WORDS = frozenset(
    {"no", "not", "none", "never", "nobody", "nothing", "neither", "nor", "without", "but", "except", "only", "least"}
    | {"could", "may", "probably", "certainly", "unknown"}
    | {"most", "fewer", "more", "over", "under", "nearly", "every", "all", "alone", "cannot"}
)
"""Words that can reverse what a number or a sentence says."""
_ADDRESS = re.compile(r"https?://\S+")
NUMBER = re.compile(rf"\d+(?:[.,]\d+)*%?|[¼½¾]|\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)
"""A number in digits or in words."""


def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a text in order, those in words as digits: ``22 of 28`` gives 22 and 28."""
    return tuple(_NUMBER_WORDS.get(number.lower(), number) for number in NUMBER.findall(text))


def fingerprint(numbers: Sequence[str], evidence: str) -> str:
    """Return eight hexadecimal digits of a hash over the numbers of a passage and what they rest on."""
    content = "\0".join((*numbers, "", evidence))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text in lower case, without punctuation and web addresses."""
    return tuple(re.findall(r"[^\W_]+", _ADDRESS.sub(" ", text).casefold()))


def turning_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that can reverse its meaning, in order."""
    return tuple(word for word in words(text) if word in _TURNING_WORDS)
