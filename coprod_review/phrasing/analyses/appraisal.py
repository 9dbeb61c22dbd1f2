"""Whether studies were appraised, and how certain findings are, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.result import Result
from coprod_review.text.grammar import plural


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    appraised, certain = figures["appraisal.appraised"], figures["appraisal.certainty"]
    studies = appraised.denominator or 0
    lead = f"Not appraised: {studies - (appraised.numerator or 0)} of {plural(studies, 'study')}."
    findings = plural(certain.denominator or 0, "outcome finding")
    certainty = f" Certainty is recorded for {certain.numerator} of {findings}."
    if not appraised.numerator:
        return f"{lead} Nothing here speaks to quality.{certainty}"
    return f"{lead} A serious concern: {figure_in_words(figures['appraisal.serious-concern'])}.{certainty}"


WORDING = Wording(
    statement=_statement,
    caution="The number of studies says nothing of how good they are; nor does a missing appraisal.",
    missing={
        "appraisal": Missing(
            "no study has a recorded appraisal",
            "record under appraisal the tool, the answer to each item, whether there is a serious concern, the "
            "assessor, the date and why",
        )
    },
    notes={"appraisal.items": "Items are not added up: no tool of its kind allows a total."},
)
