"""Figures in words, always with their denominator and with what is not known."""

from collections.abc import Mapping

from coprod_review.gaps.tally import MIN_STUDIES
from coprod_review.phrasing.attribution import attributed_in_words
from coprod_review.results.figure import Figure, Reason
from coprod_review.results.intervals import Interval
from coprod_review.text.grammar import listed, percent, plural, plural_noun

REASONS: Mapping[Reason, str] = {
    "empty": "there are no studies to count",
    "nothing_known": "this is not known for any study",
    "few_known": f"this is known for fewer than {MIN_STUDIES} studies",
    "few_full_texts": (
        f"fewer than {MIN_STUDIES} studies were read in full, and only a full text can show that something is missing"
    ),
    "presence_only": "no study was read in full, and only a full text can show that something is missing",
    "one_sided": "every study for which this is known is counted, so it could only be 100%",
    "no_second_side": "no study is known to be on the second side",
    "complete_count": "everything was counted",
    "no_denominator": "there is nothing to divide by",
    "dependent_findings": "findings of one study depend on each other",
    "no_beneficiary": "no outcome finding says who benefited",
    "no_list": "for no review is it recorded which studies it includes",
    "no_kind": "the codebook does not say which terms are meant",
    "few_lists": "for fewer than two reviews is it recorded which studies they include",
}
"""Why a figure has no value, or no interval, as a clause after ``because``."""


def share_in_words(figure: Figure, note: str = "") -> str:
    """Return ``22 of 28 studies (79%; 95% confidence interval 60% to 90%)``, or the counts alone without a share.

    A ``note`` is the last of what is in brackets.
    """
    counted = f"{figure.numerator or 0} of {plural(figure.denominator or 0, figure.unit)}"
    if figure.value is None or figure.interval is None:
        share = ""
    elif figure.interval.sides == 1:
        share = f"95% confidence interval up to {percent(figure.interval.high or 0)}"
    else:
        share = f"{percent(figure.value)}; 95% confidence interval {_limits_in_percent(figure.interval)}"
    notes = "; ".join(filter(None, (share, note)))
    return f"{counted} ({notes})" if notes else counted


def figure_in_words(figure: Figure) -> str:
    """Return a share and how many are not known; without a share, ``at least 3 of 14 studies (not known for 11)``.

    What the review of the base alone adds comes last.
    """
    return "; ".join(filter(None, (read_in_words(figure), attributed_in_words(figure))))


def read_in_words(figure: Figure) -> str:
    """Return the same without what the review of the base alone adds."""
    if figure.reason == "no_kind":
        return f"cannot be counted because {reason_in_words(figure)}"
    unknown, known = unknown_count(figure), figure.denominator or 0
    total = plural(known + unknown, figure.unit)
    if not known + unknown:
        return f"no {plural_noun(figure.unit)} to count"
    if figure.numerator is None:
        return f"not known for any of {total}"
    if not unknown:
        return share_in_words(figure)
    if figure.value is not None:
        return f"{share_in_words(figure)}, and not known for {unknown} more"
    if not figure.numerator:
        return f"none of the {known} for which this is known (not known for {unknown} of {total})"
    return f"at least {figure.numerator} of {total} (not known for {unknown})"


def reason_in_words(figure: Figure) -> str:
    """Return why a figure has no value, or no interval, as a clause; empty where it has both."""
    if figure.reason == "no_kind":
        vocabulary, *kinds = figure.lacks
        meant = listed([f"`kind: {kind}`" for kind in kinds])
        return f"the vocabulary {vocabulary} does not say which of its terms are meant; add {meant} to those that are"
    if figure.reason == "one_sided" and figure.kind == "ratio":
        return "no study is known to be on one side alone, so it could only be 1"
    return REASONS[figure.reason] if figure.reason else ""


def unknown_count(figure: Figure) -> int:
    """Return how many of the studies, or other things that a figure counts, are not known."""
    return figure.unknown.count if figure.unknown else 0


def ratio_in_words(figure: Figure, first: str, second: str) -> str:
    """Return a ratio as a sentence: for every 10 studies that do the second, or every 100, about 3 do the first."""
    if figure.value is None or figure.interval is None:
        return f"No ratio is given because {reason_in_words(figure)}."
    base = 10 if round(10 * figure.value) > 1 else 100
    number = round(base * figure.value)
    about = f"about {number}" if number > 1 else "fewer than 2"
    counts = f"{figure.numerator} to {figure.denominator} among the studies that are known on both sides; "
    value = f"{counts if unknown_count(figure) else ''}{ratio_value(figure.value, figure.interval)}"
    return f"For every {base} studies that {second}, {about} {first} ({value})."


def ratio_value(value: float, interval: Interval) -> str:
    """Return a ratio with its interval: ``ratio 1.05; 95% confidence interval 0.77 to 1.43``."""
    high = f"{interval.high:.2f}" if interval.high is not None else "no upper limit"
    return f"ratio {value:.2f}; 95% confidence interval {interval.low:.2f} to {high}"


def short_label(figure: Figure) -> str:
    """Return a share in few enough words to print beside its bar; brackets hold the 95% confidence interval.

    What the review of the base alone adds is not in it.
    """
    unknown = unknown_count(figure)
    total = (figure.denominator or 0) + unknown
    if figure.reason == "no_kind":
        return "cannot be counted"
    if figure.numerator is None:
        return f"not known for any of {total}" if total else f"no {plural_noun(figure.unit)}"
    if figure.value is None or figure.interval is None:
        least = f"at least {figure.numerator} of {total}" if figure.numerator else f"none of {figure.denominator} known"
        return f"{least}; {unknown} not known" if unknown else f"{figure.numerator} of {total}"
    counted = f"{figure.numerator} of {figure.denominator}"
    if figure.interval.sides == 1:
        return f"{counted} (up to {percent(figure.interval.high or 0)})"
    return f"{counted}, {percent(figure.value)} ({_limits_in_percent(figure.interval)})"


def _limits_in_percent(interval: Interval) -> str:
    return f"{percent(interval.low)} to {percent(interval.high or 0)}"
