"""The evidence map and crossings of two facets, in words."""

from itertools import product

from coprod_review.gaps.analyses.matrix import CHART, DETAILED_MAP, MAP, QUESTION, CrossingFacts, MapFacts
from coprod_review.model.base import Framework
from coprod_review.model.facets import FACETS, find_facet
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.results.result import Result
from coprod_review.text.grammar import number_with_verb, plural

_MAP_NOTE = (
    "Each cell counts a study once, and a study can be in several rows. Outcome counts the studies with a finding "
    "about a change. Testimony counts statements and examples by participants of the review."
)
_MAP_NOTE_WITH_GAPS = f"{_MAP_NOTE} A gap that applies to most rows is listed once, after the table."


def _question(facts: MapFacts | CrossingFacts, result: Result, framework: Framework) -> str:
    if isinstance(facts, MapFacts):
        return QUESTION
    rows, columns = (find_facet(name).label.lower() for name in (facts.rows, facts.columns))
    return f"How many studies are there by {rows} and {columns}?"


def _statement(facts: MapFacts | CrossingFacts, result: Result, framework: Framework) -> str:
    return _map_statement(facts) if isinstance(facts, MapFacts) else _crossing_statement(facts)


def _map_statement(facts: MapFacts) -> str:
    studied = _has(facts.studied, facts.places, facts.unit)
    sentences = [f"{studied} a finding from at least one study in this base."]
    if facts.studied:
        changed = number_with_verb(facts.with_outcome, "of them has", "of them have")
        sentences.append(f"{changed} a finding about a change, and not only about the process.")
    without = facts.places - facts.studied
    if without:
        named = f"; participants of the review named {facts.testimony_only} of them" if facts.has_testimony else ""
        sentences.append(f"{_has(without, facts.places, facts.unit)} no finding{named}.")
    return " ".join(sentences)


def _crossing_statement(facts: CrossingFacts) -> str:
    return f"{_has(facts.filled, facts.cells, 'cell')} at least one study."


def _has(count: int, total: int, noun: str) -> str:
    """Return ``16 of 22 outcome domains have``."""
    return f"{count} of {plural(total, noun)} {'has' if 1 in (count, total) else 'have'}"


def _crossing_note(facts: CrossingFacts, result: Result, framework: Framework) -> str:
    has = number_with_verb(facts.uncoded, "has", "have")
    uncoded = f" Of {plural(facts.studies, 'study')}, {has} no code for one of the two facets."
    return "Each cell and each total counts a study once." + (uncoded if facts.uncoded else "")


WORDING = Wording(
    question=_question,
    statement=_statement,
    caution=(
        "The table shows where there is evidence, and not what the evidence says. An empty cell does not mean that "
        "there is no effect."
    ),
    notes={
        MAP: _MAP_NOTE_WITH_GAPS,
        DETAILED_MAP: _MAP_NOTE_WITH_GAPS,
        CHART: _MAP_NOTE,
        **{f"matrix.{rows}-by-{columns}": _crossing_note for rows, columns in product(FACETS, repeat=2)},
    },
)
