"""G14 and G15: whether people chose what was measured, and how far they were involved.

A rung counts once at least two people have assessed it. The figures show where the rung that a work claims and the
one that it describes differ, without blame. Methods: docs/methods/analyses.md#involvement.
"""

from collections.abc import Callable, Iterable

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import share
from coprod_review.gaps.study_sets import ids, ids_of_terms, is_primary, outcome_criteria
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import plural

QUESTION = "Did people with lived experience choose what was measured, and how far were they involved?"
POOL = "of the eligible studies whose claimed and assessed rung are coded, by at least two people"
RUNGS = Criteria(("rung_claimed", "rung_assessed", "coders"))
LOWEST_SHARED = "co-design"
"""The lowest rung on which power is shared."""
TOP = "co-production"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the studies where people helped to choose outcomes, and the rungs of the ladder, claimed and assessed.

    Figures ``involvement.chose-outcomes``, ``.co-design-or-above``,
    ``.co-production`` and ``.label-gap``.
    """
    studies, codebook = eligible(studies), framework.codebook
    primary = tuple(s for s in outcome_studies(studies, codebook) if is_primary(s, codebook))
    rated = tuple(s for s in studies if NOT_CODED not in (s.rung_claimed, s.rung_assessed))
    chose, rungs = _chose_outcomes(primary, codebook), _rung_shares(rated, codebook)
    figures = (chose, *rungs)
    labels = ("Chose outcomes", "Co-design or above", "Co-production", "Called so, described as less")
    return Result(
        analysis="involvement",
        statement=_statement(primary, chose, rated, rungs),
        caution="What a work calls itself and what it describes are two things; a rung is a judgement.",
        figures=figures,
        tables=_rungs_table(rated, codebook),
        missing=_needed(primary, chose, rated),
        charts=(bars("involvement", zip(labels, figures, strict=True)),),
    )


def _chose_outcomes(primary: tuple[Study, ...], codebook: Codebook) -> Figure:
    return share(
        "involvement.chose-outcomes",
        "Studies where people with lived experience helped to choose what to measure",
        "coded as involved; of the primary outcome studies",
        primary,
        lambda s: {"involved": True, "not_involved": False}.get(s.involvement_in_outcomes),
        codebook,
        criteria=outcome_criteria(codebook, "involvement_in_outcomes"),
        headline=True,
    )


def _rung_shares(rated: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    order = ids_of_terms(codebook.terms("rungs"))
    has_ladder = LOWEST_SHARED in order and TOP in order
    shared = order[order.index(LOWEST_SHARED) : order.index(TOP) + 1] if has_ladder else ()

    def figure(name: str, label: str, condition: str, applies: Callable[[Study], bool]) -> Figure:
        return share(
            f"involvement.{name}",
            label,
            f"{condition}; {POOL}",
            rated,
            lambda s: applies(s) if len(set(s.coders)) > 1 else None,
            codebook,
            criteria=RUNGS,
        )

    return (
        figure(
            "co-design-or-above",
            "Studies assessed as co-design or above",
            "assessed rung",
            lambda s: s.rung_assessed in shared,
        ),
        figure(
            "co-production",
            "Studies assessed as co-production",
            "assessed rung",
            lambda s: s.rung_assessed == TOP,
        ),
        figure(
            "label-gap",
            "Studies called co-production and described as less than co-design",
            "claimed co-production, assessed engagement or below",
            lambda s: s.rung_claimed == TOP and s.rung_assessed not in shared,
        ),
    )


def _needed(primary: tuple[Study, ...], chose: Figure, rated: tuple[Study, ...]) -> str:
    parts = []
    if primary and chose.numerator is None:
        parts.append(
            f"for none of {plural(len(primary), 'primary outcome study', 'primary outcome studies')} is it coded "
            "whether people helped to choose outcomes: read full texts and code involvement_in_outcomes"
        )
    if not rated:
        parts.append(
            "no study has both rungs of the ladder coded: code rung_claimed and rung_assessed, by two people, and name "
            "them under coders"
        )
    return "; and ".join(parts)


def _statement(primary: tuple[Study, ...], chose: Figure, rated: tuple[Study, ...], rungs: tuple[Figure, ...]) -> str:
    if not primary:
        first = "No primary study here was seen to report an outcome."
    else:
        first = f"People with lived experience helped to choose what to measure: {figure_in_words(chose)}."
    if not rated:
        return f"{first} How far people were involved is not assessed: no study has both rungs of the ladder coded."
    too_few_coders = sum(len(set(s.coders)) < 2 for s in rated)
    left_out = (
        f" {plural(too_few_coders, 'study')} assessed by fewer than two people, left out." if too_few_coders else ""
    )
    gap = f"Called co-production and described as engagement or less: {figure_in_words(rungs[2])}."
    return (
        f"{first} Assessed as co-design or above: {figure_in_words(rungs[0])}; as co-production: "
        f"{figure_in_words(rungs[1])}. {gap}{left_out}"
    )


def _rungs_table(rated: tuple[Study, ...], codebook: Codebook) -> tuple[Table, ...]:
    terms = [t for t in codebook.terms("rungs") if t.id != NOT_CODED]

    def row(term: Term) -> tuple[Cell, ...]:
        claimed = ids(s for s in rated if s.rung_claimed == term.id)
        assessed = ids(s for s in rated if s.rung_assessed == term.id)
        return term.label, Count(claimed, RUNGS), Count(assessed, RUNGS)

    table = Table(
        "Rungs of the ladder, from the lowest",
        ("Rung", "Claimed", "Assessed"),
        tuple(map(row, terms)),
        "Studies with both rungs coded, those assessed by one person included.",
        id="involvement.rungs",
        row_ids=ids_of_terms(terms),
        column_ids=("claimed", "assessed"),
    )
    return (table,) if rated else ()


ANALYSIS = Analysis("involvement", QUESTION, analyse)
