"""Who the outcomes are for, in words."""

from coprod_review.gaps.analyses.beneficiaries import BeneficiariesFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import figure_in_words, unknown_count
from coprod_review.results.result import Result
from coprod_review.text.grammar import number_with_verb, plural

_REMEDY = "code beneficiary of each finding"


def _statement(facts: BeneficiariesFacts, result: Result, framework: Framework) -> str:
    if not facts.outcome_studies:
        return "No study here was seen to report an outcome."
    if result.missing:
        return f"Not assessed: {_nothing_coded(facts, result, framework)}: {_REMEDY}."
    figures = {figure.id: figure for figure in result.figures}
    wider, took_part = figures["beneficiaries.wider"], figures["beneficiaries.took-part"]
    coded = number_with_verb((wider.denominator or 0) + unknown_count(wider), "says", "say")
    return (
        f"Of {plural(facts.outcome_studies, 'outcome study', 'outcome studies')}, {coded} for at least one outcome "
        f"whose it is. An outcome for anyone who did not take part: {figure_in_words(wider)}. "
        f"An outcome for those who took part: {figure_in_words(took_part)}."
        + (" What was read cannot show that it was nobody else." if unknown_count(wider) else "")
    )


def _nothing_coded(facts: BeneficiariesFacts, result: Result, framework: Framework) -> str:
    studies = plural(facts.outcome_studies, "outcome study", "outcome studies")
    return f"no outcome finding of {studies} says whose it is"


WORDING = Wording(
    statement=_statement,
    caution="An outcome for those who took part says nothing about others; most sources do not say whose it is.",
    missing={"beneficiary": Missing(lack=_nothing_coded, remedy=_REMEDY)},
    notes={"beneficiaries.findings": "A study may stand in several rows."},
)
