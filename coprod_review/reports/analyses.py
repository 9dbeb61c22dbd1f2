"""The report of ``gaps NAME``: analyses in full."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.phrasing.figures import unknown_of
from coprod_review.reports.base_summary import base_summary_lines, finding_sources
from coprod_review.reports.figure_text import figure_in_full
from coprod_review.reports.gaps_payload import payload
from coprod_review.reports.request import DEFAULT_REQUEST, ReportRequest
from coprod_review.results.figure import Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Chart, Table


def analyses_report(base: EvidenceBase, results: Sequence[Result], request: ReportRequest = DEFAULT_REQUEST) -> Report:
    """Every result in full: statement, figures with what stands beside them, gaps, tables, caution."""
    about = base.framework.about
    codebook = base.framework.codebook
    return Report(
        title=about.title,
        lead=(
            *base_summary_lines(base, request.filters),
            finding_sources(base),
            *((about.selection,) if about.selection else ()),
        ),
        sections=(
            *(section for result in results for section in _sections(result, request, codebook)),
            Section("", paragraphs=(thresholds(base.framework),)),
        ),
        payload=lambda: payload(base, results, request),
        spreadsheet=lambda: spreadsheet(results, request),
        charts=charts_with_caution(base, results, request),
    )


def charts_with_caution(base: EvidenceBase, results: Sequence[Result], request: ReportRequest) -> tuple[Chart, ...]:
    """The pictures of some analyses with the caution of the base, and the filters: a picture travels alone."""
    about = base.framework.about
    part = f" Only what passes: {'; '.join(request.filters)}." if request.filters else ""
    return tuple(
        replace(chart, caution=f"{about.caution}{part} {chart.caution or r.caution}".strip())
        for r in results
        for chart in r.charts
    )


def thresholds(framework: Framework) -> str:
    """The thresholds of the gap rules in one sentence; rules that share one number are told together, last."""
    rules = {r.id: " and ".join(map(str, r.thresholds.values())) for r in framework.codebook.gap_rules if r.thresholds}
    if not rules:
        return "No gap rule has a threshold."
    (usual, times), *_ = Counter(rules.values()).most_common(1)
    own = [f"{name} {numbers}" for name, numbers in rules.items() if numbers != usual or times == 1]
    rest = [f"{'the others' if own else 'all'} {usual}"] if times > 1 else []
    return f"Gap thresholds: {', '.join([*own, *rest])}."


def _sections(result: Result, request: ReportRequest, codebook: Codebook) -> Iterator[Section]:
    told = [f for f in result.figures if result.figures_in_full is None or f.id in result.figures_in_full]
    points = [
        Point(
            figure_in_full(f, codebook, with_definition=not n or told[n - 1].definition != f.definition),
            request.why_command(f.id),
        )
        for n, f in enumerate(told)
    ]
    bars = result.charts[0].bars if result.charts else ()
    said = result.missing.casefold() in result.statement.casefold()
    missing = () if said else (f"Missing: {result.missing}.",)
    yield Section(
        heading=f"{result.analysis}: {result.question}",
        paragraphs=(result.statement, *missing, f"Caution: {result.caution}"),
        bars=tuple(bar for bar in bars if bar.total),
        points=tuple(points),
        tables=tuple(_openable(table, request) for table in result.tables),
    )
    gaps = tuple(_gap_points(result, request))
    if gaps or result.general_gaps:
        yield Section(heading=f"{result.analysis}: gaps, in declared order", points=(*gaps, *result.general_gaps))


MANY_GAPS = 25
"""Gaps of one type that are told one by one; of more, the first few."""


def _gap_points(result: Result, request: ReportRequest) -> Iterator[Point]:
    """Gaps in the order of the result; a type that fires very often is told by its count and its first places."""
    times = Counter(gap.type for gap in result.gaps)
    told: Counter[str] = Counter()
    for gap in result.gaps:
        told[gap.type] += 1
        if times[gap.type] <= MANY_GAPS or told[gap.type] < 4:
            yield Point(f"{gap.statement} [{gap.type}: {gap.observed}].")
        elif told[gap.type] == times[gap.type]:
            yield Point(f"{times[gap.type] - 3} more of the kind {gap.type}, all of them in --format json.")
    if result.gaps:
        yield Point("Open the studies of a gap, here the first:", request.why_command(result.gaps[0].opens))


def _openable(table: Table, request: ReportRequest) -> Table:
    """The table with the command that opens one of its cells, the first that counts anything."""
    cells = [(name, count.n) for name, _, count in table.cells()]
    first = next((name for name, n in cells if n), cells[0][0] if cells else "")
    return replace(table, example_command=request.why_command(first)) if first else table


def gap_label(gap: str, framework: Framework) -> str:
    """The reader's word for a gap type."""
    rule = framework.codebook.rule(gap)
    return rule.label if rule else gap


def spreadsheet(results: Sequence[Result], request: ReportRequest = DEFAULT_REQUEST) -> Table:
    """One table: every figure a row; where there is no figure, the first table."""
    figures = [(result.analysis, figure) for result in results for figure in result.figures]
    tables = [table for result in results for table in result.tables]
    if not figures and tables:
        return tables[0]
    return Table("Figures", _COLUMNS, tuple(_row(analysis, figure, request) for analysis, figure in figures))


_COLUMNS = (
    "analysis", "figure", "label", "definition", "unit", "numerator", "denominator", "pool", "value", "interval_low",
    "interval_high", "interval_level", "interval_sides", "interval_method", "unknown", "unknown_low", "unknown_high",
    "leave_one_out_low", "leave_one_out_high", "primary_numerator", "primary_denominator", "primary_value", "practices",
    "counted", "reason", "why",
)  # fmt: skip


def _row(analysis: str, f: Figure, request: ReportRequest) -> tuple[Cell, ...]:
    i, u, o, p = f.interval, f.unknown, f.leave_one_out, f.primary_only
    return (
        analysis, f.id, f.label, f.definition, f.unit, f.numerator, f.denominator,
        None if f.denominator is None else f.denominator + unknown_of(f), f.value,
        *((i.low, i.high, i.level, i.sides, i.method) if i else (None,) * 5),
        *((u.count, u.low, u.high) if u else (None,) * 3),
        *((o.low, o.high) if o else (None,) * 2),
        *((p.numerator, p.denominator, p.value) if p else (None,) * 3),
        " ".join(f"{part.practice}={part.numerator}/{part.denominator}/{part.unknown}" for part in f.practices),
        " ".join(f.numerator_ids), f.reason, request.why_command(f.id),
    )  # fmt: skip
