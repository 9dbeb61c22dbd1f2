"""What rests on reviews alone, and whether reviews count the same studies, in words."""

from coprod_review.gaps.analyses.overlap import OverlapFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.result import Result
from coprod_review.text.grammar import capitalise, number_with_verb

_REMEDY = "write their DOIs, or ids of this base, in search.included_studies of at least 2 reviews"


def _statement(facts: OverlapFacts, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    domains, covered = figures["overlap.review-only-domains"], figures["overlap.cca"]
    lead = (
        f"Reviews among the outcome studies: {figure_in_words(figures['overlap.reviews'])}. Of {domains.denominator} "
        f"outcome domains with any evidence, {number_with_verb(domains.numerator or 0, 'rests', 'rest')} on reviews "
        "alone."
    )
    if result.missing:
        return f"{lead} {capitalise(_lack(facts, result, framework))}: {_REMEDY}."
    if covered.value is None:
        return f"{lead} Fewer than two reviews are held, so none can overlap."
    lists, area = (
        len(covered.denominator_ids),
        f"{covered.numerator} of {covered.denominator}, {100 * covered.value:.1f}%",
    )
    return f"{lead} Corrected covered area of the {lists} reviews with a list: {area}."


def _lack(facts: OverlapFacts, result: Result, framework: Framework) -> str:
    lists = next(len(figure.denominator_ids) for figure in result.figures if figure.id == "overlap.cca")
    lacking = "only 1 review lists" if lists else "no review lists"
    return f"overlap is not assessed, because {lacking} its included studies ({lists} of {facts.reviews})"


WORDING = Wording(
    statement=_statement,
    caution="Reviews that report the same thing may count the same studies: they are not separate findings.",
    missing={"lists": Missing(_lack, _REMEDY)},
    notes={"overlap.outcomes": "Whether they count the same studies is known only where both list what they include."},
)
