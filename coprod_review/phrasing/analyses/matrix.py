"""The evidence map and crossings of two facets, in words."""

from itertools import product

from coprod_review.gaps.analyses.matrix import CHART, DETAILED_MAP, MAP, QUESTION, CrossingFacts, MapFacts
from coprod_review.model.base import Framework
from coprod_review.model.facets import FACETS, find_facet
from coprod_review.phrasing.analyses.shared import more_places
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.attribution import according_to
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
    every = result.all_findings.facts if result.all_findings else facts
    review = according_to(framework.review_name) if framework.review else ""
    if isinstance(facts, MapFacts) and isinstance(every, MapFacts):
        return _map_statement(facts, every, review)
    assert isinstance(facts, CrossingFacts)
    assert isinstance(every, CrossingFacts)
    return _crossing_statement(facts, every, review)


def _map_statement(facts: MapFacts, every: MapFacts, review: str) -> str:
    """Return where there are findings: what was read, what the review adds to it, and where there is nothing."""
    studied = _has(facts.studied, facts.places, facts.unit)
    sentences = [f"{studied} a finding from at least one study in this base."]
    if facts.studied:
        changed = number_with_verb(facts.with_outcome, "of them has", "of them have")
        sentences.append(f"{changed} a finding about a change, and not only about the process.")
    added = every.studied - facts.studied, every.with_outcome - facts.with_outcome
    sentences += [more_places(*added, review)] if any(added) else []
    without = every.places - every.studied
    if without:
        named = f"; participants of the review named {every.testimony_only} of them" if every.has_testimony else ""
        neither = " of either kind" if every.studied > facts.studied else ""
        sentences.append(f"{_has(without, every.places, every.unit)} no finding{neither}{named}.")
    return " ".join(sentences)


def _crossing_statement(facts: CrossingFacts, every: CrossingFacts, review: str) -> str:
    more = every.filled - facts.filled
    added = f"; {review}, {number_with_verb(more, 'more has', 'more have')} one" if more else ""
    return f"{_has(facts.filled, facts.cells, 'cell')} at least one study{added}."


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
