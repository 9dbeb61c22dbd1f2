"""G16: cost, and whether effects last.

Follow-up is coded in bands, and the usual twelve months lie inside one of them; so the shares are of follow-up over
6 and over 24 months. The studies counted are the outcome studies. Methods: docs/methods/analyses.md#lasting.
"""

from collections.abc import Iterable, Mapping

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.findings_table import STUDIES, findings_by
from coprod_review.gaps.shares import countable, share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_criteria, outcome_findings, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.results.chart import bars
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table

QUESTION = "Do studies of outcomes measure cost, and follow effects over time?"
POOL = "out of the studies that report an outcome"
_COST: Mapping[str, bool] = {"evaluation": True, "measured": True, "absent": False}
_ECONOMIC: Mapping[str, bool] = {"evaluation": True, "measured": False, "absent": False}
"""Answers by the kind of the code ``cost_measure``; any other kind is not known."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the outcome studies with a measure of cost, an economic evaluation, and follow-up over 6 or 24 months.

    Figures ``lasting.cost``, ``.economic-evaluation``, ``.over-6-months`` and ``.over-24-months``.
    """
    codebook = framework.codebook
    studies = eligible(studies, framework.codebook)
    with_outcomes = outcome_studies(studies, codebook)
    shares = (*_cost_shares(with_outcomes, codebook), *_follow_up_shares(with_outcomes, codebook))
    figures = tuple(withhold_share(figure, studies, codebook) for figure in shares)
    codes = {"cost": figures[0], "follow_up": figures[2]}
    labels = ("Any cost", "Economic evaluation", "Over 6 months", "Over 24 months")
    return Result(
        analysis="lasting",
        figures=figures,
        tables=(_times(with_outcomes, codebook),),
        missing=tuple(code for code, figure in codes.items() if figure.numerator is None) if with_outcomes else (),
        charts=(bars("lasting", zip(labels, figures, strict=True)),),
    )


def _cost_shares(with_outcomes: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    def figure(name: str, label: str, condition: str, answers: Mapping[str, bool]) -> Figure:
        figure = share(
            f"lasting.{name}",
            label,
            f"counts a study if it {condition}; {POOL}",
            with_outcomes,
            lambda s: answers.get(codebook.kind("cost_measures", s.cost_measure) or ""),
            codebook,
            criteria=outcome_criteria(codebook, "cost_measure"),
            headline=True,
        )
        return countable(figure, codebook, "cost_measures", *(kind for kind, counts in answers.items() if counts))

    return (
        figure(
            "cost",
            "Outcome studies that measure cost in any way",
            "measures any cost, saving or efficiency",
            _COST,
        ),
        figure(
            "economic-evaluation",
            "Outcome studies with a full economic evaluation",
            "compares costs and effects",
            _ECONOMIC,
        ),
    )


def _follow_up_shares(with_outcomes: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    def figure(months: int, long: tuple[str, ...], short: tuple[str, ...]) -> Figure:
        figure = share(
            f"lasting.over-{months}-months",
            f"Outcome studies with a follow-up of more than {months} months",
            f"counts a study if it measured an outcome more than {months} months after people took part; {POOL}",
            with_outcomes,
            _followed_up(codebook.of_kind("follow_up", *long), codebook.of_kind("follow_up", *short), codebook),
            codebook,
            criteria=outcome_criteria(codebook),
            headline=True,
        )
        return countable(figure, codebook, "follow_up", *long)

    return figure(6, ("lasting", "long_lasting"), ("short",)), figure(24, ("long_lasting",), ("short", "lasting"))


def _followed_up(long: frozenset[str], short: frozenset[str], codebook: Codebook) -> StudyTest:
    """Return a test of whether an outcome was followed up so long; absence needs a full text with only shorter ones."""

    def test(study: Study) -> bool | None:
        coded = [f.follow_up for f in outcome_findings(study, codebook)]
        return presence(study, codebook, present=any(t in long for t in coded), complete=all(t in short for t in coded))

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


ANALYSIS = Analysis("lasting", QUESTION, analyse, needs=("follow_up",))
