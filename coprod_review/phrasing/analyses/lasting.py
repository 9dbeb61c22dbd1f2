"""Cost, and whether effects last, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import figure_in_words, unknown_count
from coprod_review.results.result import Result
from coprod_review.text.grammar import plural


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    cost = figures["lasting.cost"]
    studies = (cost.denominator or 0) + unknown_count(cost)
    if not studies:
        return "No study here was seen to report an outcome."
    economic, months, years = (
        figure_in_words(figures[f"lasting.{name}"])
        for name in ("economic-evaluation", "over-6-months", "over-24-months")
    )
    return (
        f"Of {plural(studies, 'outcome study', 'outcome studies')}: any measure of cost, {figure_in_words(cost)}; an "
        f"economic evaluation, {economic}; follow-up over six months, {months}; over 24 months, {years}."
    )


def _lack(facts: None, result: Result, framework: Framework) -> str:
    names = {"lasting.cost": "cost", "lasting.over-6-months": "follow-up"}
    unknown = [names[f.id] for f in result.figures if f.id in names and f.numerator is None]
    return f"{' and '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} not known for any outcome study"


WORDING = Wording(
    statement=_statement,
    caution="That cost or lasting effects were not measured does not show that there are none.",
    missing={
        "follow_up_or_cost": Missing(
            _lack, "code follow_up of each finding, or cost_measure of each study, from full texts"
        )
    },
    notes={"lasting.times": "A study may stand in several rows."},
)
