"""Q01 to Q08: what the review quotes from others, which can be traced and checked but not counted again."""

from collections.abc import Mapping, Sequence

from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Stated
from coprod_review.replication.queries import MissingDataError, ReviewQueries, require
from coprod_review.replication.sentences import compare_numbers, describe_judgements, describe_numbers
from coprod_review.replication.verdicts import Answer, weakest_verdict
from coprod_review.text.grammar import capitalise, plural

_NOT_BOTH = "Numerator and denominator are not both held."


def share_of_studies(stated: Stated, queries: ReviewQueries) -> Answer:
    """Q01: Check that the first number of the claim is a share, and that its percentage is the one stated."""
    quantity = queries.figure(stated, 0)
    parts = quantity.fraction
    if parts is None:
        return _without_base(stated, queries, [quantity], _NOT_BOTH)
    return _verified(stated, queries, [quantity], {"studies": parts[0], "percent": round(100 * parts[0] / parts[1])})


def no_numerator(stated: Stated, queries: ReviewQueries) -> Answer:
    """Q02: Check that the second number of the claim has no numerator; the review states none."""
    quantity = queries.figure(stated, 1)
    reason = "Without a numerator there is no share; leaving such studies out would lower that of Q01."
    if quantity.fraction:
        reason = "The review states no number to set beside it."
    return _without_base(stated, queries, [quantity], reason)


def percentages(stated: Stated, queries: ReviewQueries) -> Answer:
    """Q03: Compare percentages without denominators, which are never added up."""
    quantities = queries.figures(stated)
    shares = [_percent(quantity) for quantity in quantities]
    percents = {name: p for name, p in zip(stated.numbers, shares, strict=False) if p is not None}
    answer = _verified(stated, queries, quantities, percents)
    if answer.verdict == "differ" or all(quantity.fraction for quantity in quantities):
        return answer
    reason = "Without base numbers no interval can be given, and percentages that overlap are not added up."
    return answer._replace(verdict="cannot_tell", reason=reason)


def counts_of_articles(stated: Stated, queries: ReviewQueries) -> Answer:
    """Q04: Compare the articles, those with some of the principles, and of these those with all."""
    quantities = queries.figures(stated)
    some, every = queries.figure(stated, 0).fraction, queries.figure(stated, 1).fraction
    if some is None or every is None:
        return _without_base(stated, queries, quantities, _NOT_BOTH)
    return _verified(stated, queries, quantities, {"articles": some[1], "some": some[0], "all": every[0]})


def attributed(stated: Stated, queries: ReviewQueries, *, index: int, name: str) -> Answer:
    """Q05, Q06: Compare a percentage that the claim attributes to one of the works it cites.

    ``index`` is the position of the number in the claim, from 0; ``name`` is the name of the number stated.
    """
    quantity = queries.figure(stated, index)
    codes = queries.judgements(stated, quantity.study)
    gives = describe_numbers([quantity], codes, queries)
    if "year" in (quantity.unit or ""):
        reason = "In this base it is a rate for each year, and the review prints it for all the years together."
        return Answer(gives, "differ", reason, codes)
    verdict, reason = compare_numbers(stated, {name: quantity.percent} if quantity.percent is not None else {}, queries)
    if verdict == "agree":
        verdict, words = weakest_verdict(codes)
        reason = f"{capitalise(words)}."
    return Answer(gives, verdict, reason, codes)


def trend_claim(stated: Stated, queries: ReviewQueries) -> Answer:
    """Q07: Trace a claim that has no number."""
    codes = queries.judgements(stated)
    verdict, words = weakest_verdict(codes)
    gives = f"No number is held. {describe_judgements(codes, queries)}"
    return Answer(gives, verdict, f"{capitalise(words)}; no number backs it.", codes)


def years_ago(stated: Stated, queries: ReviewQueries) -> Answer:
    """Q08: Compare the age of the cited work with a round number of years, within five years."""
    cited = {study for claim in queries.claims(stated) for study in claim.cites}
    work = require((s for s in queries.studies if s.id in cited and s.year), "no dated work is held for it")[0]
    years, review_year = stated.numbers.get("years"), queries.review.citation.issued
    if years is None or review_year is None or work.year is None:
        raise MissingDataError("the year of the review, or the number of years that it states, is not held")
    age = review_year - work.year
    reason = f"{review_year} less {years:g} is {review_year - years:g}, and the work is from {work.year}."
    gives = f"The cited work was {plural(age, 'year')} old when the review came out."
    return Answer(gives, "agree" if abs(age - years) <= 5 else "differ", reason, [work.id])


def _verified(
    stated: Stated, queries: ReviewQueries, quantities: Sequence[Quantity], numbers: Mapping[str, float]
) -> Answer:
    """Compare the numbers of a claim with those stated; if they agree, the cited work decides the verdict."""
    codes = queries.judgements(stated)
    verdict, reason = compare_numbers(stated, numbers, queries)
    if verdict == "agree":
        verdict, words = weakest_verdict(codes)
        reason = f"The arithmetic fits; {words}."
    return Answer(describe_numbers(quantities, codes, queries), verdict, reason, codes)


def _without_base(stated: Stated, queries: ReviewQueries, quantities: Sequence[Quantity], reason: str) -> Answer:
    codes = queries.judgements(stated)
    return Answer(describe_numbers(quantities, codes, queries), "cannot_tell", reason, codes)


def _percent(quantity: Quantity) -> float | None:
    """Return the percentage of a share as a whole number, or the percentage that is given."""
    parts = quantity.fraction
    return round(100 * parts[0] / parts[1]) if parts else quantity.percent
