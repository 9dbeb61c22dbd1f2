"""Who the outcomes are for, in words."""

from coprod_review.gaps.analyses.beneficiaries import BeneficiariesFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import CAN_COUNT_TWICE, NO_OUTCOME_STUDIES, NOT_YET, pool, share_sentence
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import according_to, more_in_pool
from coprod_review.phrasing.figures import unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import capitalise, number_with_verb, plural


def _statement(facts: BeneficiariesFacts, result: Result, framework: Framework) -> str:
    if not facts.outcome_studies:
        return NO_OUTCOME_STUDIES
    if result.missing:
        known = number_with_verb(facts.outcome_studies, "study is", "studies are")
        return f"{NOT_YET} {known} known to report an outcome."
    figures = {figure.id: figure for figure in result.figures}
    wider, took_part = figures["beneficiaries.wider"], figures["beneficiaries.took-part"]
    others = share_sentence(
        wider, "reports an outcome for people who did not take part", "report outcomes for people who did not take part"
    )
    involved = share_sentence(
        took_part, "reports an outcome for people who took part", "report outcomes for people who took part"
    )
    say = number_with_verb(pool(wider), "says", "say")
    asked = f"Of {plural(facts.outcome_studies, 'outcome study', 'outcome studies')}, {say} who an outcome is for."
    limit = " The text that was read cannot rule out outcomes for other people." if unknown_count(wider) else ""
    return f"{others} {involved} {asked}{_attributed(wider)}{limit}"


def _attributed(wider: Figure) -> str:
    """Return for how many more studies the review alone says who an outcome is for; empty where there are none."""
    more = more_in_pool(wider)
    says = number_with_verb(more, "more says so", "more say so")
    return f" {capitalise(according_to(wider.attributed.review))}, {says}." if wider.attributed and more else ""


def _nothing_coded(facts: BeneficiariesFacts, result: Result, framework: Framework) -> str:
    studies = plural(facts.outcome_studies, "outcome study", "outcome studies")
    return f"no outcome finding of {studies} says who the outcome is for"


WORDING = Wording(
    statement=_statement,
    caution=(
        "An outcome for people who took part says nothing about other people. Abstracts often do not say who an "
        "outcome is for."
    ),
    missing={"beneficiary": Missing(lack=_nothing_coded, remedy="code the beneficiary of each finding")},
    notes={"beneficiaries.findings": CAN_COUNT_TWICE},
)
