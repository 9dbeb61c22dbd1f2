"""The registry of analyses, by the name that commands take.

An analysis is a module with ``QUESTION`` and ``analyse(studies, framework, ...) -> Result``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from coprod_review.errors import UnknownName
from coprod_review.gaps.analyses import (
    appraisal,
    beneficiaries,
    care_act,
    claims,
    currency,
    direction,
    focus,
    intersections,
    involvement,
    lasting,
    matrix,
    measurement,
    overlap,
    principles,
    recommendations,
    reporting,
    representation,
    sector,
    testimony,
)
from coprod_review.gaps.published_figures import with_published
from coprod_review.model.base import Framework
from coprod_review.model.study import Study
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.suggestions import not_found_message


@dataclass(frozen=True, slots=True)
class Options:
    """The options of analyses; each analysis takes those that it declares."""

    definition: focus.Definition = "strict"
    rows: str = "stakeholder"
    cols: str = "domain"
    detail: bool = False


DEFAULT_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis, with the arguments that it takes."""

    analyse: Callable[..., Result]
    options: tuple[str, ...] = ()
    """Fields of ``Options`` that are passed to it."""
    uses_other_figures: bool = False
    """Whether it takes the figures of other analyses that recommendations are measured by."""


ANALYSES: Mapping[str, Analysis] = {
    "focus": Analysis(focus.analyse, ("definition",)),
    "representation": Analysis(representation.analyse),
    "beneficiaries": Analysis(beneficiaries.analyse),
    "matrix": Analysis(matrix.analyse, ("rows", "cols", "detail")),
    "sector": Analysis(sector.analyse),
    "principles": Analysis(principles.analyse),
    "direction": Analysis(direction.analyse),
    "care-act": Analysis(care_act.analyse),
    "measurement": Analysis(measurement.analyse),
    "reporting": Analysis(reporting.analyse),
    "overlap": Analysis(overlap.analyse),
    "appraisal": Analysis(appraisal.analyse),
    "testimony": Analysis(testimony.analyse),
    "involvement": Analysis(involvement.analyse),
    "lasting": Analysis(lasting.analyse),
    "intersections": Analysis(intersections.analyse),
    "currency": Analysis(currency.analyse),
    "claims": Analysis(claims.analyse),
    "recommendations": Analysis(recommendations.analyse, uses_other_figures=True),
}
"""Every analysis, in the order of its value to a reader."""


def find_analysis(name: str) -> Analysis:
    """Return the analysis of a name. Raises ``UnknownName`` with the nearest name."""
    if name in ANALYSES:
        return ANALYSES[name]
    every = f"Analyses: {', '.join(ANALYSES)}."
    raise UnknownName(not_found_message(f"There is no analysis `{name}`", name, ANALYSES, every))


def run_analyses(
    names: Iterable[str], studies: Iterable[Study], framework: Framework, options: Options = DEFAULT_OPTIONS
) -> tuple[Result, ...]:
    """Run the named analyses, in the order given. Raises ``UnknownName`` for a name or facet that does not exist.

    Each analysis runs once, even if another one uses its figures. Every figure is returned with the published numbers
    that name it.
    """
    studies = tuple(studies)

    @cache
    def result(name: str) -> Result:
        analysis = find_analysis(name)
        arguments = {option: getattr(options, option) for option in analysis.options}
        if analysis.uses_other_figures:
            arguments["figures"] = _measuring_figures(framework, result)
        return with_published(analysis.analyse(studies, framework, **arguments), framework)

    return tuple(result(name) for name in names)


def _measuring_figures(framework: Framework, result: Callable[[str], Result]) -> dict[str, Figure]:
    """Return the figures that recommendations are measured by, by id."""
    ids = {identity for r in framework.recommendations for identity in r.measured_by}
    names = dict.fromkeys(identity.partition(".")[0] for identity in sorted(ids))
    sources = [name for name in names if name in ANALYSES and not ANALYSES[name].uses_other_figures]
    return {figure.id: figure for name in sources for figure in result(name).figures}


def all_results(
    studies: Iterable[Study], framework: Framework, options: Options = DEFAULT_OPTIONS
) -> tuple[Result, ...]:
    """Run every analysis, in the order of the registry."""
    return run_analyses(ANALYSES, studies, framework, options)
