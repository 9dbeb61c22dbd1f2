"""The registry of analyses, by the name that commands take.

A module of ``gaps/analyses`` declares an ``ANALYSIS``; its line below makes it known to every command.
"""

from collections.abc import Iterable, Mapping
from typing import Any

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
from coprod_review.gaps.analysis import DEFAULT_OPTIONS, Analysis, Options
from coprod_review.gaps.attribution import read_studies, with_attributed
from coprod_review.gaps.families import first_entries, with_first_entries
from coprod_review.gaps.published_figures import with_published
from coprod_review.model.base import Framework
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.suggestions import not_found_message

ANALYSES: Mapping[str, Analysis] = {
    analysis.name: analysis
    for analysis in (
        focus.ANALYSIS,
        representation.ANALYSIS,
        beneficiaries.ANALYSIS,
        matrix.ANALYSIS,
        sector.ANALYSIS,
        principles.ANALYSIS,
        direction.ANALYSIS,
        care_act.ANALYSIS,
        measurement.ANALYSIS,
        reporting.ANALYSIS,
        overlap.ANALYSIS,
        appraisal.ANALYSIS,
        testimony.ANALYSIS,
        involvement.ANALYSIS,
        lasting.ANALYSIS,
        intersections.ANALYSIS,
        currency.ANALYSIS,
        claims.ANALYSIS,
        recommendations.ANALYSIS,
    )
}
"""Every analysis by its name, in the order of its value to a reader."""


def find_analysis(name: str) -> Analysis:
    """Return the analysis of a name. Raises ``UnknownName`` with the nearest name."""
    if name in ANALYSES:
        return ANALYSES[name]
    every = f"Analyses: {', '.join(ANALYSES)}."
    raise UnknownName(not_found_message(f"There is no analysis `{name}`", name, ANALYSES, every))


class AnalysisResults:
    """The results of the analyses of some studies, each computed once, when it is first asked for."""

    def __init__(self, studies: Iterable[Study], framework: Framework, options: Options = DEFAULT_OPTIONS) -> None:
        """Take the studies, the framework that they are coded in, and the options of the analyses."""
        self.studies, self.framework, self.options = tuple(studies), framework, options
        self._read = read_studies(self.studies, framework)
        self._first_entries = first_entries(self.studies, self.framework.codebook)
        self._results: dict[str, Result] = {}

    def __getitem__(self, name: str) -> Result:
        """Return the result of an analysis, its figures with the published numbers that name them.

        Raises ``UnknownName`` for an analysis or facet that does not exist.
        """
        if name not in self._results:
            self._results[name] = self._run(find_analysis(name))
        return self._results[name]

    def of(self, names: Iterable[str]) -> tuple[Result, ...]:
        """Return the results of the named analyses, in the order given."""
        return tuple(self[name] for name in names)

    def all(self) -> tuple[Result, ...]:
        """Return the result of every analysis, in the order of the registry."""
        return self.of(ANALYSES)

    def with_options(self, options: Options) -> "AnalysisResults":
        """Return the results for other options, or these results if the options are the same."""
        return self if options == self.options else AnalysisResults(self.studies, self.framework, options)

    def _run(self, analysis: Analysis) -> Result:
        lacking = next((need for need in analysis.needs if not _has(need, self.framework)), "")
        if lacking:
            return Result(analysis.name, switched_off=lacking)
        arguments = {option: getattr(self.options, option) for option in analysis.options}
        if analysis.uses_other_figures:
            arguments["figures"] = self._measuring_figures()
        result = self._over(self._read, analysis, arguments)
        if self.framework.review and self._read != self.studies:
            full = self._over(self.studies, analysis, arguments)
            result = with_attributed(result, full, self.framework.review.id, self.framework.review_name)
        return with_published(result, self.framework)

    def _over(self, studies: tuple[Study, ...], analysis: Analysis, arguments: Mapping[str, Any]) -> Result:
        return with_first_entries(analysis.analyse(studies, self.framework, **arguments), self._first_entries)

    def _measuring_figures(self) -> dict[str, Figure]:
        """Return the figures that recommendations are measured by, by id."""
        ids = {identity for r in self.framework.recommendations for identity in r.measured_by}
        names = dict.fromkeys(analysis_of(identity) for identity in sorted(ids))
        sources = [name for name in names if name in ANALYSES and not ANALYSES[name].uses_other_figures]
        return {figure.id: figure for result in self.of(sources) for figure in result.figures}


def _has(need: str, framework: Framework) -> bool:
    """Return whether a base has what an analysis needs: its review, its scope, or terms of a vocabulary."""
    if need == "review":
        return framework.review is not None
    if need == "scope":
        return framework.about.scope.sector is not None
    return any(term.id != NOT_CODED for term in framework.codebook.terms(need))


def analysis_of(identity: str) -> str:
    """Return the name of the analysis that a figure, table or cell belongs to."""
    return identity.partition(".")[0]


def run_analyses(
    names: Iterable[str], studies: Iterable[Study], framework: Framework, options: Options = DEFAULT_OPTIONS
) -> tuple[Result, ...]:
    """Run the named analyses, in the order given. Raises ``UnknownName`` for a name or facet that does not exist."""
    return AnalysisResults(studies, framework, options).of(names)


def all_results(
    studies: Iterable[Study], framework: Framework, options: Options = DEFAULT_OPTIONS
) -> tuple[Result, ...]:
    """Run every analysis, in the order of the registry."""
    return AnalysisResults(studies, framework, options).all()
