"""What the words of an analysis are: its sentences, and the notes of its tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coprod_review.model.base import Framework
from coprod_review.results.result import Result
from coprod_review.results.table import Table

Sentence = Callable[[Any, Result, Framework], str]
"""A function from the facts of an analysis, its result and the framework to one sentence or a few."""


def _no_tables(result: Result, framework: Framework) -> tuple[Table, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Missing:
    """What the base lacks for an analysis, and what to do about it."""

    lack: str | Sentence
    """A clause, such as ``no study has a recorded appraisal``."""
    remedy: str | Sentence
    """An instruction to a coder, such as ``record the tool under appraisal``."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one analysis.

    The words of the subject are filled into its texts, as in ``Subject.fill``; its functions fill them in themselves.
    """

    statement: Sentence
    """What the analysis found."""
    caution: str | Sentence
    """What may not be concluded from it; empty for the caution of the base."""
    missing: Mapping[str, Missing] = field(default_factory=dict)
    """What the base lacks and what to code, by the names in ``Result.missing``."""
    notes: Mapping[str, str | Sentence] = field(default_factory=dict)
    """Notes below tables, by the id of the table."""
    question: Sentence | None = None
    """The question, where the options of the analysis change it."""
    tables: Callable[[Result, Framework], tuple[Table, ...]] = _no_tables
    """Further tables, which consist of words."""
