"""Numbers in words and digits, and the seal that ties a passage to the numbers and the evidence behind it."""

import hashlib
import re
from collections.abc import Sequence

_WORDS = {
    "none": "0",
    "zero": "0",
    **{
        word: str(n)
        for n, word in enumerate(
            ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2
        )
    },
    "thirteen": "13",
    "fourteen": "14",
    "fifteen": "15",
    "sixteen": "16",
    "seventeen": "17",
    "eighteen": "18",
    "nineteen": "19",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "dozen": "12",
    "twice": "2",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "hundred": "100",
    "thousand": "1000",
    "half": "1/2",
    "third": "1/3",
    "thirds": "1/3",
    "quarter": "1/4",
    "quarters": "1/4",
}
"""Words that say a number; "one" and "no" are left out, which mostly say none."""
NUMBER = re.compile(rf"\d+(?:[.,]\d+)*%?|[¼½¾]|\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
"""A number in digits or in a word."""


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text in their order, those in words as digits: ``22 of 28`` gives 22 and 28."""
    return tuple(_WORDS.get(found.lower(), found) for found in NUMBER.findall(text))


def fingerprint(found: Sequence[str], evidence: str) -> str:
    """Eight hexadecimal digits over numbers and what lies behind them."""
    whole = "\0".join((*found, "", evidence))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:8]


_TURNS = frozenset(
    {"no", "not", "none", "never", "nobody", "nothing", "neither", "nor", "without", "but", "except", "only", "least"}
    | {"could", "may", "plausibly", "probably", "certainly"}
    | {"most", "fewer", "more", "over", "under", "nearly", "every", "all", "alone", "cannot"}
)
"""Words that turn what a number or a sentence says."""

_ADDRESS = re.compile(r"https?://\S+")


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, whatever their case, and whatever stands between them; addresses are none."""
    return tuple(re.findall(r"[^\W_]+", _ADDRESS.sub(" ", text).casefold()))


def turns(text: str) -> tuple[str, ...]:
    """The words of a text that turn its meaning, in their order."""
    return tuple(word for word in words(text) if word in _TURNS)
