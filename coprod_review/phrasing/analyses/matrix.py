"""The evidence map and crossings of two facets, in words."""

from itertools import product

from coprod_review.gaps.analyses.matrix import CHART, DETAILED_MAP, MAP, QUESTION, CrossingFacts, MapFacts
from coprod_review.model.base import Framework
from coprod_review.model.facets import FACETS, find_facet
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.results.result import Result
from coprod_review.text.grammar import plural

_MAP_NOTE = (
    "Distinct studies: one may stand in several rows. Outcome: with a finding that tells of a change. Said: "
    "statements and examples by participants."
)
_MAP_NOTE_WITH_GAPS = f"{_MAP_NOTE} Gaps that hold for most rows are named once, below."


def _question(facts: MapFacts | CrossingFacts, result: Result, framework: Framework) -> str:
    if isinstance(facts, MapFacts):
        return QUESTION
    rows, columns = (find_facet(name).label.lower() for name in (facts.rows, facts.columns))
    return f"How do {rows} and {columns} go together?"


def _statement(facts: MapFacts | CrossingFacts, result: Result, framework: Framework) -> str:
    return _map_statement(facts) if isinstance(facts, MapFacts) else _crossing_statement(facts)


def _map_statement(facts: MapFacts) -> str:
    return (
        f"{facts.studied} of {plural(facts.places, facts.unit)} have a finding of any level in at least one of "
        f"{plural(facts.studies, 'eligible study', 'eligible studies')}; {facts.with_outcome} have one that tells of a "
        f"change. In {facts.places - facts.studied} no finding was seen"
        + (f", and participants named {facts.testimony_only} of those." if facts.has_testimony else ".")
    )


def _crossing_statement(facts: CrossingFacts) -> str:
    return (
        f"{facts.filled} of {plural(facts.cells, 'cell')} hold at least one of "
        f"{plural(facts.studies, 'eligible study', 'eligible studies')}. "
        "A study counts once in each cell, once in each margin and once in the total."
    )


def _crossing_note(facts: CrossingFacts, result: Result, framework: Framework) -> str:
    uncoded = f" {facts.uncoded} of {plural(facts.studies, 'study')} have no code for one of the two."
    return "Distinct studies. All counts each study once." + (uncoded if facts.uncoded else "")


WORDING = Wording(
    question=_question,
    statement=_statement,
    caution="A map shows what evidence there is, not what it says; an empty cell does not mean no effect.",
    notes={
        MAP: _MAP_NOTE_WITH_GAPS,
        DETAILED_MAP: _MAP_NOTE_WITH_GAPS,
        CHART: _MAP_NOTE,
        **{f"matrix.{rows}-by-{columns}": _crossing_note for rows, columns in product(FACETS, repeat=2)},
    },
)
