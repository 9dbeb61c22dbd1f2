"""What is missing: every analysis by the name that commands take.

An analysis is a module with ``QUESTION`` and
``analyse(studies, framework, ...) -> Result``.
"""

from collections.abc import Callable, Iterable, Mapping

from coprod_review.gaps import care_act, focus, matrix, principles, representation, sector, testimony
from coprod_review.models import Framework, Study
from coprod_review.results import Result

Analyse = Callable[..., Result]

ANALYSES: Mapping[str, Analyse] = {
    "focus": focus.analyse,
    "representation": representation.analyse,
    "matrix": matrix.analyse,
    "sector": sector.analyse,
    "principles": principles.analyse,
    "care-act": care_act.analyse,
    "testimony": testimony.analyse,
}
"""Analyses in the order of their value to a reader."""


def all_results(studies: Iterable[Study], framework: Framework) -> tuple[Result, ...]:
    """Every analysis with its defaults, in order."""
    held = tuple(studies)
    return tuple(analyse(held, framework) for analyse in ANALYSES.values())
