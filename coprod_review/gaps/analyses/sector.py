"""G5: how much of the outcome evidence is about social care itself.

Strict counts studies of the base's sector alone, broad those that include it.
Methods: docs/methods/analyses.md#sector; the set is the outcome studies of
docs/contracts/decisions.md#two-sets.
"""

from collections.abc import Iterable

from coprod_review.gaps.charts import bars
from coprod_review.gaps.shares import share
from coprod_review.gaps.study_sets import ids, ids_of_terms, outcome_trail
from coprod_review.model.base import Framework
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.phrasing.figures import seen_in_words
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import number_with_verb, plural

QUESTION = "How much of the evidence on outcomes is about social care?"
CAUTION = "Evidence from health care may or may not carry over to social care."


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Shares of outcome studies in the base's sector alone, and including it; a table of every sector."""
    held, codebook = eligible(studies), framework.codebook
    with_outcomes = outcome_studies(held, codebook)
    sector = framework.about.scope.sector
    name = codebook.label("sectors", sector).lower()
    direct = share(
        "sector.direct",
        f"Outcome studies about {name} alone",
        "strict: no other sector is coded; of the outcome studies",
        with_outcomes,
        lambda s: s.sector == (sector,) if s.sector else None,
        codebook,
        trail=outcome_trail(codebook, "sector"),
        headline=True,
    )
    including = share(
        "sector.including",
        f"Outcome studies that include {name}",
        "broad: other sectors may be coded too; of the outcome studies",
        with_outcomes,
        lambda s: sector in s.sector if s.sector else None,
        codebook,
        trail=outcome_trail(codebook, "sector"),
        headline=True,
    )
    return Result(
        analysis="sector",
        question=QUESTION,
        statement=_statement(direct, including, held, with_outcomes, framework),
        caution=CAUTION,
        figures=(direct, including),
        tables=(_table(held, with_outcomes, framework),),
        charts=(
            bars("sector", QUESTION, ((f"About {name} alone", direct), (f"Including {name}", including)), CAUTION),
        ),
    )


def _statement(
    direct: Figure, including: Figure, held: tuple[Study, ...], with_outcomes: tuple[Study, ...], framework: Framework
) -> str:
    sector = framework.about.scope.sector
    name = framework.codebook.label("sectors", sector).lower()
    every = sum(sector in s.sector for s in held)
    open_ = sum(s.reports.outcome != "absent" for s in held) - len(with_outcomes)
    if not with_outcomes:
        lead = "No study here was seen to report an outcome."
    else:
        lead = (
            f"Of {plural(len(with_outcomes), 'study', 'studies')} seen to report an outcome: about {name} alone, "
            f"{seen_in_words(direct)}; including it, {seen_in_words(including)}."
        )
    include = number_with_verb(every, "includes it", "include it")
    return f"{lead} Of all {plural(len(held), 'eligible study', 'eligible studies')}, {include}." + (
        f" Whether {open_} more report an outcome is not known." if open_ else ""
    )


def _table(held: tuple[Study, ...], with_outcomes: tuple[Study, ...], framework: Framework) -> Table:
    outcome, code = outcome_trail(framework.codebook, "sector"), Criteria(("sector",))

    def row(label: str, placed: set[str]) -> tuple[Cell, ...]:
        changed, every = (ids(s for s in part if s.id in placed) for part in (with_outcomes, held))
        return label, Count(changed, outcome), Count(every, code)

    sectors = framework.codebook.terms("sectors")
    rows = [row(term.label, {s.id for s in held if term.id in s.sector}) for term in sectors]
    rows += [row("Not coded", {s.id for s in held if not s.sector}), row("All", set(ids(held)))]
    title = (
        f"Sectors of {plural(len(with_outcomes), 'outcome study', 'outcome studies')} and of all {len(held)} eligible"
    )
    return Table(
        title,
        ("Sector", "Outcome studies", "All eligible"),
        tuple(rows),
        "A study may have several sectors; All counts each once.",
        id="sector.sectors",
        row_ids=(*ids_of_terms(sectors), "not_coded", "all"),
        total_rows=frozenset({len(rows) - 1}),
        column_ids=("outcome", "eligible"),
    )
