"""What rests on reviews alone, and whether reviews count the same studies, in words."""

from coprod_review.gaps.analyses.overlap import OverlapFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import NO_OUTCOME_STUDIES, pool, share_sentence
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import more_in_pool
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import number_with_verb, plural


def _statement(facts: OverlapFacts, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    reviews, covered = figures["overlap.reviews"], figures["overlap.cca"]
    sentences = (
        share_sentence(reviews, "that reports an outcome is a review", "that report an outcome are reviews")
        if pool(reviews) or more_in_pool(reviews)
        else NO_OUTCOME_STUDIES,
        _domains(figures["overlap.review-only-domains"]),
        "We do not know yet whether these reviews count the same studies." if result.missing else _area(covered),
    )
    return " ".join(filter(None, sentences))


def _domains(domains: Figure) -> str:
    if not domains.denominator and not domains.attributed:
        return ""
    rest = number_with_verb(domains.numerator or 0, "rests", "rest")
    read = f"Of {plural(domains.denominator or 0, 'outcome domain')} with a finding, {rest} on reviews alone."
    return f"{read}{_with_attributed(domains)}"


def _with_attributed(domains: Figure) -> str:
    """Return the counts with what the review of the base alone adds; empty where it adds nothing."""
    added = domains.attributed
    if added is None:
        return ""
    number = (domains.numerator or 0) + added.numerator - len(added.removed_ids)
    does = number_with_verb(number, "does", "do")
    total = plural((domains.denominator or 0) + added.denominator, "domain")
    return f" With what the {added.review_name} adds, {does} so out of {total}."


def _area(covered: Figure) -> str:
    if covered.value is None:
        return "There are fewer than two reviews, so none can overlap."
    area = f"{100 * covered.value:.1f}% ({covered.numerator} of {covered.denominator})"
    return (
        f"The corrected covered area of the {len(covered.denominator_ids)} reviews with a list is {area}. It would be "
        "0% if no study were in two lists, and 100% if every study were in all of them."
    )


def _lack(facts: OverlapFacts, result: Result, framework: Framework) -> str:
    lists = next(len(figure.denominator_ids) for figure in result.figures if figure.id == "overlap.cca")
    subject = f"for only {lists} of" if lists else "for none of"
    return f"{subject} {plural(facts.reviews, 'review')} has anybody recorded which studies it includes"


WORDING = Wording(
    statement=_statement,
    caution="Reviews that report the same result may include the same studies, so they are not independent evidence.",
    missing={
        "lists": Missing(
            _lack, "write the DOI or id of each included study under search.included_studies of at least 2 reviews"
        )
    },
    notes={
        "overlap.outcomes": (
            "Reviews that report the same outcome may include the same studies. This is known only where both list the "
            "studies that they include."
        )
    },
)
