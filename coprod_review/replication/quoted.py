"""Q01 to Q08: what the review quotes from others, which can be traced and reckoned but not counted again."""

from collections.abc import Mapping, Sequence

from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Stated
from coprod_review.replication.queries import MissingDataError, ReviewQueries, require
from coprod_review.replication.sentences import compare_numbers, describe_judgements, describe_numbers
from coprod_review.replication.verdicts import Answer, weakest_verdict
from coprod_review.text.grammar import capitalise, plural

_NOT_BOTH = "Numerator and denominator are not both held."


def share_of_studies(stated: Stated, held: ReviewQueries) -> Answer:
    """Q01: the first number of the claim is a share, and its percentage is the one stated."""
    quantity = held.figure(stated, 0)
    parts = quantity.fraction
    if parts is None:
        return _without_base(stated, held, [quantity], _NOT_BOTH)
    return _verified(stated, held, [quantity], {"studies": parts[0], "percent": round(100 * parts[0] / parts[1])})


def no_numerator(stated: Stated, held: ReviewQueries) -> Answer:
    """Q02: the second number of the claim has no numerator, and the review states none."""
    quantity = held.figure(stated, 1)
    reason = "Without a numerator there is no share; leaving such studies out would lower that of Q01."
    if quantity.fraction:
        reason = "The review states no number to set beside it."
    return _without_base(stated, held, [quantity], reason)


def percentages(stated: Stated, held: ReviewQueries) -> Answer:
    """Q03: percentages whose base numbers are not held; they are never added up."""
    quantities = held.figures(stated)
    shares = [_percent(quantity) for quantity in quantities]
    counted = {name: p for name, p in zip(stated.numbers, shares, strict=False) if p is not None}
    answer = _verified(stated, held, quantities, counted)
    if answer.verdict == "differ" or all(quantity.fraction for quantity in quantities):
        return answer
    reason = "Without base numbers no interval can be given, and percentages that overlap are not added up."
    return answer._replace(verdict="cannot_tell", reason=reason)


def counts_of_articles(stated: Stated, held: ReviewQueries) -> Answer:
    """Q04: articles, those with some of the principles, and of these those with all."""
    quantities = held.figures(stated)
    some, every = held.figure(stated, 0).fraction, held.figure(stated, 1).fraction
    if some is None or every is None:
        return _without_base(stated, held, quantities, _NOT_BOTH)
    return _verified(stated, held, quantities, {"articles": some[1], "some": some[0], "all": every[0]})


def attributed(stated: Stated, held: ReviewQueries, *, place: int, name: str) -> Answer:
    """Q05, Q06: a percentage that the claim gives to one of the works it cites.

    ``place`` is that of the number in the claim, ``name`` that of the number stated.
    """
    quantity = held.figure(stated, place)
    codes = held.judged(stated, quantity.study)
    gives = describe_numbers([quantity], codes, held)
    if "year" in (quantity.unit or ""):
        reason = "In this base it is a rate for each year, and the review prints it for all the years together."
        return Answer(gives, "differ", reason, codes)
    verdict, reason = compare_numbers(stated, {name: quantity.percent} if quantity.percent is not None else {}, held)
    if verdict == "agree":
        verdict, words = weakest_verdict(codes)
        reason = f"{capitalise(words)}."
    return Answer(gives, verdict, reason, codes)


def trend_claim(stated: Stated, held: ReviewQueries) -> Answer:
    """Q07: a claim without a number can only be traced."""
    codes = held.judged(stated)
    verdict, words = weakest_verdict(codes)
    gives = f"No number is held. {describe_judgements(codes, held)}"
    return Answer(gives, verdict, f"{capitalise(words)}; no number backs it.", codes)


def years_ago(stated: Stated, held: ReviewQueries) -> Answer:
    """Q08: the age of the cited work; a round number of years is taken to within five."""
    cited = {study for claim in held.claims(stated) for study in claim.cites}
    work = require((s for s in held.studies if s.id in cited and s.year), "no dated work is held for it")[0]
    years, now = stated.numbers.get("years"), held.review.citation.issued
    if years is None or now is None or work.year is None:
        raise MissingDataError("the year of the review, or the number of years that it states, is not held")
    age = now - work.year
    fits = abs(age - years) <= 5
    reason = f"{now} less {years:g} is {now - years:g}, and the work is from {work.year}."
    gives = f"The cited work was {plural(age, 'year')} old when the review came out."
    return Answer(gives, "agree" if fits else "differ", reason, [work.id])


def _verified(
    stated: Stated, held: ReviewQueries, quantities: Sequence[Quantity], counted: Mapping[str, float]
) -> Answer:
    """Compare numbers of a claim with those stated; where they fit, the verdict is what the cited work allows."""
    codes = held.judged(stated)
    verdict, reason = compare_numbers(stated, counted, held)
    if verdict == "agree":
        verdict, words = weakest_verdict(codes)
        reason = f"The arithmetic fits; {words}."
    return Answer(describe_numbers(quantities, codes, held), verdict, reason, codes)


def _without_base(stated: Stated, held: ReviewQueries, quantities: Sequence[Quantity], reason: str) -> Answer:
    codes = held.judged(stated)
    return Answer(describe_numbers(quantities, codes, held), "cannot_tell", reason, codes)


def _percent(quantity: Quantity) -> float | None:
    """The whole percentage of a share, or the percentage as it is held."""
    parts = quantity.fraction
    return round(100 * parts[0] / parts[1]) if parts else quantity.percent
