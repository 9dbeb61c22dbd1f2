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
    not_coded = f" Groups are not coded for {plural(facts.not_coded, 'study')}." if facts.not_coded else ""
    return (
        f"{len(in_focus)} of {plural(len(groups), 'group')} are in focus of at least one of "
        f"{plural(facts.studies, 'study')}"
        + (f", most often {leading}" if leading else "")
        + f"; {len(groups) - len(in_focus)} are in focus of none.{not_coded} {_verdicts(groups)}"
    )


def _focus(result: Result, term: Term) -> Figure:
    return next(figure for figure in result.figures if figure.id == f"representation.{term.id}")


def _verdicts(groups: Sequence[tuple[Term, Figure]]) -> str:
    """Return the groups that are higher or lower than their benchmarks, in words."""
    decided = [
        f"{term.label}: {verdict_in_words(figure.comparisons[0])}"
        for term, figure in groups
        if figure.comparisons and figure.comparisons[0].verdict in ("lower", "higher")
    ]
    return f"{'; '.join(decided)}." if decided else "For no group do the numbers allow a verdict against a population."


def _tables(result: Result, framework: Framework) -> tuple[Table, ...]:
    return benchmark_table(result.figures, framework)


WORDING = Wording(
    statement=_statement,
    caution=(
        "A group can be included in a study that does not focus on it; abstracts seldom say. A zero in a base of "
        "this size is silence, not proof of under-representation."
    ),
    notes={
        "representation.codes": (
            "Focus was judged for every study with any group coded. Not coded: whether the group took part could not "
            "be seen. Not reported: the full text is silent."
        )
    },
    tables=_tables,
)
