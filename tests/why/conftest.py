"""Every figure and every cell of the bundled base, opened once for all tests."""

import pytest

from coprod_review.gaps.analysis import Options
from coprod_review.gaps.registry import AnalysisResults
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.results.result import Result
from tests.bases import SAMPLE
from tests.recount import reading
from tests.why.opened import CROSSED, Opened, open_id


class KeptResults(AnalysisResults):
    """Results that are kept under other options too, so that each analysis runs once for all tests."""

    def __init__(self, base: EvidenceBase) -> None:
        super().__init__(base.studies, base.framework)
        self._with_options: dict[Options, AnalysisResults] = {}

    def with_options(self, options: Options) -> AnalysisResults:
        return self._with_options.setdefault(options, super().with_options(options))


@pytest.fixture(scope="session")
def kept(bundled: EvidenceBase) -> KeptResults:
    """The results of the bundled base."""
    return KeptResults(bundled)


@pytest.fixture(scope="session")
def results(kept: KeptResults) -> tuple[Result, ...]:
    """Every analysis of the bundled base, the map of single outcomes, and some crossings."""
    options = (Options(detail=True), *(Options(rows=rows, cols=cols) for rows, cols in CROSSED))
    return (*kept.all(), *(kept.with_options(chosen)["matrix"] for chosen in options))


@pytest.fixture(scope="session")
def opened(bundled: EvidenceBase, kept: KeptResults, results: tuple[Result, ...]) -> Opened:
    """Every figure and every cell opened."""
    figures = [f.id for result in results for f in result.figures]
    cells = [name for result in results for table in result.tables for name, _, _ in table.cells()]
    return Opened(*({i: open_id(bundled, i, kept) for i in dict.fromkeys(names)} for names in (figures, cells)))


@pytest.fixture(scope="session")
def raw() -> reading.Base:
    """The files of the bundled base as they are written."""
    return reading.read(SAMPLE)
