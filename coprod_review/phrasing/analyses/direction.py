"""Which way the findings point, in words."""

from coprod_review.gaps.analyses.direction import DirectionFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import figure_in_words, unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import number_with_verb, plural


def _statement(facts: DirectionFacts, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    against, harm = figures["direction.against"], figures["direction.harm"]
    looked = figures["direction.looked-for-harm"]
    studies, with_direction = _total(looked), _total(against)
    if not with_direction:
        return f"Not assessed: no finding of {plural(studies, 'study')} states a direction."
    lead = (
        f"Of {plural(studies, 'study')}, {number_with_verb(with_direction, 'states', 'state')} "
        f"for at least one finding which way it "
        f"points. A finding of no change, harm or a mixed result: {figure_in_words(against)}, in "
        f"{facts.against_about_change} of "
        f"them about a change and not about taking part; of harm or burden: {figure_in_words(harm)}."
    )
    looking = f" Whether they looked for harm: {figure_in_words(looked)}."
    no_evidence = unknown_count(looked) or not harm.numerator
    return lead + looking + (" This is not evidence of no harm." if no_evidence else "")


def _no_direction(facts: DirectionFacts, result: Result, framework: Framework) -> str:
    looked = next(figure for figure in result.figures if figure.id == "direction.looked-for-harm")
    return f"no finding of {plural(_total(looked), 'study')} states a direction"


def _total(figure: Figure) -> int:
    """Return how many studies a figure is about, known or not."""
    return (figure.denominator or 0) + unknown_count(figure)


WORDING = Wording(
    statement=_statement,
    caution="What is not reported may still have happened: mostly positive findings are no evidence of no harm.",
    missing={"direction": Missing(lack=_no_direction, remedy="code findings")},
    notes={
        "direction.findings": (
            "A study may stand in several rows. Outcome findings tell of a change; the others tell of taking part."
        )
    },
)
