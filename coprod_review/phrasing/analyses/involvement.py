"""Whether people chose what was measured, and how far they were involved, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import figure_in_words, unknown_count
from coprod_review.results.result import Result
from coprod_review.text.grammar import plural


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    chose, shared, top, gap = (
        figures[f"involvement.{name}"]
        for name in ("chose-outcomes", "co-design-or-above", "co-production", "label-gap")
    )
    if chose.denominator or unknown_count(chose):
        first = f"People with lived experience helped to choose what to measure: {figure_in_words(chose)}."
    else:
        first = "No primary study here was seen to report an outcome."
    if "rungs" in result.missing:
        return f"{first} How far people were involved is not assessed: no study has both rungs of the ladder coded."
    too_few_coders = unknown_count(gap)
    left_out = (
        f" {plural(too_few_coders, 'study')} assessed by fewer than two people, left out." if too_few_coders else ""
    )
    return (
        f"{first} Assessed as co-design or above: {figure_in_words(shared)}; as co-production: {figure_in_words(top)}. "
        f"Called co-production and described as engagement or less: {figure_in_words(gap)}.{left_out}"
    )


def _outcomes_lack(facts: None, result: Result, framework: Framework) -> str:
    chose = next(figure for figure in result.figures if figure.id == "involvement.chose-outcomes")
    studies = plural(unknown_count(chose), "primary outcome study", "primary outcome studies")
    return f"for none of {studies} is it coded whether people helped to choose outcomes"


WORDING = Wording(
    statement=_statement,
    caution="What a work calls itself and what it describes are two things; a rung is a judgement.",
    missing={
        "involvement_in_outcomes": Missing(_outcomes_lack, "read full texts and code involvement_in_outcomes"),
        "rungs": Missing(
            "no study has both rungs of the ladder coded",
            "code rung_claimed and rung_assessed, by two people, and name them under coders",
        ),
    },
    notes={"involvement.rungs": "Studies with both rungs coded, those assessed by one person included."},
)
