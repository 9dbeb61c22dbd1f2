"""Cost, and whether effects last, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import (
    CAN_COUNT_TWICE,
    IN_PART,
    NO_OUTCOME_STUDIES,
    NOT_YET,
    outcome_studies_sentence,
    pool,
    share_sentence,
)
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import more_in_pool
from coprod_review.results.result import Result

_FIGURES = {"cost": ("cost", "economic-evaluation"), "follow_up": ("over-6-months", "over-24-months")}
"""The figures that need a code, by the name in ``Result.missing`` that says that it is lacking."""
_VERBS = {
    "cost": ("measures cost in some way", "measure cost in some way"),
    "economic-evaluation": ("has a full economic evaluation", "have a full economic evaluation"),
    "over-6-months": ("follows effects for more than 6 months", "follow effects for more than 6 months"),
    "over-24-months": ("follows effects for more than 24 months", "follow effects for more than 24 months"),
}
"""What one study, or several of them, do in each figure."""


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    if not pool(figures["lasting.cost"]) and not more_in_pool(figures["lasting.cost"]):
        return NO_OUTCOME_STUDIES
    names = [name for code, of_code in _FIGURES.items() if code not in result.missing for name in of_code]
    sentences = (
        (IN_PART if names else NOT_YET) if result.missing else "",
        outcome_studies_sentence(figures["lasting.cost"], "study"),
        *(share_sentence(figures[f"lasting.{name}"], *_VERBS[name]) for name in names),
    )
    return " ".join(filter(None, sentences))


WORDING = Wording(
    statement=_statement,
    caution="A cost or a lasting effect can exist even if no study measured it.",
    missing={
        "cost": Missing(
            "we do not know whether any study that reports an outcome measures cost",
            "code cost_measure for each study from its full text",
        ),
        "follow_up": Missing(
            "we do not know how long any study that reports an outcome followed its effects",
            "code follow_up for each finding from the full text",
        ),
    },
    notes={"lasting.times": CAN_COUNT_TWICE},
)
