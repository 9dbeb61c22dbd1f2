"""Numbers in words, and whether they are the ones that the review states."""

from collections.abc import Mapping, Sequence

from coprod_review.gaps.tally import MIN_STUDIES
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Stated
from coprod_review.replication.queries import ReviewQueries
from coprod_review.replication.verdicts import Verdict
from coprod_review.results.intervals import share_interval
from coprod_review.text.grammar import capitalise, listed


def share_with_interval(n: int, total: int, noun: str) -> str:
    """Return ``24 of 122 studies (19.7%; could plausibly be 13.6% to 27.6%)``; under ten, the counts alone."""
    counted = f"{n} of {total} {noun}"
    if total < MIN_STUDIES:
        return counted
    interval = share_interval(n, total)
    if interval.sides == 1:
        return f"{counted} (could plausibly be up to {interval.high or 0:.1%})"
    return f"{counted} ({n / total:.1%}; could plausibly be {interval.low:.1%} to {interval.high or 0:.1%})"


def bracketed(ids: Sequence[str]) -> str:
    """Return ids in brackets to put after their count, `` (able-2020 and kay-2019)``, or nothing for no ids."""
    return f" ({listed(ids)})" if ids else ""


def describe_numbers(quantities: Sequence[Quantity], codes: Mapping[str, str], queries: ReviewQueries) -> str:
    """Return the numbers of a claim, the notes on them, and whether they were seen in the cited works, as sentences.

    ``codes`` has a term of ``corroboration`` for each study.
    """
    notes = dict.fromkeys(f"{quantity.note.rstrip('.')}." for quantity in quantities if quantity.note)
    numbers = capitalise("; ".join(dict.fromkeys(map(_describe_number, quantities))))
    return " ".join([f"{numbers}.", *notes, describe_judgements(codes, queries)])


def _describe_number(quantity: Quantity) -> str:
    parts, unit = quantity.fraction, quantity.unit or "studies"
    if parts:
        return share_with_interval(*parts, unit)
    if quantity.percent is None:
        return "no number"
    number = f"{quantity.percent:g} {unit}" if "percent" in unit else f"{quantity.percent:g}%"
    return f"{number}{f' for {quantity.period}' if quantity.period else ''} without a base number"


def describe_judgements(codes: Mapping[str, str], queries: ReviewQueries) -> str:
    """Return whether a claim was seen in each cited work, as a sentence; ``codes`` is as in ``describe_numbers``."""
    judged = [f"{queries.label('corroboration', code)} ({study})" for study, code in codes.items()]
    return f"Whether the cited work was seen to say it: {listed(judged)}."


def compare_numbers(stated: Stated, counts: Mapping[str, float], queries: ReviewQueries) -> tuple[Verdict, str]:
    """Return whether every count equals the number stated under the same name, with a sentence that says so."""
    if any(name not in stated.numbers for name in counts) or not counts:
        return "cannot_tell", "The review's number is not held, so there is nothing to compare."
    differences = [
        f"{queries.label('outcomes', name).replace('_', ' ')} {number:g} and not {stated.numbers[name]:g}"
        for name, number in counts.items()
        if number != stated.numbers[name]
    ]
    if differences:
        return "differ", f"In this base the count is another: {listed(differences)}."
    return "agree", "In this base the count is the same."
