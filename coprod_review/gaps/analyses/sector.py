"""G5: how much of the outcome evidence is about social care itself.

The strict figure counts studies of the base's sector alone, the broad one those that include it. The studies counted
are the outcome studies (docs/contracts/decisions.md#two-sets). Methods: docs/methods/analyses.md#sector.
"""

from collections.abc import Iterable

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import share
from coprod_review.gaps.study_sets import ids, ids_of_terms, outcome_criteria
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import number_with_verb, plural

QUESTION = "How much of the evidence on outcomes is about social care?"
CAUTION = "Evidence from health care may or may not carry over to social care."


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report the shares of outcome studies of the base's sector alone, and including it, and count every sector.

    Figures ``sector.direct`` and ``.including``.
    """
    studies, codebook = eligible(studies), framework.codebook
    with_outcomes = outcome_studies(studies, codebook)
    sector = framework.about.scope.sector
    name = codebook.label("sectors", sector).lower()
    direct, including = _direct(with_outcomes, sector, codebook), _including(with_outcomes, sector, codebook)
    labelled = ((f"About {name} alone", direct), (f"Including {name}", including))
    return Result(
        analysis="sector",
        statement=_statement(direct, including, studies, with_outcomes, framework),
        caution=CAUTION,
        figures=(direct, including),
        tables=(_table(studies, with_outcomes, codebook),),
        charts=(bars("sector", labelled),),
    )


def _direct(with_outcomes: tuple[Study, ...], sector: str, codebook: Codebook) -> Figure:
    return share(
        "sector.direct",
        f"Outcome studies about {codebook.label('sectors', sector).lower()} alone",
        "strict: no other sector is coded; of the outcome studies",
        with_outcomes,
        lambda s: s.sector == (sector,) if s.sector else None,
        codebook,
        criteria=outcome_criteria(codebook, "sector"),
        headline=True,
    )


def _including(with_outcomes: tuple[Study, ...], sector: str, codebook: Codebook) -> Figure:
    return share(
        "sector.including",
        f"Outcome studies that include {codebook.label('sectors', sector).lower()}",
        "broad: other sectors may be coded too; of the outcome studies",
        with_outcomes,
        lambda s: sector in s.sector if s.sector else None,
        codebook,
        criteria=outcome_criteria(codebook, "sector"),
        headline=True,
    )


def _statement(
    direct: Figure,
    including: Figure,
    studies: tuple[Study, ...],
    with_outcomes: tuple[Study, ...],
    framework: Framework,
) -> str:
    sector = framework.about.scope.sector
    name = framework.codebook.label("sectors", sector).lower()
    of_sector = sum(sector in s.sector for s in studies)
    unknown = sum(s.reports.outcome != "absent" for s in studies) - len(with_outcomes)
    if not with_outcomes:
        lead = "No study here was seen to report an outcome."
    else:
        lead = (
            f"Of {plural(len(with_outcomes), 'study', 'studies')} seen to report an outcome: about {name} alone, "
            f"{figure_in_words(direct)}; including it, {figure_in_words(including)}."
        )
    include = number_with_verb(of_sector, "includes it", "include it")
    return f"{lead} Of all {plural(len(studies), 'eligible study', 'eligible studies')}, {include}." + (
        f" Whether {unknown} more report an outcome is not known." if unknown else ""
    )


def _table(studies: tuple[Study, ...], with_outcomes: tuple[Study, ...], codebook: Codebook) -> Table:
    outcome_ids = set(ids(with_outcomes))

    def row(label: str, of_sector: tuple[str, ...]) -> tuple[Cell, ...]:
        with_outcome = tuple(i for i in of_sector if i in outcome_ids)
        return label, Count(with_outcome, outcome_criteria(codebook, "sector")), Count(of_sector, Criteria(("sector",)))

    sectors = codebook.terms("sectors")
    rows = [row(term.label, ids(s for s in studies if term.id in s.sector)) for term in sectors]
    rows += [row("Not coded", ids(s for s in studies if not s.sector)), row("All", ids(studies))]
    counted = plural(len(with_outcomes), "outcome study", "outcome studies")
    return Table(
        f"Sectors of {counted} and of all {len(studies)} eligible",
        ("Sector", "Outcome studies", "All eligible"),
        tuple(rows),
        "A study may have several sectors; All counts each once.",
        id="sector.sectors",
        row_ids=(*ids_of_terms(sectors), "not_coded", "all"),
        total_rows=frozenset({len(rows) - 1}),
        column_ids=("outcome", "eligible"),
    )


ANALYSIS = Analysis("sector", QUESTION, analyse)
