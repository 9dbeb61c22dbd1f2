"""G3: who the outcomes are for: the people who took part, or people who did not.

A benefit to those who took part is not a benefit to those who use the result. The studies counted are the outcome
studies with at least one coded beneficiary; an abstract can only show presence.
Methods: docs/methods/analyses.md#beneficiaries.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families
from coprod_review.gaps.findings_table import findings_by
from coprod_review.gaps.shares import count, share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_criteria, outcome_findings, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible, outcome_studies, stakeholder
from coprod_review.results.chart import bars
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table

QUESTION = "Who are the outcomes for: people who took part, or people who did not?"
TOOK_PART = ("co_producer", "staff_involved")
OTHERS = ("wider_user", "staff_wider", "public")
CODED = (*TOOK_PART, *OTHERS)
POOL = "out of the outcome studies that say who an outcome is for"


@dataclass(frozen=True, slots=True)
class BeneficiariesFacts:
    """What the sentences say that no figure holds."""

    outcome_studies: int
    """Number of all outcome studies, those without a coded beneficiary included."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the studies with an outcome for those who took part and for others, and findings by beneficiary.

    Figures ``beneficiaries.wider`` and ``.took-part`` count studies,
    ``.co-producer-findings`` counts findings about people.
    """
    codebook = framework.codebook
    studies = eligible(studies)
    with_outcomes = outcome_studies(studies, codebook)
    pool = tuple(s for s in with_outcomes if any(f.beneficiary in CODED for f in outcome_findings(s, codebook)))
    wider, took_part = (withhold_share(figure, studies) for figure in _shares(pool, codebook))
    return Result(
        analysis="beneficiaries",
        facts=BeneficiariesFacts(count_families(with_outcomes)),
        figures=(wider, took_part, _co_producer_findings(with_outcomes, codebook)),
        tables=(_table(with_outcomes, codebook),),
        missing=() if pool or not with_outcomes else ("beneficiary",),
        charts=(bars("beneficiaries", (("Did not take part", wider), ("Took part", took_part))),),
    )


def _shares(pool: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, Figure]:
    """Return the shares of studies with an outcome for others, and for those who took part."""

    def figure(name: str, label: str, condition: str, beneficiaries: tuple[str, ...]) -> Figure:
        return share(
            f"beneficiaries.{name}",
            label,
            f"counts a study if an outcome finding is {condition}; {POOL}",
            pool,
            _has_beneficiary(beneficiaries, codebook),
            codebook,
            criteria=outcome_criteria(codebook, beneficiary=CODED),
            headline=True,
        )

    wider = figure(
        "wider",
        "Studies with an outcome for people who did not take part",
        "about people who use the result, other staff or the public",
        OTHERS,
    )
    took_part = figure(
        "took-part",
        "Studies with an outcome for people who took part",
        "about co-producers or staff who took part",
        TOOK_PART,
    )
    return wider, took_part


def _has_beneficiary(beneficiaries: tuple[str, ...], codebook: Codebook) -> StudyTest:
    """Return a test of whether a study has an outcome for certain people; absence needs a full text with every code."""

    def test(study: Study) -> bool | None:
        coded = [f.beneficiary for f in outcome_findings(study, codebook)]
        present = any(b in beneficiaries for b in coded)
        return presence(study, present=present, complete=NOT_CODED not in coded)

    return test


def _co_producer_findings(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    """Count the outcome findings about people that are about those who took part."""
    findings = [f for s in studies for f in outcome_findings(s, codebook) if stakeholder(f.outcome) == "people"]
    coded = [f.id for f in findings if f.beneficiary in CODED]
    figure = count(
        "beneficiaries.co-producer-findings",
        "Outcome findings about people that are about people who took part",
        "counts a finding coded for people who took part; out of the outcome findings about people with such a code",
        [f.id for f in findings if f.beneficiary == "co_producer"],
        coded,
        "dependent_findings",
        unit="finding",
    )
    return figure if coded else replace(figure, numerator=None, reason="no_beneficiary")


def _table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    return findings_by(
        "beneficiary",
        studies,
        codebook,
        title="Outcome findings by who they are about",
        head="Who it is about",
        identity="beneficiaries.findings",
    )


ANALYSIS = Analysis("beneficiaries", QUESTION, analyse)
