"""G13: outcomes that people named and no study here reports.

A census of the statements, so without an interval. Methods: docs/methods/analyses.md#testimony.
"""

from collections.abc import Iterable

from coprod_review.gaps.shares import count, full_count_share
from coprod_review.gaps.study_sets import ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.model.study import Study, eligible, stakeholder
from coprod_review.results.figure import Criteria
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import listed, lower_first, plural

QUESTION = "What do people say co-production changes that was seen in no study here?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Outcomes with statements by participants, and those among them without an eligible study.

    The figure ``testimony.not-studied`` counts outcomes, not studies.
    """
    held, codebook = eligible(studies), framework.codebook
    said: dict[str, list[str]] = {}
    for statement in framework.statements:
        for outcome in statement.outcomes:
            said.setdefault(outcome, []).append(statement.id)
    found: dict[str, dict[str, None]] = {}
    for study in held:
        for finding in study.findings:
            found.setdefault(finding.outcome, {})[study.id] = None
    named = [t for t in codebook.terms("outcomes") if t.id in said]
    silent = [t for t in named if t.id not in found]
    figure = count(
        "testimony.not-studied",
        "Outcomes that participants named and that were seen in no study",
        "outcomes of the codebook with at least one statement and no eligible study",
        ids_of_terms(silent),
        ids_of_terms(named),
        "a count of what was seen, mostly in abstracts, so without an interval" if named else "no statement is held",
        unit="outcome",
    )
    return Result(
        analysis="testimony",
        question=QUESTION,
        statement=_statement(named, silent, framework),
        caution="Statements come from people who took part in the review; they are held apart from studies.",
        figures=(full_count_share(figure),),
        tables=(_table(named, said, found),) if named else (),
        missing="" if named else "no statement by participants is held: add testimony to review.yaml",
    )


def _statement(named: list[Term], silent: list[Term], framework: Framework) -> str:
    if not named:
        return "This base holds no testimony."
    telling = sum(bool(s.outcomes) for s in framework.statements)
    lead = f"People named {plural(len(named), 'outcome')} in {plural(telling, 'statement')} and examples."
    if not silent:
        return f"{lead} Each of them was seen in at least one study here."
    shown = listed([f"{lower_first(t.label)}" for t in silent])
    return f"{lead} {len(silent)} of them were seen in no study here: {shown}."


def _table(named: list[Term], said: dict[str, list[str]], found: dict[str, dict[str, None]]) -> Table:
    ordered = sorted(named, key=lambda term: term.id in found)
    rows = tuple(
        (
            stakeholder(t.id).capitalize(),
            t.label,
            Count(tuple(dict.fromkeys(said[t.id])), unit="statement"),
            Count(tuple(found.get(t.id, ())), Criteria(findings=({"outcome": (t.id,)},))),
        )
        for t in ordered
    )
    return Table(
        "Outcomes that people named",
        ("Group", "Outcome", "Statements", "Studies"),
        rows,
        "Those without a study come first.",
        id="testimony.outcomes",
        row_ids=ids_of_terms(ordered),
        column_ids=("label", "statements", "studies"),
    )
