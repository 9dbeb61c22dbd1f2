"""Which groups of people the studies focus on, in words."""

from collections.abc import Sequence

from coprod_review.gaps.analyses.representation import RepresentationFacts, groups_of
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.comparisons import benchmark_table, verdict_in_words
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from coprod_review.text.grammar import listed, lower_first, plural


def _statement(facts: RepresentationFacts, result: Result, framework: Framework) -> str:
    groups = [(term, _focus(result, term)) for term in groups_of(framework)]
    in_focus = sorted(((t, f.numerator) for t, f in groups if f.numerator), key=lambda pair: -pair[1])
    leading = listed([f"{lower_first(term.label)} ({n})" for term, n in in_focus[:4]])
    without, focuses = len(groups) - len(in_focus), "is known to focus" if facts.not_coded else "focuses"
    sentences = [
        f"No study {focuses} on {without} of {plural(len(groups), 'group')} of people." if without else "",
        f"Studies focus most often on {leading}." if leading else "",
        f"Groups are not coded for {plural(facts.not_coded, 'study')}." if facts.not_coded else "",
        _verdicts(groups),
    ]
    return " ".join(text for text in sentences if text)


def _focus(result: Result, term: Term) -> Figure:
    return next(figure for figure in result.figures if figure.id == f"representation.{term.id}")


def _verdicts(groups: Sequence[tuple[Term, Figure]]) -> str:
    """Return the groups that are higher or lower than their benchmarks, in words."""
    decided = [
        f"The share of studies on {lower_first(term.label)} is {verdict_in_words(figure.comparisons[0])}."
        for term, figure in groups
        if figure.comparisons and figure.comparisons[0].verdict in ("lower", "higher")
    ]
    return (
        " ".join(decided)
        if decided
        else "There are too few studies to compare any group with its share of the population."
    )


def _tables(result: Result, framework: Framework) -> tuple[Table, ...]:
    return benchmark_table(result.figures, framework)


WORDING = Wording(
    statement=_statement,
    caution=(
        "A study can include a group without focusing on it, and abstracts seldom say so. In a base of this size, a "
        "count of zero does not show that a group is under-represented."
    ),
    notes={
        "representation.codes": (
            "Focus is known for every study with a code for any group. Not coded means that the text does not show "
            "whether the group took part. Not reported means that the full text does not mention the group."
        )
    },
    tables=_tables,
)
