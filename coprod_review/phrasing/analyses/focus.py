"""Outcome against process, in words."""

from collections.abc import Mapping

from coprod_review.gaps.analyses.focus import BROAD, STRICT, FocusFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.attribution import according_to, added_clause
from coprod_review.phrasing.figures import ratio_in_words, share_in_words, unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import capitalise, number_with_verb, plural

STEMS = {"strict": "focus.reported", "broad": "focus.reported-broad"}
"""How the ids of figures on what studies report begin, by the definition of an outcome."""


def _statement(facts: FocusFacts, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    return " ".join(filter(None, (_aims(figures), _reported(figures, facts), _definitions(figures, facts))))


def _aims(figures: Mapping[str, Figure]) -> str:
    outcome, process = figures["focus.outcome-share"], figures["focus.process-share"]
    alone, ratio = figures["focus.process-only-share"].numerator or 0, figures["focus.ratio"]
    if outcome.numerator is None:
        return f"What the studies set out to examine is not coded for any of {plural(unknown_count(outcome), 'study')}."
    unknown = plural(unknown_count(ratio), "more study", "more studies")
    return (
        f"{share_in_words(outcome)} set out to examine outcomes, and {share_in_words(process)} set out to examine the "
        f"process; {number_with_verb(alone, 'of them examines', 'of them examine')} the process alone. "
        f"{ratio_in_words(ratio, 'examine outcomes', 'examine the process')} {primary_aims(figures)}"
        + (f" For {unknown} an aim is not coded." if unknown_count(ratio) else "")
    )


def primary_aims(figures: Mapping[str, Figure]) -> str:
    """Return how many studies have a primary aim on each side."""
    outcome, process = figures["focus.primary.outcome-share"], figures["focus.primary.process-share"]
    return (
        f"Outcomes are a primary aim of {plural(outcome.numerator or 0, 'study')}, and the process is a primary aim of "
        f"{plural(process.numerator or 0, 'study')}."
    )


def _reported(figures: Mapping[str, Figure], facts: FocusFacts) -> str:
    stem = STEMS[facts.definition]
    outcome, process = figures[f"{stem}.outcome-share"], figures[f"{stem}.process-share"]
    ratio = figures[f"{stem}.ratio"]
    in_words = ratio_in_words(ratio, "report outcomes", "report on the process")
    if not unknown_count(ratio):
        counts = f"{share_in_words(outcome)} {_report(outcome)} outcomes"
        sentences = [
            f"{counts}, and {share_in_words(process)} {_report(process)} on the process.",
            attributed_sides(outcome, process),
            in_words,
        ]
        return " ".join(filter(None, sentences))
    outcomes, processes = _least(outcome, facts.studies), _least(process, facts.studies)
    sentences = [
        f"{capitalise(outcomes)} an outcome, and {processes} on the process.",
        attributed_sides(outcome, process),
        unknown_sides(figures, facts),
    ]
    if 2 * unknown_count(ratio) <= facts.studies and ratio.value is not None:
        sentences.append(in_words)
    return " ".join(filter(None, sentences))


def attributed_sides(outcome: Figure, process: Figure) -> str:
    """Return how many more studies report either side according to the review alone; empty if it adds no study."""
    sides = (
        added_clause(outcome, "reports an outcome", "report an outcome"),
        added_clause(process, "reports on the process", "report on the process"),
    )
    review = _review_of(outcome, process)
    return f"{capitalise(according_to(review))}, {' and '.join(filter(None, sides))}." if any(sides) else ""


def _review_of(*figures: Figure) -> str:
    """Return the name of the review that adds to any of some figures; empty where none does."""
    return next((figure.attributed.review_name for figure in figures if figure.attributed), "")


def unknown_sides(figures: Mapping[str, Figure], facts: FocusFacts) -> str:
    """Return for how many studies one of the sides is not known, and why."""
    why = "nobody coded what is missing" if facts.unknown_read_in_full else "an abstract cannot show what is missing"
    ratio = figures[f"{STEMS[facts.definition]}.ratio"]
    studies = f"{unknown_count(ratio)} of {plural(facts.studies, 'study')}"
    not_known = "what was read does not show" if ratio.attributed else "we do not know"
    return f"For {studies} {not_known} whether they report one side or both, because {why}."


def _least(figure: Figure, total: int) -> str:
    """Return how many studies report something, as a lower limit of the count; what they report follows."""
    count = figure.numerator or 0
    if not count:
        return "no study is known to report"
    if count == total:
        return f"all {total} studies report" if total > 1 else "the only study reports"
    return f"at least {count} of {total} studies {'reports' if count == 1 else 'report'}"


def _report(figure: Figure) -> str:
    return "reports" if 1 in (figure.numerator, figure.denominator) else "report"


def _definitions(figures: Mapping[str, Figure], facts: FocusFacts) -> str:
    """Return how the other definition of an outcome changes the counts; empty where it changes little."""
    return other_definition(figures, facts) if facts.definitions_differ else ""


def other_definition(figures: Mapping[str, Figure], facts: FocusFacts) -> str:
    """Return the counts under the other definition of an outcome."""
    stem = STEMS[_other(facts)]
    outcome, process = (figures[f"{stem}.{side}-share"] for side in ("outcome", "process"))
    counts = f"{outcome.numerator or 0} report outcomes and {process.numerator or 0} process"
    return f"Under the {_other(facts)} definition, {counts}{_attributed_counts(outcome, process)}."


def _attributed_counts(outcome: Figure, process: Figure) -> str:
    """Return how many more studies report each side according to the review alone; empty if it adds no study."""
    outcomes, processes = (figure.attributed.numerator if figure.attributed else 0 for figure in (outcome, process))
    review = _review_of(outcome, process)
    return f"; {according_to(review)}, {outcomes} and {processes} more" if outcomes or processes else ""


def _other(facts: FocusFacts) -> str:
    return "broad" if facts.definition == "strict" else "strict"


def _cells_note(facts: FocusFacts, result: Result, framework: Framework) -> str:
    unknown = any(figure.unknown_ids for figure in result.figures if figure.id == "focus.reported.ratio")
    definitions = f"{capitalise(STRICT)}. {capitalise(BROAD)}."
    if not unknown or facts.absence_coded:
        return definitions
    return f"{definitions} Only the first row of what studies report can fill up, because no absence is coded yet."


WORDING = Wording(
    statement=_statement,
    caution="What a study sets out to examine is not what it found, and the choice of studies affects both.",
    notes={
        "focus.cells": _cells_note,
        "focus.groups": "Each cell counts distinct studies. A study can count in several rows and in both columns.",
    },
)
