"""The reports of ``why``: on a figure or table cell that is looked up by its id, or on what an id contains."""

from collections.abc import Sequence
from dataclasses import replace

from coprod_review.errors import UnknownName
from coprod_review.gaps.analysis import Options
from coprod_review.gaps.registry import ANALYSES, AnalysisResults, analysis_of
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.facets import FACETS
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.base_summary import base_summary_lines
from coprod_review.phrasing.figure_details import headline
from coprod_review.phrasing.texts import clause
from coprod_review.reports.gaps import openable_ids, require_studies
from coprod_review.reports.gaps_payload import base_payload, figure_payload
from coprod_review.reports.request import ReportRequest
from coprod_review.results.figure import Attributed, Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table, cell_text
from coprod_review.text.grammar import capitalise
from coprod_review.text.suggestions import did_you_mean
from coprod_review.why.payload import SCHEMA
from coprod_review.why.report import figure_report


def why_report(base: EvidenceBase, identity: str, results: AnalysisResults, request: ReportRequest) -> Report:
    """Return the report on a figure or table cell; for a table, the list of its cells; for an analysis, of its figures.

    ``results`` are those of the studies of the base; only the analysis that the id belongs to is run, and only if
    nobody asked for it before. Raises ``UnknownName`` with the nearest ids where nothing has this one.
    """
    require_studies(base, request)
    name = analysis_of(identity)
    if name not in ANALYSES:
        raise _unknown_figure(identity, results)
    of_id = results.with_options(_implied_options(identity, results.options))
    result, tables = of_id[name], words.tables(of_id[name], base.framework)
    if identity == name:
        return _figures_report(base, result, tables, request)
    table = next((t for t in tables if t.id == identity and t.row_ids), None)
    if table is not None:
        return _cells_report(base, table, request)
    figure = _find_figure(result, tables, identity, base.framework)
    if figure is None:
        table = next((t for t in tables if t.row_ids and identity.startswith(f"{t.id}/")), None)
        raise _unknown_cell(identity, table) if table else _unknown_figure(identity, results)
    return figure_report(base, figure, request)


def _implied_options(identity: str, options: Options) -> Options:
    """Return options that make the table of an id: single outcomes, or two facets as rows and columns."""
    table = identity.partition("/")[0].removeprefix("matrix.")
    if table == "outcomes":
        return replace(options, detail=True)
    rows, _, cols = table.partition("-by-")
    return replace(options, rows=rows, cols=cols) if rows in FACETS and cols in FACETS else options


def _find_figure(result: Result, tables: Sequence[Table], identity: str, framework: Framework) -> Figure | None:
    """Return a figure by its id, or a table cell as a figure."""
    figure = next((f for f in result.figures if f.id == identity), None)
    if figure is not None:
        return figure
    for table in tables:
        for name, label, count in table.cells() if identity.startswith(f"{table.id}/") else ():
            if name == identity:
                return _cell_figure(table, name, label, count, framework)
    return None


def _cell_figure(table: Table, identity: str, label: str, count: Count, framework: Framework) -> Figure:
    review, added = framework.review, count.attributed
    return Figure(
        id=identity,
        label=f"{table.title}: {label}",
        definition=clause(table.note) or f"counts what this row and this column of {table.id} have in common",
        numerator=count.n,
        denominator=None,
        value=None,
        reason="complete_count",
        unit=count.unit,
        numerator_ids=count.ids,
        attributed=Attributed(review.id, added, review_name=framework.review_name) if review and added else None,
        criteria=count.criteria,
        kind="count",
    )


def _unknown_figure(identity: str, results: AnalysisResults) -> UnknownName:
    """Return an error that names a similar figure, and the command that lists the figures."""
    ids = [i for i in openable_ids(results.all(), results.framework) if "/" not in i]
    return _unknown(identity, ids, "coprod-review gaps --all --format csv lists every figure.")


def _unknown_cell(identity: str, table: Table) -> UnknownName:
    """Return an error that names a similar cell of a table, and the command that lists its cells."""
    cells = [name for name, _, _ in table.cells()]
    return _unknown(identity, cells, f"coprod-review why {table.id} lists its cells.")


def _unknown(identity: str, ids: Sequence[str], more: str) -> UnknownName:
    parts = (f"There is no figure `{identity[:80]}`:", did_you_mean(identity, ids), more)
    return UnknownName(" ".join(part for part in parts if part))


def _figures_report(base: EvidenceBase, result: Result, openable: Sequence[Table], request: ReportRequest) -> Report:
    """Return a report that lists the figures and tables of an analysis, each with the command that shows it."""
    points = tuple(Point(f"{f.label}: {headline(f)}", request.why_command(f.id)) for f in result.figures)
    tables = tuple(Point(f"Table: {t.title}", request.why_command(t.id)) for t in openable if t.row_ids)
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
    points = tuple(Point(f"{label}: {cell_text(count)}", request.why_command(name)) for name, label, count in cells)
    rows = tuple((name, label, count.n, len(count.attributed)) for name, label, count in cells)
    return Report(
        title=f"{table.title} [{table.id}]",
        lead=base_summary_lines(base, request.filters),
        sections=(Section("Cells", points=points),),
        payload=lambda: {
            "schema": SCHEMA,
            "base": base_payload(base),
            "filters": list(request.filters),
            "table": table.id,
            "cells": [
                {
                    "id": name,
                    "label": label,
                    "count": count.n,
                    "attributed": len(count.attributed),
                    "why": request.why_command(name),
                }
                for name, label, count in cells
            ],
        },
        spreadsheet=lambda: Table(table.title, ("cell", "label", "count", "attributed"), rows),
    )
