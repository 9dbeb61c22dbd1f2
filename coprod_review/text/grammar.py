"""Numbers, lists, percentages and dates within English sentences."""

from collections.abc import Sequence

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def percent(share: float) -> str:
    """Return a share from 0 to 1 as a whole percentage, with ``under 1%`` and ``over 99%`` near the ends."""
    rounded = round(100 * share)
    if rounded == 0 and share > 0:
        return "under 1%"
    if rounded == 100 and share < 1:
        return "over 99%"
    return f"{rounded}%"


def plural(n: int, noun: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 study``, ``2 studies``."""
    return f"1 {noun}" if n == 1 else f"{n} {many or plural_noun(noun)}"


def plural_noun(noun: str) -> str:
    """Return the plural of a regular noun: ``studies``."""
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


def number_with_verb(n: int, one: str, many: str) -> str:
    """Return a number with a verb that agrees with it: ``1 counts``, ``2 count``."""
    return f"{n} {one if n == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Join words as ``a, b and c``; with semicolons where a word contains a comma."""
    if len(words) < 2:
        return "".join(words)
    if any("," in word for word in words):
        return f"{'; '.join(words[:-1])}; and {words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def listed_at_most(words: Sequence[str], most: int = 12) -> str:
    """Join words as ``a, b and c``, or the first ``most`` of them with a count of the rest."""
    return listed(words) if len(words) <= most else f"{', '.join(words[:most])} and {len(words) - most} more"


def lower_first(label: str) -> str:
    """Return a label for use within a sentence: with a small first letter unless its first word is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def with_article(word: str) -> str:
    """Return a word with its indefinite article: ``an abstract``, ``a citation``."""
    return f"{'an' if word[:1] in 'aeiouI' else 'a'} {word}"


def capitalise(text: str) -> str:
    """Return a text with a capital first letter; unlike ``str.capitalize``, keep the case of the others."""
    return text[:1].upper() + text[1:]


def long_date(date: str) -> str:
    """Return an ISO date as people write it, ``23 November 2026``; any other text unchanged."""
    year, _, rest = date.partition("-")
    month, _, number = rest.partition("-")
    if len(date) != 10 or not (year + month + number).isdecimal() or not 1 <= int(month) <= 12:
        return date
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"
