"""The report of ``gaps NAME``: analyses in full."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coprod_review.gaps.reliability import criteria_of
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.attribution import attributed_apart, more_in_pool
from coprod_review.phrasing.base_summary import base_summary_lines, finding_sources
from coprod_review.phrasing.figure_details import figure_in_full
from coprod_review.phrasing.figures import reason_in_words, unknown_count
from coprod_review.phrasing.filters import filters_sentence
from coprod_review.phrasing.gaps import gap_observation, gap_statement, general_gap_statement, more_of_type
from coprod_review.phrasing.reliability import reliability_sentence
from coprod_review.reports.gaps_payload import gaps_payload
from coprod_review.reports.request import DEFAULT_REQUEST, ReportRequest
from coprod_review.results.chart import Chart
from coprod_review.results.figure import Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Table

_MAX_LISTED_GAPS = 25
"""Gaps of one type that are listed one by one; of a type with more gaps, only the first few are listed."""
_FIRST_GAPS = 3
"""Gaps that are listed of a type with more than ``_MAX_LISTED_GAPS``."""

_COLUMNS = (
    "analysis", "figure", "label", "definition", "unit", "numerator", "denominator", "pool", "value", "interval_low",
    "interval_high", "interval_level", "interval_sides", "interval_method", "unknown", "unknown_low", "unknown_high",
    "leave_one_out_low", "leave_one_out_high", "primary_numerator", "primary_denominator", "primary_value", "practices",
    "counted", "attributed_numerator", "attributed_denominator", "attributed_pool", "attributed_counted",
    "attributed_removed", "reason", "why",
)  # fmt: skip


def analyses_report(base: EvidenceBase, results: Sequence[Result], request: ReportRequest = DEFAULT_REQUEST) -> Report:
    """Return a report with every result in full: statement, figures, tables, gaps and caution."""
    about = base.framework.about
    return Report(
        title=about.title,
        lead=(
            *base_summary_lines(base, request.filters),
            finding_sources(base),
            *((about.selection,) if about.selection else ()),
            *filter(None, (reliability_sentence(criteria_of(results), about),)),
        ),
        sections=(*(section for result in results for section in _sections(result, base.framework, request)),),
        payload=lambda: gaps_payload(base, results, request),
        spreadsheet=lambda: figures_spreadsheet(results, request),
        charts=charts_with_caution(base, results, request),
    )


def charts_with_caution(base: EvidenceBase, results: Sequence[Result], request: ReportRequest) -> tuple[Chart, ...]:
    """Return the charts of some results, each with the caution of the base and the filters of the request.

    A picture is often shown without its report, so it has to carry both itself.
    """
    about = base.framework.about
    filters = f" {filters_sentence(request.filters)}" if request.filters else ""
    return tuple(
        replace(chart, caution=f"{about.caution}{filters} {chart.caution}")
        for result in results
        for chart in words.charts(result, base.framework)
    )


def _sections(result: Result, framework: Framework, request: ReportRequest) -> Iterator[Section]:
    bars = (bar for chart in words.charts(result, framework)[:1] for bar in chart.bars)
    missing = words.missing_sentence(result, framework)
    caution = words.caution(result, framework)
    paragraphs = (words.statement(result, framework), missing, f"Caution: {caution}" if caution else "")
    yield Section(
        heading=f"{result.analysis}: {words.question(result, framework)}",
        paragraphs=tuple(text for text in paragraphs if text),
        bars=tuple(bar for bar in bars if bar.total),
        points=tuple(_figure_points(result, request, framework.codebook)),
        tables=tuple(_with_example_command(table, request) for table in words.tables(result, framework)),
    )
    gaps = tuple(_gap_points(result, framework, request))
    if gaps or result.general_gaps:
        yield Section(
            heading=f"{result.analysis}: gaps",
            points=(*gaps, *(general_gap_statement(gap, framework) for gap in result.general_gaps)),
        )


def _figure_points(result: Result, request: ReportRequest, codebook: Codebook) -> Iterator[Point]:
    """Yield the figures that are listed one by one, each definition only where it differs from the one before."""
    previous = None
    for figure in result.figures:
        if result.figures_in_full is None or figure.id in result.figures_in_full:
            text = figure_in_full(figure, codebook, with_definition=figure.definition != previous)
            yield Point(text, request.why_command(figure.id))
            previous = figure.definition


def _gap_points(result: Result, framework: Framework, request: ReportRequest) -> Iterator[Point]:
    """Yield the gaps in the order of the result; of a type with very many gaps, the first ones and a count."""
    totals = Counter(gap.type for gap in result.gaps)
    so_far: Counter[str] = Counter()
    for gap in result.gaps:
        so_far[gap.type] += 1
        if totals[gap.type] <= _MAX_LISTED_GAPS or so_far[gap.type] <= _FIRST_GAPS:
            yield Point(f"{gap_statement(gap, framework)} [{gap.type}: {gap_observation(gap, framework)}].")
        elif so_far[gap.type] == totals[gap.type]:
            yield Point(more_of_type(totals[gap.type] - _FIRST_GAPS, gap.type))
    if result.gaps:
        yield Point(
            "To see the studies behind a gap, for example the first:", request.why_command(result.gaps[0].opens)
        )


def _with_example_command(table: Table, request: ReportRequest) -> Table:
    """Return the table with the command that shows one of its cells: the first with a count above zero."""
    counts = [(name, count.n) for name, _, count in table.cells()]
    first = next((name for name, n in counts if n), counts[0][0] if counts else "")
    return replace(table, example_command=request.why_command(first)) if first else table


def figures_spreadsheet(results: Sequence[Result], request: ReportRequest = DEFAULT_REQUEST) -> Table:
    """Return a table with a row for each figure; where the results have no figure, their first table."""
    figures = [(result.analysis, figure) for result in results for figure in result.figures]
    tables = [table for result in results for table in result.tables]
    if not figures and tables:
        return attributed_apart(tables[0])
    return Table("Figures", _COLUMNS, tuple(_row(analysis, figure, request) for analysis, figure in figures))


def _row(analysis: str, f: Figure, request: ReportRequest) -> tuple[Cell, ...]:
    i, u, o, p, a = f.interval, f.unknown, f.leave_one_out, f.primary_only, f.attributed
    return (
        analysis, f.id, f.label, f.definition, f.unit, f.numerator, f.denominator,
        None if f.denominator is None else f.denominator + unknown_count(f), f.value,
        *((i.low, i.high, i.level, i.sides, i.method) if i else (None,) * 5),
        *((u.count, u.low, u.high) if u else (None,) * 3),
        *((o.low, o.high) if o else (None,) * 2),
        *((p.numerator, p.denominator, p.value) if p else (None,) * 3),
        " ".join(f"{part.practice}={part.numerator}/{part.denominator}/{part.unknown}" for part in f.practices),
        " ".join(f.numerator_ids),
        *((a.numerator, a.denominator, more_in_pool(f), " ".join(a.numerator_ids), " ".join(a.removed_ids)) if a
          else (None,) * 5),
        reason_in_words(f) or None, request.why_command(f.id),
    )  # fmt: skip
