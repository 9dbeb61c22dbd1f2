"""How numbers are said: never without a denominator, never as more than the base can show."""

import json
import re
from collections.abc import Sequence

from coprod_review.results import Figure


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


def agree(n: int, one: str, many: str) -> str:
    """A number with a verb that agrees with it: ``1 counts``, ``2 count``."""
    return f"{n} {one if n == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """``a, b and c``; with semicolons where a word holds a comma."""
    if len(words) < 2:
        return "".join(words)
    if any("," in word for word in words):
        return f"{'; '.join(words[:-1])}; and {words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def some(words: Sequence[str], most: int = 12) -> str:
    """The words as a list, or the first of very many with a count of the rest."""
    return listed(words) if len(words) <= most else f"{', '.join(words[:most])} and {len(words) - most} more"


def phrase(label: str) -> str:
    """A label within a sentence: its first letter small, unless the word is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def article(word: str) -> str:
    """A word with its indefinite article: ``an abstract``, ``a citation``."""
    return f"{'an' if word[:1] in 'aeiouI' else 'a'} {word}"


def visible(text: str, *, breaks: bool = False) -> str:
    """Control and direction signs from data shown as their codes, line breaks too unless ``breaks`` keeps them."""
    return "".join(c if c.isprintable() or (breaks and c == "\n") else f"\\u{ord(c):04x}" for c in text)


def json_text(document: object) -> str:
    """A document as JSON that people can read; what ``visible`` would show as a code is escaped as JSON has it."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return _BEYOND_ASCII.sub(lambda m: m[0] if m[0].isprintable() else json.dumps(m[0])[1:-1], text) + "\n"


_BEYOND_ASCII = re.compile(r"[^\n -~]")


def capital(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


def day(date: str) -> str:
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


def share_in_words(figure: Figure) -> str:
    """``22 of 28 studies (79%; could plausibly be 60% to 90%)``, or counts alone where no share may be given."""
    counted = f"{figure.numerator or 0} of {plural(figure.denominator or 0, figure.unit)}"
    if figure.value is None or figure.interval is None:
        return counted
    if figure.interval.sides == 1:
        return f"{counted} (could plausibly be up to {percent(figure.interval.high or 0)})"
    low, high = percent(figure.interval.low), percent(figure.interval.high or 0)
    return f"{counted} ({percent(figure.value)}; could plausibly be {low} to {high})"


def seen_in_words(figure: Figure) -> str:
    """A share with what is not known: ``at least 3 of 14 studies (not known for 11)`` where there is no share."""
    unknown, known = unknown_of(figure), figure.denominator or 0
    whole = plural(known + unknown, figure.unit)
    if figure.numerator is None:
        return f"not known for any of {whole}" if unknown else f"no {figure.unit} to count"
    if not unknown:
        return share_in_words(figure)
    if figure.value is not None:
        return f"{share_in_words(figure)}, and not known for {unknown} more"
    if not figure.numerator:
        return f"none of the {known} for which it is known (not known for {unknown} of {whole})"
    return f"at least {figure.numerator} of {whole} (not known for {unknown})"


def unknown_of(figure: Figure) -> int:
    """Of how many it is not known."""
    return figure.unknown.count if figure.unknown else 0


def ratio_in_words(figure: Figure, first: str, second: str) -> str:
    """A ratio as a sentence: for every 10 studies that do the second, about 3 do the first."""
    if figure.value is None or figure.interval is None:
        return f"No ratio is given: {figure.reason}."
    tens = round(10 * figure.value)
    about = f"about {tens}" if tens else "fewer than one"
    high = f"{figure.interval.high:.2f}" if figure.interval.high is not None else "no upper limit"
    return (
        f"For every 10 studies that {second}, {about} {first} "
        f"(ratio {figure.value:.2f}; could plausibly be {figure.interval.low:.2f} to {high})."
    )


def bounds_in_words(figure: Figure) -> str:
    """What the unknown codes leave open: ``not known for 3; between 20 and 23 of 28``."""
    unknown = unknown_of(figure)
    if not unknown:
        return ""
    total, least = (figure.denominator or 0) + unknown, figure.numerator or 0
    return f"not known for {unknown}; between {least} and {least + unknown} of {total}"
