"""The reports of ``why``: on a figure or table cell that is looked up by its id, or on what an id contains."""

from dataclasses import replace

from coprod_review.errors import UnknownName
from coprod_review.gaps.registry import ANALYSES, Options
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.facets import FACETS
from coprod_review.reports.base_summary import base_summary_lines
from coprod_review.reports.figure_text import headline
from coprod_review.reports.gaps import openable_ids, require_studies, results_of
from coprod_review.reports.gaps_payload import base_payload, figure_payload
from coprod_review.reports.request import ReportRequest
from coprod_review.results.figure import Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import capitalise
from coprod_review.text.suggestions import did_you_mean
from coprod_review.why.payload import SCHEMA
from coprod_review.why.report import figure_report


def why_report(base: EvidenceBase, identity: str, request: ReportRequest) -> Report:
    """Return the report on a figure or table cell; for a table, the list of its cells; for an analysis, of its figures.

    Raises ``UnknownName`` with the nearest ids where nothing has this one.
    """
    require_studies(base, request)
    result = _run_analysis(base, identity, request)
    if identity == result.analysis:
        return _figures_report(base, result, request)
    table = next((t for t in result.tables if t.id == identity and t.row_ids), None)
    if table is not None:
        return _cells_report(base, table, request)
    figure = _find_figure(result, identity)
    if figure is None:
        raise _unknown_id(identity, base, request, result)
    return figure_report(base, figure, request)


def _run_analysis(base: EvidenceBase, identity: str, request: ReportRequest) -> Result:
    """Run the analysis that an id belongs to, with the options that the id implies."""
    name = identity.partition(".")[0]
    if name not in ANALYSES:
        raise _unknown_id(identity, base, request, None)
    (result,) = results_of(base, (name,), replace(request, options=_implied_options(identity, request.options)))
    return result


def _implied_options(identity: str, options: Options) -> Options:
    """Return options that make the table of an id: single outcomes, or two facets as rows and columns."""
    table = identity.partition("/")[0].removeprefix("matrix.")
    if table == "outcomes":
        return replace(options, detail=True)
    rows, _, cols = table.partition("-by-")
    return replace(options, rows=rows, cols=cols) if rows in FACETS and cols in FACETS else options


def _find_figure(result: Result, identity: str) -> Figure | None:
    """Return a figure by its id, or a table cell as a figure."""
    figure = next((f for f in result.figures if f.id == identity), None)
    if figure is not None:
        return figure
    for table in result.tables:
        for name, label, count in table.cells() if identity.startswith(f"{table.id}/") else ():
            if name == identity:
                return _cell_figure(table, name, label, count)
    return None


def _cell_figure(table: Table, identity: str, label: str, count: Count) -> Figure:
    return Figure(
        id=identity,
        label=f"{table.title}: {label}",
        definition=table.note.rstrip(".") or f"what stands in this row and column of {table.id}",
        numerator=count.n,
        denominator=None,
        value=None,
        reason="a count in a table, of which no share is made",
        unit=count.unit,
        numerator_ids=count.ids,
        criteria=count.criteria,
        kind="count",
    )


def _unknown_id(identity: str, base: EvidenceBase, request: ReportRequest, result: Result | None) -> UnknownName:
    """Return an error that says what to type instead: a similar id, and the command that lists the ids."""
    results = (result,) if result else results_of(base, tuple(ANALYSES), request)
    table = next((t for r in results for t in r.tables if t.row_ids and identity.startswith(f"{t.id}/")), None)
    if table is not None:
        suggestion = did_you_mean(identity, [name for name, _, _ in table.cells()])
        more = f"coprod-review why {table.id} lists its cells."
    else:
        every = results_of(base, tuple(ANALYSES), request) if result else results
        suggestion = did_you_mean(identity, [i for i in openable_ids(every) if "/" not in i])
        more = "coprod-review gaps --all --format csv lists every figure."
    return UnknownName(" ".join(part for part in (f"There is no figure `{identity[:80]}`:", suggestion, more) if part))


def _figures_report(base: EvidenceBase, result: Result, request: ReportRequest) -> Report:
    """Return a report that lists the figures and tables of an analysis, each with the command that shows it."""
    points = tuple(Point(f"{f.label}: {headline(f)}", request.why_command(f.id)) for f in result.figures)
    tables = tuple(Point(f"Table: {t.title}", request.why_command(t.id)) for t in result.tables if t.row_ids)
    rows = tuple((f.id, f.label, headline(f)) for f in result.figures)
    return Report(
        title=f"{capitalise(result.analysis)}: what can be opened",
        lead=base_summary_lines(base, request.filters),
        sections=(Section("Figures", points=points), Section("Tables", points=tables)),
        payload=lambda: {
            "schema": SCHEMA,
            "base": base_payload(base),
            "filters": list(request.filters),
            "figures": [figure_payload(f, request) for f in result.figures],
        },
        spreadsheet=lambda: Table(result.analysis, ("figure", "label", "number"), rows),
    )


def _cells_report(base: EvidenceBase, table: Table, request: ReportRequest) -> Report:
    """Return a report that lists the cells of a table, each with the command that shows it."""
    cells = tuple(table.cells())
    points = tuple(Point(f"{label}: {count.n}", request.why_command(name)) for name, label, count in cells)
    rows = tuple((name, label, count.n) for name, label, count in cells)
    return Report(
        title=f"{table.title} [{table.id}]",
        lead=base_summary_lines(base, request.filters),
        sections=(Section("Cells", points=points),),
        payload=lambda: {
            "schema": SCHEMA,
            "base": base_payload(base),
            "filters": list(request.filters),
            "table": table.id,
            "cells": [{"id": n, "label": label, "count": c.n, "why": request.why_command(n)} for n, label, c in cells],
        },
        spreadsheet=lambda: Table(table.title, ("cell", "label", "count"), rows),
    )
