"""An analysis without its vocabulary or part is switched off, and says why; no figure is zero for that reason."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from coprod_review.gaps.registry import ANALYSES, run_analyses
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework, Scope
from coprod_review.phrasing.analyses import registry as words

NEEDS: Mapping[str, str] = {
    "representation": "groups",
    "principles": "principles",
    "sector": "scope",
    "direction": "directions",
    "care-act": "care_act",
    "measurement": "measurements",
    "reporting": "characteristics",
    "testimony": "review",
    "involvement": "involvement",
    "lasting": "follow_up",
    "intersections": "groups",
    "claims": "review",
    "recommendations": "review",
}


REASONS = {"review": "this base has no review", "scope": "the base does not state the sector of its scope"}


def _without(framework: Framework, need: str) -> Framework:
    if need == "review":
        return replace(framework, review=None)
    if need == "scope":
        return replace(framework, about=replace(framework.about, scope=Scope()))
    left = {name: v for name, v in framework.codebook.vocabularies.items() if name != need}
    return replace(framework, codebook=replace(framework.codebook, vocabularies=left))


def test_every_need_is_listed() -> None:
    assert {name: analysis.needs[0] for name, analysis in ANALYSES.items() if analysis.needs} == NEEDS


@pytest.mark.parametrize(("name", "need"), NEEDS.items())
def test_analysis_is_switched_off_with_its_reason(name: str, need: str, bundled: EvidenceBase) -> None:
    framework = _without(bundled.framework, need)
    (result,) = run_analyses([name], bundled.studies, framework)
    assert (result.switched_off, result.figures, result.tables, result.gaps, result.charts) == (need, (), (), (), ())
    part = REASONS.get(need, f"the codebook has no vocabulary {need}")
    assert part in words.statement(result, framework)
    assert words.caution(result, framework) == words.missing_sentence(result, framework) == ""
    assert words.tables(result, framework) == ()
    assert words.charts(result, framework) == ()


@pytest.mark.parametrize("name", NEEDS)
def test_analysis_runs_with_what_it_needs(name: str, bundled: EvidenceBase) -> None:
    (result,) = run_analyses([name], bundled.studies, bundled.framework)
    assert result.switched_off == ""
