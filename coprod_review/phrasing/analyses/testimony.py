"""Outcomes that people named and no study reports, in words."""

from coprod_review.gaps.analyses.testimony import TestimonyFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, lower_first, plural


def _statement(facts: TestimonyFacts, result: Result, framework: Framework) -> str:
    (not_studied,) = result.figures
    if result.missing:
        return "This base holds no testimony."
    named, statements = plural(not_studied.denominator or 0, "outcome"), plural(facts.statements, "statement")
    lead = f"People named {named} in {statements} and examples."
    if not not_studied.numerator:
        return f"{lead} Each of them was seen in at least one study here."
    labels = [lower_first(framework.codebook.label("outcomes", term)) for term in not_studied.numerator_ids]
    return f"{lead} {not_studied.numerator} of them were seen in no study here: {listed(labels)}."


WORDING = Wording(
    statement=_statement,
    caution="Statements come from people who took part in the review; they are held apart from studies.",
    missing={"testimony": Missing("no statement by participants is held", "add testimony to review.yaml")},
    notes={"testimony.outcomes": "Those without a study come first."},
)
