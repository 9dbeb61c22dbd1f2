"""G16: cost, and whether effects last.

Follow-up is coded in bands, and the usual twelve months lie inside one of them; so the shares are of follow-up over
six and over 24 months. The studies counted are the outcome studies. Methods: docs/methods/analyses.md#lasting.
"""

from collections.abc import Iterable, Mapping

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.findings_table import STUDIES, findings_by
from coprod_review.gaps.shares import share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_criteria, outcome_findings, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.results.chart import bars
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table

QUESTION = "Do studies of outcomes measure cost, and follow effects over time?"
SHORT, MIDDLE, LONG = ("during", "up_to_6_months"), "6_to_24_months", "over_24_months"
"""Bands of follow-up."""
COST = {"economic_evaluation": True, "cost_measure": True, "none": False}
ECONOMIC = {"economic_evaluation": True, "cost_measure": False, "none": False}
"""Answers by the code ``cost_measure``; any other code is not known."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the outcome studies with a measure of cost, an economic evaluation, and follow-up over six or 24 months.

    Figures ``lasting.cost``, ``.economic-evaluation``, ``.over-6-months`` and ``.over-24-months``.
    """
    codebook = framework.codebook
    studies = eligible(studies)
    with_outcomes = outcome_studies(studies, codebook)
    shares = (*_cost_shares(with_outcomes, codebook), *_follow_up_shares(with_outcomes, codebook))
    figures = tuple(withhold_share(figure, studies) for figure in shares)
    cost, _, follow_up, _ = figures
    labels = ("Any cost", "Economic evaluation", "Over 6 months", "Over 24 months")
    return Result(
        analysis="lasting",
        figures=figures,
        tables=(_times(with_outcomes, codebook),),
        missing=("follow_up_or_cost",) if with_outcomes and None in (cost.numerator, follow_up.numerator) else (),
        charts=(bars("lasting", zip(labels, figures, strict=True)),),
    )


def _cost_shares(with_outcomes: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    def figure(name: str, label: str, condition: str, answers: Mapping[str, bool]) -> Figure:
        return share(
            f"lasting.{name}",
            label,
            f"{condition}; of the outcome studies",
            with_outcomes,
            lambda s: answers.get(s.cost_measure),
            codebook,
            criteria=outcome_criteria(codebook, "cost_measure"),
            headline=True,
        )

    return (
        figure(
            "cost",
            "Outcome studies that measure cost in any way",
            "a cost measure or an economic evaluation",
            COST,
        ),
        figure(
            "economic-evaluation",
            "Outcome studies with an economic evaluation",
            "a full economic evaluation",
            ECONOMIC,
        ),
    )


def _follow_up_shares(with_outcomes: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    def figure(months: int, in_words: str, long: tuple[str, ...], short: tuple[str, ...]) -> Figure:
        return share(
            f"lasting.over-{months}-months",
            f"Outcome studies that follow up for over {in_words} months",
            f"an outcome finding measured over {in_words} months after; of the outcome studies",
            with_outcomes,
            _followed_up(long, short, codebook),
            codebook,
            criteria=outcome_criteria(codebook),
            headline=True,
        )

    return figure(6, "six", (MIDDLE, LONG), SHORT), figure(24, "24", (LONG,), (*SHORT, MIDDLE))


def _followed_up(long: tuple[str, ...], short: tuple[str, ...], codebook: Codebook) -> StudyTest:
    """Return a test of whether an outcome was followed up so long; absence needs a full text with only shorter ones."""

    def test(study: Study) -> bool | None:
        coded = [f.follow_up for f in outcome_findings(study, codebook)]
        return presence(study, present=any(t in long for t in coded), complete=all(t in short for t in coded))

    return test


def _times(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    return findings_by(
        "follow-up",
        studies,
        codebook,
        columns=(STUDIES,),
        title="Outcome studies by how long a finding was followed up",
        head="Follow-up",
        identity="lasting.times",
    )


ANALYSIS = Analysis("lasting", QUESTION, analyse)
