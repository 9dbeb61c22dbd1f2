"""G5: how much of the outcome evidence is about the field of the base itself.

The strict figure counts studies of the base's sector alone, the broad one those that include it. The studies counted
are the outcome studies (docs/contracts/decisions.md#two-sets). Methods: docs/methods/analyses.md#sector.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families
from coprod_review.gaps.shares import share
from coprod_review.gaps.study_sets import ids, ids_of_terms, outcome_criteria
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import plural

QUESTION = "How much of the evidence on outcomes is about {field}?"
POOL = "out of the studies known to report an outcome"


@dataclass(frozen=True, slots=True)
class SectorFacts:
    """Numbers of eligible studies that no figure holds."""

    studies: int
    """Number of all eligible studies."""
    of_sector: int
    """Number of those that include the base's sector."""
    outcome_not_known: int
    """Number of those for which it is not known whether they report an outcome."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report the shares of outcome studies of the base's sector alone, and including it, and count every sector.

    Figures ``sector.direct`` and ``.including``.
    """
    codebook = framework.codebook
    studies = eligible(studies, codebook)
    with_outcomes = outcome_studies(studies, codebook)
    sector = framework.about.scope.sector or ""
    name = codebook.label("sectors", sector).lower()
    direct, including = _direct(with_outcomes, sector, codebook), _including(with_outcomes, sector, codebook)
    labelled = ((f"About {name} alone", direct), (f"Including {name}", including))
    return Result(
        analysis="sector",
        facts=SectorFacts(
            studies=count_families(studies),
            of_sector=count_families(study for study in studies if sector in study.sector),
            outcome_not_known=count_families(s for s in studies if s.reports.outcome != "absent")
            - count_families(with_outcomes),
        ),
        figures=(direct, including),
        tables=(_table(studies, with_outcomes, codebook),),
        charts=(bars("sector", labelled),),
    )


def _direct(with_outcomes: tuple[Study, ...], sector: str, codebook: Codebook) -> Figure:
    name = codebook.label("sectors", sector).lower()
    return share(
        "sector.direct",
        f"Outcome studies about {name} and no other sector",
        f"counts a study if {name} is the only sector coded; {POOL}",
        with_outcomes,
        lambda s: s.sector == (sector,) if s.sector else None,
        codebook,
        criteria=outcome_criteria(codebook, "sector"),
        headline=True,
    )


def _including(with_outcomes: tuple[Study, ...], sector: str, codebook: Codebook) -> Figure:
    name = codebook.label("sectors", sector).lower()
    return share(
        "sector.including",
        f"Outcome studies that include {name}",
        f"counts a study if {name} is among its sectors; {POOL}",
        with_outcomes,
        lambda s: sector in s.sector if s.sector else None,
        codebook,
        criteria=outcome_criteria(codebook, "sector"),
        headline=True,
    )


def _table(studies: tuple[Study, ...], with_outcomes: tuple[Study, ...], codebook: Codebook) -> Table:
    outcome_ids = set(ids(with_outcomes))

    def row(label: str, of_sector: tuple[str, ...]) -> tuple[Cell, ...]:
        with_outcome = tuple(i for i in of_sector if i in outcome_ids)
        return label, Count(with_outcome, outcome_criteria(codebook, "sector")), Count(of_sector, Criteria(("sector",)))

    sectors = codebook.terms("sectors")
    rows = [row(term.label, ids(s for s in studies if term.id in s.sector)) for term in sectors]
    rows += [row("Not coded", ids(s for s in studies if not s.sector)), row("All", ids(studies))]
    counted = plural(count_families(with_outcomes), "outcome study", "outcome studies")
    return Table(
        f"Sectors of {counted} and of {plural(count_families(studies), 'eligible study', 'eligible studies')}",
        ("Sector", "Outcome studies", "All eligible"),
        tuple(rows),
        id="sector.sectors",
        row_ids=(*ids_of_terms(sectors), "not_coded", "all"),
        total_rows=frozenset({len(rows) - 1}),
        column_ids=("outcome", "eligible"),
    )


ANALYSIS = Analysis("sector", QUESTION, analyse, needs=("scope", "sectors"))
