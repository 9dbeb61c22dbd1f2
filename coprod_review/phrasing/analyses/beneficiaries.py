"""Who benefited, in words."""

from coprod_review.gaps.analyses.beneficiaries import BeneficiariesFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import CAN_COUNT_TWICE, NOT_YET
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.results.result import Result
from coprod_review.text.grammar import number_with_verb, plural


def _statement(facts: BeneficiariesFacts, result: Result, framework: Framework) -> str:
    if not facts.studies:
        return "No study is known to report an outcome for people or the community."
    if result.missing:
        return f"{NOT_YET} {_studies(facts)} reported an outcome for people or the community."
    figures = {figure.id: figure.numerator or 0 for figure in result.figures}
    return (
        f"Of {_studies(facts)} with an outcome for people or the community, "
        f"{number_with_verb(facts.took_part_benefit, 'reports', 'report')} a benefit for people who took part, and "
        f"{number_with_verb(facts.others_benefit, 'reports', 'report')} a benefit for people who did not. "
        f"{number_with_verb(figures['beneficiaries.not-separated'], 'does', 'do')} not tell the two apart, and "
        f"{number_with_verb(figures['beneficiaries.not-stated'], 'does', 'do')} not say. A study can be in several of "
        "these numbers. The text that was read cannot rule out outcomes for other people."
    )


def _studies(facts: BeneficiariesFacts) -> str:
    return plural(facts.studies, "study", "studies")


def _nothing_coded(facts: BeneficiariesFacts, result: Result, framework: Framework) -> str:
    return f"no outcome finding of {_studies(facts)} says who benefited"


WORDING = Wording(
    statement=_statement,
    caution=(
        "A benefit for people who took part says nothing about other people. Findings about staff and organisations "
        "are not counted here."
    ),
    missing={"beneficiary": Missing(lack=_nothing_coded, remedy="code the beneficiary of each finding")},
    notes={
        "beneficiaries.directions": (
            "Each cell counts a study once. A study can be in several rows and in several columns."
        ),
        "beneficiaries.people": CAN_COUNT_TWICE,
        "beneficiaries.staff": CAN_COUNT_TWICE,
    },
)
