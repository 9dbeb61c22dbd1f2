"""G14 and G15: whether people chose what was measured, and how far they were involved.

A rung counts once at least two people have assessed it. The figures show where the rung that a work claims and the
one that it describes differ, without blame. Methods: docs/methods/analyses.md#involvement.
"""

from collections.abc import Callable, Iterable, Iterator

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import countable, share
from coprod_review.gaps.study_sets import ids, ids_of_terms, is_primary, outcome_criteria
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import capitalise, lower_first

QUESTION = "Did people with lived experience choose what was measured, and how far were they involved?"
POOL = "out of the eligible studies with a claimed rung, and a rung that at least two people assessed"
RUNGS = Criteria(("rung_claimed", "rung_assessed", "coders"))


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the studies where people helped to choose outcomes, and the rungs of the ladder, claimed and assessed.

    Figures ``involvement.chose-outcomes``, ``.co-design-or-above``,
    ``.co-production`` and ``.label-gap``.
    """
    codebook = framework.codebook
    studies = eligible(studies, codebook)
    primary = tuple(s for s in outcome_studies(studies, codebook) if is_primary(s, codebook))
    rated = tuple(s for s in studies if NOT_CODED not in (s.rung_claimed, s.rung_assessed))
    chose, rungs = _chose_outcomes(primary, codebook), _rung_shares(rated, codebook)
    figures = (chose, *rungs)
    lowest, top = map(capitalise, rung_labels(codebook))
    labels = ("Chose outcomes", f"{lowest} or above", top, "Claimed, assessed as less")
    return Result(
        analysis="involvement",
        figures=figures,
        tables=_rungs_table(rated, framework),
        missing=tuple(_missing(chose, rated)),
        charts=(bars("involvement", zip(labels, figures, strict=True)),),
    )


def rung_labels(codebook: Codebook) -> tuple[str, str]:
    """Return the labels of the lowest rung on which power is shared, and of the highest, for use in a sentence."""
    labels = {term.kind: lower_first(term.label) for term in reversed(codebook.terms("rungs"))}
    return labels.get("shared", "the lowest rung with shared power"), labels.get("top", "the highest rung")


def _chose_outcomes(primary: tuple[Study, ...], codebook: Codebook) -> Figure:
    figure = share(
        "involvement.chose-outcomes",
        "Studies where people with lived experience helped to choose what to measure",
        "counts a study if people helped to choose its outcomes; out of the primary studies that report an outcome",
        primary,
        lambda s: codebook.answer("involvement", s.involvement_in_outcomes),
        codebook,
        criteria=outcome_criteria(codebook, "involvement_in_outcomes"),
        headline=True,
    )
    return countable(figure, codebook, "involvement", "present")


def _rung_shares(rated: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    top, shared = codebook.of_kind("rungs", "top"), codebook.of_kind("rungs", "shared", "top")
    lowest_label, top_label = rung_labels(codebook)

    def figure(name: str, label: str, condition: str, applies: Callable[[Study], bool]) -> Figure:
        figure = share(
            f"involvement.{name}",
            label,
            f"counts a study if {condition}; {POOL}",
            rated,
            lambda s: applies(s) if len(set(s.coders)) > 1 else None,
            codebook,
            criteria=RUNGS,
        )
        return countable(figure, codebook, "rungs", "top")

    return (
        figure(
            "co-design-or-above",
            f"Studies assessed as {lowest_label} or {top_label}",
            f"its assessed rung is {lowest_label} or {top_label}",
            lambda s: s.rung_assessed in shared,
        ),
        figure(
            "co-production",
            f"Studies assessed as {top_label}",
            f"its assessed rung is {top_label}",
            lambda s: s.rung_assessed in top,
        ),
        figure(
            "label-gap",
            f"Studies that call themselves {top_label} and are assessed as less than {lowest_label}",
            f"it claims {top_label} and its assessed rung is below {lowest_label}",
            lambda s: s.rung_claimed in top and s.rung_assessed not in shared,
        ),
    )


def _missing(chose: Figure, rated: tuple[Study, ...]) -> Iterator[str]:
    if chose.numerator is None and chose.unknown_ids:
        yield "involvement_in_outcomes"
    if not rated:
        yield "rungs"


def _rungs_table(rated: tuple[Study, ...], framework: Framework) -> tuple[Table, ...]:
    terms = [t for t in framework.codebook.terms("rungs") if t.id != NOT_CODED]

    def row(term: Term) -> tuple[Cell, ...]:
        claimed = ids(s for s in rated if s.rung_claimed == term.id)
        assessed = ids(s for s in rated if s.rung_assessed == term.id)
        return term.label, Count(claimed, RUNGS), Count(assessed, RUNGS)

    table = Table(
        f"Rungs of the ladder of {framework.about.subject.practice}, from the lowest",
        ("Rung", "Claimed", "Assessed"),
        tuple(map(row, terms)),
        id="involvement.rungs",
        row_ids=ids_of_terms(terms),
        column_ids=("claimed", "assessed"),
    )
    return (table,) if rated else ()


ANALYSIS = Analysis("involvement", QUESTION, analyse, needs=("involvement",))
