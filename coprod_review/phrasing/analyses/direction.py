"""Which way the findings point, in words."""

from coprod_review.gaps.analyses.direction import DirectionFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import CAN_COUNT_TWICE, NOT_YET, pool, share_sentence
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import according_to
from coprod_review.phrasing.figures import unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import plural


def _statement(facts: DirectionFacts, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    against, harm = figures["direction.against"], figures["direction.harm"]
    looked = figures["direction.looked-for-harm"]
    looking = share_sentence(looked, "looked for harm", "looked for harm")
    if result.missing:
        return f"{NOT_YET} {looking}"
    if not pool(against):
        return looking
    sentences = [
        share_sentence(against, "reports no change, harm or a mixed result", "report no change, harm or mixed results")
    ]
    if against.numerator:
        studies = plural(against.numerator, "study")
        about_change = f"Such a finding is about an outcome in {facts.against_about_change} of {studies}"
        sentences.append(f"{about_change}{_attributed(facts, against, result)}.")
    sentences += [
        share_sentence(harm, "reports harm or a burden of taking part", "report harm or a burden of taking part"),
        "These numbers are out of the studies that state the direction of a finding.",
        looking,
    ]
    if unknown_count(looked) or not harm.numerator:
        sentences.append("This does not show that there was no harm.")
    return " ".join(sentences)


def _attributed(facts: DirectionFacts, against: Figure, result: Result) -> str:
    """Return in how many more studies it is about an outcome according to the review; empty if it adds no study."""
    every = result.all_findings.facts if result.all_findings else None
    if against.attributed is None or not isinstance(every, DirectionFacts) or not against.attributed.numerator:
        return ""
    about_change = every.against_about_change - facts.against_about_change
    return f"; {according_to(against.attributed.review_name)}, in {about_change} of {against.attributed.numerator} more"


def _no_direction(facts: DirectionFacts, result: Result, framework: Framework) -> str:
    looked = next(figure for figure in result.figures if figure.id == "direction.looked-for-harm")
    return f"no finding of {plural(pool(looked), 'study')} states its direction"


WORDING = Wording(
    statement=_statement,
    caution=(
        "Harm that a study does not report may still have happened. Mostly positive findings do not show that there "
        "was no harm."
    ),
    missing={"direction": Missing(lack=_no_direction, remedy="code the direction of each finding")},
    notes={
        "direction.findings": (
            f"{CAN_COUNT_TWICE} Outcome findings are about a change; other findings are about the process."
        ),
        "direction.strength": (
            f"{CAN_COUNT_TWICE} The strength is that of the source's own words, and not of the evidence."
        ),
    },
)
