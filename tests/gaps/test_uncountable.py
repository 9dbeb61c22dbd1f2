"""A figure whose kinds the codebook does not have cannot be counted: never 0, never 100%, and it says what to add."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from coprod_review.gaps.registry import AnalysisResults
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.figure import Figure

FIGURES: Mapping[str, tuple[str, ...]] = {
    "directions": ("direction.against", "direction.harm"),
    "looked_for_harm": ("direction.looked-for-harm",),
    "measurements": ("measurement.scale-or-records", "measurement.scale"),
    "cost_measures": ("lasting.cost", "lasting.economic-evaluation"),
    "follow_up": ("lasting.over-6-months", "lasting.over-24-months"),
    "definitions": ("principles.definition",),
    "mentions": ("principles.any", "principles.all"),
    "involvement": ("involvement.chose-outcomes",),
    "rungs": ("involvement.co-production", "involvement.co-design-or-above", "involvement.label-gap"),
    "population_codes": ("representation.unpaid-carers", "representation.unpaid-carers.included"),
}
"""Figures that need kinds of a vocabulary."""


def _without_kinds(framework: Framework, name: str) -> Framework:
    vocabulary = framework.codebook.vocabularies[name]
    plain = replace(vocabulary, terms=tuple(replace(term, kind=None) for term in vocabulary.terms))
    vocabularies = {**framework.codebook.vocabularies, name: plain}
    return replace(framework, codebook=replace(framework.codebook, vocabularies=vocabularies))


def _figures(base: EvidenceBase, framework: Framework) -> dict[str, Figure]:
    return {f.id: f for result in AnalysisResults(base.studies, framework).all() for f in result.figures}


@pytest.mark.parametrize(("vocabulary", "names"), FIGURES.items())
def test_figure_without_its_kinds_has_no_number(vocabulary: str, names: tuple[str, ...], bundled: EvidenceBase) -> None:
    figures = _figures(bundled, _without_kinds(bundled.framework, vocabulary))
    for name in names:
        figure = figures[name]
        assert (figure.numerator, figure.value, figure.interval, figure.reason) == (None, None, None, "no_kind"), name
        assert figure.lacks[0] == vocabulary
        assert figure_in_words(figure).startswith(f"cannot be counted because the vocabulary {vocabulary} does not say")


def test_other_figures_stay_as_they_are(bundled: EvidenceBase) -> None:
    known = _figures(bundled, bundled.framework)
    for vocabulary in ("measurements", "looked_for_harm", "cost_measures"):
        changed = _figures(bundled, _without_kinds(bundled.framework, vocabulary))
        same = known.keys() - set(FIGURES[vocabulary])
        assert {name: changed[name].numerator for name in same} == {name: known[name].numerator for name in same}


def test_no_gap_is_named_for_groups_without_a_code_for_focus(bundled: EvidenceBase) -> None:
    framework = _without_kinds(bundled.framework, "population_codes")
    results = AnalysisResults(bundled.studies, framework)
    assert AnalysisResults(bundled.studies, bundled.framework)["representation"].gaps
    assert results["representation"].gaps == results["intersections"].gaps == ()
