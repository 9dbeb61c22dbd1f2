"""Counts within the sentences of briefings.

Each function returns words that can be the subject of a sentence whose verb is in the past tense, whatever is known of
the figure: ``22 of 28 studies (79%)``, ``at least 6 of 22 studies (not known for 16)``, ``an unknown number of 28
studies``.
"""

from collections.abc import Callable, Iterator

from coprod_review.phrasing.attribution import attributed_in_words
from coprod_review.phrasing.figure_details import headline
from coprod_review.phrasing.figures import share_in_words, unknown_count
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import lower_first, percent, plural

_COARSE_BELOW = 0.2
"""Below this share, tenths are too coarse: 2 of 28 is about 1 in 14 and not 1 in 10."""
_QUARTERS = ((0.25, "about 1 in 4"), (0.75, "about 3 in 4"))
_NEAR = 0.02
"""How close a share has to be to a quarter to be called one."""


def share_in_count(figure: Figure) -> str:
    """Return a count with its denominator and percentage: ``22 of 28 studies (79%)``."""
    return _with_notes(figure, percent, attributed_in_words(figure))


def labelled_share(figure: Figure) -> str:
    """Return a figure with its label, as a sentence."""
    if figure.numerator is None and figure.kind == "share":
        return f"The figure “{figure.label}” is not known for any of {plural(_total(figure), figure.unit)}."
    return f"The figure “{figure.label}” is {share_in_count(figure)}."


def numerator_in_words(figure: Figure) -> str:
    """Return the numerator of a figure with what it counts: ``22 studies``."""
    if figure.numerator is None:
        return _count(figure)
    return plural(figure.numerator, figure.unit)


def share_with_interval(figure: Figure) -> str:
    """Return a count with its percentage and, if every answer is known, its confidence interval."""
    complete = figure.kind == "share" and figure.interval is not None and not unknown_count(figure)
    return share_in_words(figure, attributed_in_words(figure)) if complete else share_in_count(figure)


def share_in_tenths(figure: Figure) -> str:
    """Return a count with its share in words that people use: ``19 of 27 studies (about 7 in 10; 1 not known)``.

    What the review of the base alone adds is not in it, because plain language has a sentence of its own for that.
    """
    if figure.kind != "share" or figure.value is None or not figure.numerator:
        return _with_notes(figure, tenths)
    unknown = f"{unknown_count(figure)} not known" if unknown_count(figure) else ""
    notes = "; ".join(filter(None, (tenths(figure.value) if figure.numerator > 1 else "", unknown)))
    return f"{_count(figure)} ({notes})" if notes else _count(figure)


def _with_notes(figure: Figure, share: Callable[[float], str], last: str = "") -> str:
    """Return a count, and in brackets its share and how many are not known; other kinds of figures as they are."""
    if figure.kind not in ("count", "share") or (figure.kind == "count" and figure.numerator is None):
        return headline(figure)
    notes = [note for note in (*_notes(figure, share), last) if note]
    counted = _count(figure) if figure.kind == "share" else _plain_count(figure)
    return f"{counted} ({'; '.join(notes)})" if notes else counted


def _notes(figure: Figure, share: Callable[[float], str]) -> Iterator[str]:
    if figure.kind == "count":
        return
    value, unknown = figure.value, unknown_count(figure)
    if value is not None and figure.numerator:
        yield share(value)
    if unknown and figure.numerator is not None:
        yield f"not known for {unknown}{' more' if value is not None or not figure.numerator else ''}"


def _count(figure: Figure) -> str:
    """Return the numerator and denominator of a share; the known items alone, where their share has a value."""
    if figure.numerator is None and _total(figure):
        return f"an unknown number of {plural(_total(figure), figure.unit)}"
    if figure.numerator and unknown_count(figure) and figure.value is None:
        return f"at least {figure.numerator} of {plural(_total(figure), figure.unit)}"
    return f"{figure.numerator or 'none'} of {plural(figure.denominator or 0, figure.unit)}"


def _total(figure: Figure) -> int:
    """Return how many items a figure is about, known or not."""
    return (figure.denominator or 0) + unknown_count(figure)


def _plain_count(figure: Figure) -> str:
    number = figure.numerator or 0
    if figure.denominator is None:
        return plural(number, figure.unit)
    return f"{number or 'none'} of {plural(figure.denominator, figure.unit)}"


def tenths(value: float) -> str:
    """Return a share from 0 to 1 in words people use: ``about 3 in 10``, ``about 3 in 4``, ``about 1 in 14``."""
    if value == 1:
        return "all of them"
    near = next((words for quarter, words in _QUARTERS if abs(value - quarter) < _NEAR), "")
    if near or value < _COARSE_BELOW:
        return near or f"about 1 in {int(1 / value + 0.5)}"
    tens = int(10 * value + 0.5)
    return "nearly all" if tens == 10 else f"about {tens} in 10"


# --- groups of people ---------------------------------------------------------------


def focus_on_group(figure: Figure, group: str) -> str:
    """Return how many studies focus on a group of people, as one sentence or two."""
    return _of_group(figure, lower_first(group), figure.denominator or 0, "focuses on", "focus on")


def inclusion_of_group(figure: Figure, group: str, studies: int) -> str:
    """Return how many of all studies include a group of people, as one sentence or two.

    Only a study that is known to include the group is counted, so those beyond the denominator are not known either.
    """
    return _of_group(figure, lower_first(group), studies, "includes", "include")


def _of_group(figure: Figure, group: str, studies: int, verb: str, verbs: str) -> str:
    known, number = figure.denominator or 0, figure.numerator or 0
    unknown = max(studies - known, unknown_count(figure))
    rest = f" For {unknown} more, we do not know." if unknown else ""
    if unknown and not known:
        return f"We do not know whether any of the {plural(unknown, 'study')} {verb} {group}."
    if not number:
        return f"None of the {plural(known, 'study')} {verb} {group}.{rest}"
    share = f" ({percent(figure.value)})" if figure.value is not None and not unknown else ""
    least = "At least " if unknown else ""
    return (
        f"{least}{number} of {plural(known + unknown, 'study')}{share} {verb if number == 1 else verbs} {group}.{rest}"
    )
