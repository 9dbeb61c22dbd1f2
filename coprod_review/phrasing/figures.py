"""Figures in words, always with their denominator and with what is not known."""

from coprod_review.results.figure import Figure
from coprod_review.text.grammar import percent, plural


def share_in_words(figure: Figure) -> str:
    """Return ``22 of 28 studies (79%; could plausibly be 60% to 90%)``, or the counts alone if there is no share."""
    counted = f"{figure.numerator or 0} of {plural(figure.denominator or 0, figure.unit)}"
    if figure.value is None or figure.interval is None:
        return counted
    if figure.interval.sides == 1:
        return f"{counted} (could plausibly be up to {percent(figure.interval.high or 0)})"
    low, high = percent(figure.interval.low), percent(figure.interval.high or 0)
    return f"{counted} ({percent(figure.value)}; could plausibly be {low} to {high})"


def figure_in_words(figure: Figure) -> str:
    """Return a share and how many are not known; without a share, ``at least 3 of 14 studies (not known for 11)``."""
    unknown, known = unknown_count(figure), figure.denominator or 0
    total = plural(known + unknown, figure.unit)
    if figure.numerator is None:
        return f"not known for any of {total}" if unknown else f"no {figure.unit} to count"
    if not unknown:
        return share_in_words(figure)
    if figure.value is not None:
        return f"{share_in_words(figure)}, and not known for {unknown} more"
    if not figure.numerator:
        return f"none of the {known} for which it is known (not known for {unknown} of {total})"
    return f"at least {figure.numerator} of {total} (not known for {unknown})"


def unknown_count(figure: Figure) -> int:
    """Return how many of the studies, or other things that a figure counts, are not known."""
    return figure.unknown.count if figure.unknown else 0


def ratio_in_words(figure: Figure, first: str, second: str) -> str:
    """Return a ratio as a sentence: for every 10 studies that do the second, about 3 do the first."""
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
    """Return the range that the unknown codes leave open: ``not known for 3; between 20 and 23 of 28``."""
    unknown = unknown_count(figure)
    if not unknown:
        return ""
    total, least = (figure.denominator or 0) + unknown, figure.numerator or 0
    return f"not known for {unknown}; between {least} and {least + unknown} of {total}"
