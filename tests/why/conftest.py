"""Every figure and every cell of the bundled base, opened once for all tests."""

import functools
from collections.abc import Sequence

import pytest

from coprod_review.gaps.analysis import Options
from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.reports.gaps import results_of
from coprod_review.reports.request import ReportRequest
from coprod_review.results.result import Result
from coprod_review.why import lookup
from tests.bases import SAMPLE
from tests.recount import recount
from tests.why.opened import CROSSED, Opened, open_id


@pytest.fixture(scope="session")
def results(bundled: EvidenceBase) -> tuple[Result, ...]:
    """Every analysis of the bundled base, the map of single outcomes, and some crossings."""
    options = (Options(detail=True), *(Options(rows=rows, cols=cols) for rows, cols in CROSSED))
    more = [result for chosen in options for result in results_of(bundled, ["matrix"], ReportRequest(options=chosen))]
    return (*results_of(bundled, list(ANALYSES)), *more)


@pytest.fixture(scope="session")
def opened(bundled: EvidenceBase, results: tuple[Result, ...]) -> Opened:
    """Every figure and every cell opened; each analysis is run once, which is all that is spared."""
    figures = [f.id for result in results for f in result.figures]
    cells = [name for result in results for table in result.tables for name, _, _ in table.cells()]

    @functools.cache
    def once(name: str, options: Options) -> tuple[Result, ...]:
        return results_of(bundled, [name], ReportRequest(options=options))

    def remembered(base: EvidenceBase, names: Sequence[str], asked: ReportRequest) -> tuple[Result, ...]:
        assert base is bundled
        return tuple(result for name in names for result in once(name, asked.options))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookup, "results_of", remembered)
        return Opened(*({i: open_id(bundled, i) for i in dict.fromkeys(names)} for names in (figures, cells)))


@pytest.fixture(scope="session")
def raw() -> recount.Base:
    """The files of the bundled base as they are written."""
    return recount.read(SAMPLE)
