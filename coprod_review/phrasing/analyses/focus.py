"""Outcome against process, in words."""

from collections.abc import Mapping

from coprod_review.gaps.analyses.focus import BROAD, STRICT, FocusFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.figures import bounds_in_words, ratio_in_words, share_in_words, unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import capitalise, plural

STEMS = {"strict": "focus.reported", "broad": "focus.reported-broad"}
"""How the ids of figures on what studies report begin, by the definition of an outcome."""


def _statement(facts: FocusFacts, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    parts = (_declared(figures), _reported(figures, facts), definition_sentence(figures, facts))
    return " ".join(parts)


def _declared(figures: Mapping[str, Figure]) -> str:
    outcome, process = figures["focus.outcome-share"], figures["focus.process-share"]
    process_alone, ratio = figures["focus.process-only-share"], figures["focus.ratio"]
    says, does = ("say", "examine") if (outcome.denominator or 0) > 1 else ("says", "examines")
    if outcome.numerator is None:
        return f"What the studies say they examine is not coded for any of {plural(unknown_count(outcome), 'study')}."
    unknown = bounds_in_words(outcome)
    return (
        f"{share_in_words(outcome)} {says} they examine outcomes, and {share_in_words(process)} {says} they examine "
        f"process; {process_alone.numerator} {does} process alone. "
        f"{ratio_in_words(ratio, 'examine outcomes', 'examine process')}"
        + (f" As for outcomes, focus is {unknown}." if unknown else "")
    )


def _reported(figures: Mapping[str, Figure], facts: FocusFacts) -> str:
    stem = STEMS[facts.definition]
    outcome, process = figures[f"{stem}.outcome-share"], figures[f"{stem}.process-share"]
    ratio = figures[f"{stem}.ratio"]
    unknown = unknown_count(ratio)
    if not unknown:
        return (
            f"As for what they report: {share_in_words(outcome)} report outcomes, {share_in_words(process)} process. "
            + ratio_in_words(ratio, "report outcomes", "report process")
        )
    total = facts.studies
    review_alone = f", {facts.review_alone} of them on the review's word alone" if facts.review_alone else ""
    lead = (
        f"{unknown_sides(figures, facts)} Seen to "
        f"report an outcome: {_least(outcome, total)}{review_alone}; process: {_least(process, total)}."
    )
    if 2 * unknown > total or ratio.value is None:
        return lead
    return f"{lead} {ratio_in_words(ratio, 'report outcomes', 'report process')}"


def unknown_sides(figures: Mapping[str, Figure], facts: FocusFacts) -> str:
    """Return for how many studies it is not known on both sides what they report, and why, as a sentence."""
    why = (
        "the code for absence was not made" if facts.unknown_read_in_full else "an abstract cannot show what is missing"
    )
    unknown = unknown_count(figures[f"{STEMS[facts.definition]}.ratio"])
    return f"What they report is not known on both sides for {unknown} of {facts.studies}: {why}."


def _least(figure: Figure, total: int) -> str:
    """Return the numerator in words, as a lower limit of the count."""
    count = figure.numerator or 0
    if count == total:
        return f"all {total} studies" if total > 1 else "the 1 study"
    return f"at least {count} of {plural(total, 'study')}" if count else f"none of {plural(total, 'study')} so far"


def definition_sentence(figures: Mapping[str, Figure], facts: FocusFacts) -> str:
    """Return a sentence with the counts under the other definition, if they differ enough."""
    other = "broad" if facts.definition == "strict" else "strict"
    if not facts.definitions_differ:
        return f"Under the {other} definition neither differs by more than five points."
    outcome, process = (figures[f"{STEMS[other]}.{side}-share"].numerator or 0 for side in ("outcome", "process"))
    return f"Under the {other} definition outcomes were seen in {outcome} and process in {process}."


def _cells_note(facts: FocusFacts, result: Result, framework: Framework) -> str:
    unknown = any(figure.unknown_ids for figure in result.figures if figure.id in ("focus.reported.ratio",))
    absence = " As reported, no row but the first can fill while absence is not coded for any study."
    return f"{capitalise(STRICT)}; {BROAD}." + (absence if unknown and not facts.absence_coded else "")


WORDING = Wording(
    statement=_statement,
    caution="What a work says it examines is not what it found, and how works were chosen tilts both.",
    notes={
        "focus.cells": _cells_note,
        "focus.groups": "Distinct studies; a study may stand in several rows and in both columns.",
    },
)
