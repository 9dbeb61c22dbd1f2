"""The report of ``gaps``, and the results, ids and checks that other reports share with it."""

from collections.abc import Sequence
from itertools import chain

from coprod_review.errors import InvalidBase
from coprod_review.gaps.registry import ANALYSES, find_analysis, run_analyses
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import eligible
from coprod_review.phrasing.analyses import registry as words
from coprod_review.reports.analyses import analyses_report
from coprod_review.reports.overview import overview_report
from coprod_review.reports.request import DEFAULT_REQUEST, ReportRequest
from coprod_review.results.report import Report
from coprod_review.results.result import Result


def gaps_report(base: EvidenceBase, names: Sequence[str] = (), request: ReportRequest = DEFAULT_REQUEST) -> Report:
    """Return the report of ``gaps``: the overview without names, else the named analyses in full.

    Raises ``UnknownName`` for an analysis or facet that does not exist, and
    ``InvalidBase`` where no study is left to analyse.
    """
    for name in names:
        find_analysis(name)
    require_studies(base, request)
    results = results_of(base, tuple(dict.fromkeys(names)) or tuple(ANALYSES), request)
    return analyses_report(base, results, request) if names else overview_report(base, results, request)


def results_of(
    base: EvidenceBase, names: Sequence[str], request: ReportRequest = DEFAULT_REQUEST
) -> tuple[Result, ...]:
    """Run the named analyses on a base, with the options of the request."""
    return run_analyses(names, base.studies, base.framework, request.options)


def require_studies(base: EvidenceBase, request: ReportRequest = DEFAULT_REQUEST) -> None:
    """Raise ``InvalidBase`` where no study is left that counts as evidence."""
    if eligible(base.studies, base.framework.codebook):
        return
    if not base.framework.codebook.of_kind("roles", "counted"):
        raise InvalidBase(
            "The codebook does not say which roles count as evidence: write `kind: counted` below each of them in the "
            "vocabulary roles."
        )
    condition = (
        f"passes {'; '.join(request.filters)}"
        if request.filters
        else "is left (with a role that is counted, and the status active)"
    )
    raise InvalidBase(f"No study that counts as evidence {condition}, so there is nothing to analyse.")


def openable_ids(results: Sequence[Result], framework: Framework) -> tuple[str, ...]:
    """Return every id that ``why`` takes: of figures, tables, and cells of tables."""
    tables = [table for result in results for table in words.tables(result, framework) if table.row_ids]
    return tuple(
        chain(
            (figure.id for result in results for figure in result.figures),
            (table.id for table in tables),
            (name for table in tables for name, _, _ in table.cells()),
        )
    )
