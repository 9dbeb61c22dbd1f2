"""Work that grows in step with a base, and is done once."""

import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.generate import write
from coprod_review.cli import completion
from coprod_review.gaps.analyses import beneficiaries, lasting
from coprod_review.loading import discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.study import eligible
from coprod_review.reports.gaps import results_of
from coprod_review.results.figure import Figure
from coprod_review.results.member import Member
from coprod_review.validate import base_cache, valid_base
from coprod_review.why import members, payload

pytestmark = pytest.mark.slow


class Compared(str):
    """An id that counts how often one is compared with another."""

    __slots__ = ()
    __hash__ = str.__hash__
    times = 0

    def __eq__(self, other: object) -> bool:
        Compared.times += 1
        return str(self) is str(other) or str.__eq__(self, other)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Compared, "times", 0)


def _share(base: EvidenceBase) -> Figure:
    """The share of studies on outcomes, with ids that count."""
    (result,) = results_of(base, ["focus"])
    figure = next(f for f in result.figures if f.id == "focus.outcome-share")
    counted, among, undecided = (
        tuple(map(Compared, i)) for i in (figure.numerator_ids, figure.denominator_ids, figure.unknown_ids)
    )
    return replace(figure, numerator_ids=counted, denominator_ids=among, unknown_ids=undecided)


@pytest.mark.usefixtures("counting")
def test_opening_a_figure_is_linear(tmp_path: Path) -> None:
    write(1_000, tmp_path / "base")
    base = discovery.read_base(tmp_path / "base")
    counted = members.members_of(_share(base), base)
    assert len(counted) == len(eligible(base.studies, base.framework.codebook)) > 500
    assert Compared.times < 20 * len(counted)


def test_most_influential_studies_in_linear_time() -> None:
    figure = Figure("x.share", "X", "d", 10_000, 20_000, 0.5)
    counted = [Member(f"{n}", "counted", value_without=0.4 if n % 2 else 0.45) for n in range(20_000)]
    start = time.process_time()
    assert len(payload.most_influential(counted, figure)) == 10_000
    assert time.process_time() - start < 1, "every study is measured against the largest of all anew"


@pytest.mark.parametrize("analysis", [beneficiaries, lasting])
def test_the_eligible_studies_are_found_once_for_all_figures(
    analysis: ModuleType, bundled: EvidenceBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    eligible = analysis.eligible

    def counted(studies: Any, codebook: Any) -> Any:
        asked.append(1)
        return eligible(studies, codebook)

    monkeypatch.setattr(analysis, "eligible", counted)
    analysis.analyse(bundled.studies, bundled.framework)
    assert len(asked) == 1


def test_shell_completion_uses_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    base_cache.load(None, skip_invalid=False)

    def read(*_: Any, **__: Any) -> EvidenceBase:
        raise AssertionError("the base is read again")

    monkeypatch.setattr(valid_base, "load", read)
    assert completion.complete_figures("focus.outcome-s") == ["focus.outcome-share"]
