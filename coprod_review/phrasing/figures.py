"""Sentences about one figure: never without a denominator, never more than the base can show."""

from coprod_review.results.figure import Figure
from coprod_review.text.grammar import percent, plural


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
