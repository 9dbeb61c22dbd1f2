"""What an analysis is: its name, its question, the options that it takes, and the function that computes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from coprod_review.results.result import Result

Definition = Literal["strict", "broad"]
"""A definition of an outcome."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of analyses; each analysis takes those that it declares."""

    definition: Definition = "strict"
    rows: str = "stakeholder"
    cols: str = "domain"
    detail: bool = False


DEFAULT_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis, as its module declares it."""

    name: str
    """Name that commands take and that begins the ids of its figures and tables."""
    question: str
    """The question, in which ``{practice}`` and other words of the subject are filled in, as in ``Subject.fill``."""
    analyse: Callable[..., Result]
    """Takes studies, the framework, and the options that are declared here."""
    options: tuple[str, ...] = ()
    """Fields of ``Options`` that are passed to it."""
    needs: tuple[str, ...] = ()
    """Vocabularies, or ``review`` or ``scope``, without which the analysis has nothing to ask and is switched off."""
    uses_other_figures: bool = False
    """Whether it takes the figures of other analyses that recommendations are measured by."""
