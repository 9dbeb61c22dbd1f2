"""G13: outcomes that people named and no study here reports.

Every statement is counted and none is sampled, so there is no interval. Methods: docs/methods/analyses.md#testimony.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import count, full_count_share
from coprod_review.gaps.study_sets import ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.study import Study, eligible
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table

QUESTION = "Which outcomes did people name that no study in this base is known to report?"


@dataclass(frozen=True, slots=True)
class TestimonyFacts:
    """What the sentences need that no figure holds."""

    statements: int
    """Number of statements and examples by participants that name an outcome."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the outcomes that participants' statements name, and those among them without an eligible study.

    The figure ``testimony.not-studied`` counts outcomes, not studies.
    """
    by_outcome = _studies_by_outcome(eligible(studies, framework.codebook))
    statements = _statements_by_outcome(framework)
    named = [t for t in framework.codebook.terms("outcomes") if t.id in statements]
    not_studied = [t for t in named if t.id not in by_outcome]
    return Result(
        analysis="testimony",
        figures=(_not_studied(not_studied, named),),
        tables=(_table(named, statements, by_outcome, framework.codebook),) if named else (),
        facts=TestimonyFacts(sum(bool(statement.outcomes) for statement in framework.statements)),
        missing=() if named else ("testimony",),
    )


def _statements_by_outcome(framework: Framework) -> dict[str, dict[str, None]]:
    statements: dict[str, dict[str, None]] = {}
    for statement in framework.statements:
        for outcome in statement.outcomes:
            statements.setdefault(outcome, {})[statement.id] = None
    return statements


def _studies_by_outcome(studies: tuple[Study, ...]) -> dict[str, dict[str, None]]:
    by_outcome: dict[str, dict[str, None]] = {}
    for study in studies:
        for finding in study.findings:
            by_outcome.setdefault(finding.outcome, {})[study.id] = None
    return by_outcome


def _not_studied(not_studied: list[Term], named: list[Term]) -> Figure:
    figure = count(
        "testimony.not-studied",
        "Outcomes that participants named and no study is known to report",
        "counts an outcome if no eligible study has a finding on it; out of the outcomes that statements name",
        ids_of_terms(not_studied),
        ids_of_terms(named),
        "complete_count" if named else "empty",
        unit="outcome",
    )
    return full_count_share(figure)


def _table(
    named: list[Term], statements: Mapping[str, Iterable[str]], studies: Mapping[str, Iterable[str]], codebook: Codebook
) -> Table:
    ordered = sorted(named, key=lambda term: term.id in studies)
    rows = tuple(
        (
            codebook.group_label(t.id),
            t.label,
            Count(tuple(statements[t.id]), unit="statement"),
            Count(tuple(studies.get(t.id, ())), Criteria(findings=({"outcome": (t.id,)},))),
        )
        for t in ordered
    )
    return Table(
        "Outcomes that people named",
        ("Group", "Outcome", "Statements", "Studies"),
        rows,
        id="testimony.outcomes",
        row_ids=ids_of_terms(ordered),
        column_ids=("label", "statements", "studies"),
    )


ANALYSIS = Analysis("testimony", QUESTION, analyse, needs=("review",))
