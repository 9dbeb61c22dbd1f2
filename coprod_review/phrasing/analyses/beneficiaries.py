"""Who benefited, in words."""

from collections.abc import Sequence

from coprod_review.gaps.analyses.beneficiaries import BeneficiariesFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import CAN_COUNT_TWICE, NOT_YET
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import according_to
from coprod_review.results.result import Result
from coprod_review.text.grammar import capitalise, number_with_verb, plural


def _statement(facts: BeneficiariesFacts, result: Result, framework: Framework) -> str:
    full = result.all_findings or result
    assert isinstance(full.facts, BeneficiariesFacts)
    if not full.facts.studies:
        return "No study is known to report an outcome for people or the community."
    if result.missing:
        return f"{NOT_YET} {_studies(full.facts)} reported an outcome for people or the community."
    read, everything = _numbers(result), _numbers(full)
    took_part, others, not_separated, not_said = read
    return (
        f"Of {_studies(facts)} with an outcome for people or the community, "
        f"{number_with_verb(took_part, 'names', 'name')} a benefit for people who took part, and "
        f"{number_with_verb(others, 'names', 'name')} a benefit for people who did not. "
        f"{number_with_verb(not_separated, 'does', 'do')} not tell the two apart, and "
        f"{number_with_verb(not_said, 'does', 'do')} not say. A study can be in several of these numbers."
        f"{_added(full.facts.studies - facts.studies, read, everything, framework)} "
        "The text that was read cannot rule out outcomes for other people."
    )


def _numbers(result: Result) -> tuple[int, int, int, int]:
    """Return the numbers of studies: a benefit for those who took part or others, not separated, not stated."""
    figures = {figure.id: figure.numerator or 0 for figure in result.figures}
    assert isinstance(result.facts, BeneficiariesFacts)
    open_ = figures["beneficiaries.not-separated"], figures["beneficiaries.not-stated"]
    return result.facts.took_part_benefit, result.facts.others_benefit, *open_


def _added(studies: int, read: Sequence[int], everything: Sequence[int], framework: Framework) -> str:
    """Return what the review alone adds to the numbers; empty where it adds nothing."""
    review = framework.review
    if read == everything or review is None:
        return ""
    took_part, others, not_separated, not_said = (
        after - before for before, after in zip(read, everything, strict=True)
    )
    return (
        f" {capitalise(according_to(framework.review_name))}, {plural(studies, 'more study', 'more studies')} "
        f"{'has' if studies == 1 else 'have'} such an outcome; this adds {took_part} to the first number, {others} to "
        f"the second, {not_separated} to the third and {not_said} to the last."
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
