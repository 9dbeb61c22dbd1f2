"""Grammar of numbers and lists in sentences: nouns in the plural, lists of words, percentages, dates."""

from collections.abc import Sequence


def percent(share: float) -> str:
    """A share from 0 to 1 as a whole percentage; shares that round to 0 or 100 but are not say so."""
    rounded = round(100 * share)
    if rounded == 0 and share > 0:
        return "under 1%"
    if rounded == 100 and share < 1:
        return "over 99%"
    return f"{rounded}%"


def plural(n: int, noun: str, many: str | None = None) -> str:
    """A number with its noun: ``1 study``, ``2 studies``."""
    if n == 1:
        return f"1 {noun}"
    return f"{n} {many or (noun[:-1] + 'ies' if noun.endswith('y') else noun + 's')}"


def number_with_verb(n: int, one: str, many: str) -> str:
    """A number with a verb that agrees with it: ``1 counts``, ``2 count``."""
    return f"{n} {one if n == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """``a, b and c``; with semicolons where a word holds a comma."""
    if len(words) < 2:
        return "".join(words)
    if any("," in word for word in words):
        return f"{'; '.join(words[:-1])}; and {words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def listed_at_most(words: Sequence[str], most: int = 12) -> str:
    """The words as a list, or the first of very many with a count of the rest."""
    return listed(words) if len(words) <= most else f"{', '.join(words[:most])} and {len(words) - most} more"


def lower_first(label: str) -> str:
    """A label within a sentence: its first letter small, unless the word is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def with_article(word: str) -> str:
    """A word with its indefinite article: ``an abstract``, ``a citation``."""
    return f"{'an' if word[:1] in 'aeiouI' else 'a'} {word}"


def capitalise(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


def long_date(date: str) -> str:
    """An ISO date as people write it: ``23 November 2026``; anything else as it stands."""
    year, _, rest = date.partition("-")
    month, _, number = rest.partition("-")
    if len(date) != 10 or not (year + month + number).isdecimal() or not 1 <= int(month) <= 12:
        return date
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
