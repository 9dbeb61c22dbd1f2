"""G13: outcomes that people named and no study here reports.

A census of the statements, so without an interval. Methods: methods.md 10 (G13).
"""

from collections.abc import Iterable

from coprod_review.gaps.figures import ids
from coprod_review.models import Framework, Study, Term, eligible
from coprod_review.results import Count, Figure, Result, Table
from coprod_review.wording import listed, phrase, plural

QUESTION = "What do people say co-production changes that was seen in no study here?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Outcomes with statements by participants, and those among them without an eligible study.

    The figure ``testimony.not-studied`` counts outcomes, not studies.
    """
    held, codebook = eligible(studies), framework.codebook
    said = {t.id: sum(t.id in s.outcomes for s in framework.statements) for t in codebook.terms("outcomes")}
    named = [t for t in codebook.terms("outcomes") if said[t.id]]
    found = {t.id: ids(s for s in held if any(f.outcome == t.id for f in s.findings)) for t in named}
    silent = [t for t in named if not found[t.id]]
    figure = Figure(
        id="testimony.not-studied",
        label="Outcomes that participants named and that were seen in no study",
        definition="outcomes of the codebook with at least one statement and no eligible study",
        numerator=len(silent),
        denominator=len(named),
        value=len(silent) / len(named) if named else None,
        reason="a count of what was seen, mostly in abstracts, so without an interval"
        if named
        else "no statement is held",
    )
    return Result(
        analysis="testimony",
        question=QUESTION,
        statement=_statement(named, silent, framework),
        caution="Statements come from people who took part in the review; they are held apart from studies.",
        figures=(figure,),
        tables=(_table(named, said, found),),
    )


def _statement(named: list[Term], silent: list[Term], framework: Framework) -> str:
    if not named:
        return "This base holds no testimony."
    telling = sum(bool(s.outcomes) for s in framework.statements)
    lead = f"People named {plural(len(named), 'outcome')} in {plural(telling, 'statement')} and examples."
    if not silent:
        return f"{lead} Each of them was seen in at least one study here."
    shown = listed([f"{phrase(t.label)}" for t in silent])
    return f"{lead} {len(silent)} of them were seen in no study here: {shown}."


def _table(named: list[Term], said: dict[str, int], found: dict[str, tuple[str, ...]]) -> Table:
    rows = tuple((t.id.partition(".")[0].capitalize(), t.label, said[t.id], Count(found[t.id])) for t in named)
    ordered = tuple(sorted(rows, key=lambda row: row[3].n > 0))
    return Table(
        "Outcomes that people named",
        ("Group", "Outcome", "Statements", "Studies"),
        ordered,
        "Those without a study come first.",
    )
