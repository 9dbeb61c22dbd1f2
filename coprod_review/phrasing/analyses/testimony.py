"""Outcomes that people named and no study reports, in words."""

from collections.abc import Sequence

from coprod_review.gaps.analyses.testimony import TestimonyFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import NOT_YET
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import according_to
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import capitalise, listed, lower_first, plural


def _statement(facts: TestimonyFacts, result: Result, framework: Framework) -> str:
    if result.missing:
        return NOT_YET
    (not_studied,) = result.figures
    outcomes = plural(not_studied.denominator or 0, "outcome")
    statements = plural(facts.statements, "statement or example", "statements and examples")
    return f"Participants named {outcomes} in {statements}. {_not_studied(not_studied, framework)}"


def _not_studied(figure: Figure, framework: Framework) -> str:
    only = figure.denominator == 1
    if not figure.numerator:
        return f"At least one study here reports {'it' if only else 'each of them'}."
    labels = _labels(figure.numerator_ids, framework)
    attributed = figure.attributed
    if attributed is None:
        return f"No study here is known to report {'it' if only else f'{figure.numerator} of them'}: {labels}."
    reported = f"a study reports {_labels(attributed.removed_ids, framework)}"
    return (
        f"In the text that was read, no study reports {'it' if only else f'{figure.numerator} of them'}: {labels}. "
        f"{capitalise(according_to(attributed.review_name))}, {reported}."
    )


def _labels(outcomes: Sequence[str], framework: Framework) -> str:
    return listed([lower_first(framework.codebook.label("outcomes", outcome)) for outcome in outcomes])


WORDING = Wording(
    statement=_statement,
    caution=(
        "Statements come from people who took part in the review. They are kept apart from studies and are never added "
        "to them."
    ),
    missing={"testimony": Missing("this base has no statements by participants", "add testimony to review.yaml")},
    notes={"testimony.outcomes": "Outcomes that no study is known to report come first."},
)
