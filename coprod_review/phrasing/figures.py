"""Figures in words, always with their denominator and with what is not known."""

from collections.abc import Mapping

from coprod_review.gaps.tally import MIN_STUDIES
from coprod_review.results.figure import Figure, Reason
from coprod_review.text.grammar import percent, plural

REASONS: Mapping[Reason, str] = {
    "empty": "there is no study to count",
    "nothing_known": "it is not known for any study",
    "few_known": f"fewer than {MIN_STUDIES} studies are known, so counts only",
    "few_full_texts": (
        f"fewer than {MIN_STUDIES} studies were read in full text, so absence is hardly known and no share is given"
    ),
    "one_sided": "absence could not be coded for any study, so no share is given",
    "presence_only": "only presence could be coded, so no share is given",
    "no_second_side": "no study is known on the second side, and nothing is divided by zero",
    "count_of_sources": "a count of where findings were seen, so there is no interval",
    "count_in_law": "a count: the Act gives no number to divide by",
    "count_of_claims": "every claim was counted, so there is no share and no interval",
    "count_of_shares": "every number was counted, so there is no share and no interval",
    "count_of_recommendations": "every recommendation was counted, so there is no share and no interval",
    "count_of_records": "a count of what people recorded",
    "count_of_outcomes": "a count of what was seen, mostly in abstracts, so without an interval",
    "count_of_domains": "every domain was counted, so there is no interval",
    "count_of_lists": "a census of the lists, so there is no interval",
    "count_of_cell": "a count in a table, of which no share is made",
    "count_of_findings": "findings of one study hang together, so there are counts and no interval",
    "no_beneficiary": "no beneficiary of an outcome finding is coded",
    "no_domain": "no domain holds a study",
    "no_statement": "no statement is held",
    "no_list": "no review lists its included studies",
    "few_lists": "fewer than two reviews list what they include",
}
"""Why a figure has no value, or no interval, as a clause."""


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


def reason_in_words(figure: Figure) -> str:
    """Return why a figure has no value, or no interval, as a clause; empty where it has both."""
    return REASONS[figure.reason] if figure.reason else ""


def unknown_count(figure: Figure) -> int:
    """Return how many of the studies, or other things that a figure counts, are not known."""
    return figure.unknown.count if figure.unknown else 0


def ratio_in_words(figure: Figure, first: str, second: str) -> str:
    """Return a ratio as a sentence: for every 10 studies that do the second, about 3 do the first."""
    if figure.value is None or figure.interval is None:
        return f"No ratio is given: {reason_in_words(figure)}."
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


def short_label(figure: Figure) -> str:
    """Return a share in few enough words to print beside its bar."""
    unknown = unknown_count(figure)
    total = (figure.denominator or 0) + unknown
    if figure.numerator is None:
        return f"not known for any of {total}" if total else "none to count"
    if figure.value is None or figure.interval is None:
        least = f"at least {figure.numerator}" if figure.numerator else f"none of {figure.denominator} known,"
        return f"{least} of {total}; {unknown} not known" if unknown else f"{figure.numerator} of {total}"
    counted = f"{figure.numerator} of {figure.denominator}"
    if figure.interval.sides == 1:
        return f"{counted} (up to {percent(figure.interval.high or 0)})"
    low, high = percent(figure.interval.low), percent(figure.interval.high or 0)
    return f"{counted}, {percent(figure.value)} ({low} to {high})"
