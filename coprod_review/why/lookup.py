"""A figure, a table or a table cell found by its id, and its report."""

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
from coprod_review.why.report import opened_report


def why_report(base: EvidenceBase, identity: str, asked: ReportRequest) -> Report:
    """One figure or table cell opened; for the id of a table, the list of its cells.

    Raises ``UnknownName`` with the nearest ids where nothing has this one.
    """
    require_studies(base, asked)
    result = _result(base, identity, asked)
    if identity == result.analysis:
        return _figures_of(base, result, asked)
    table = next((t for t in result.tables if t.id == identity and t.row_ids), None)
    if table is not None:
        return _listing(base, table, asked)
    figure = _figure(result, identity)
    if figure is None:
        raise _unknown(identity, base, asked, result)
    return opened_report(base, figure, asked)


def _result(base: EvidenceBase, identity: str, asked: ReportRequest) -> Result:
    """The analysis that holds an id, run with the options that the id itself carries."""
    name = identity.partition(".")[0]
    if name not in ANALYSES:
        raise _unknown(identity, base, asked, None)
    (found,) = results_of(base, (name,), replace(asked, options=_options(identity, asked.options)))
    return found


def _options(identity: str, options: Options) -> Options:
    """Options that a table's id stands for: single outcomes, or two facets that are crossed."""
    table = identity.partition("/")[0].removeprefix("matrix.")
    if table == "outcomes":
        return replace(options, detail=True)
    rows, _, cols = table.partition("-by-")
    return replace(options, rows=rows, cols=cols) if rows in FACETS and cols in FACETS else options


def _figure(result: Result, identity: str) -> Figure | None:
    """A figure by its id, or a table cell as one."""
    figure = next((f for f in result.figures if f.id == identity), None)
    if figure is not None:
        return figure
    for table in result.tables:
        for name, words, count in table.cells() if identity.startswith(f"{table.id}/") else ():
            if name == identity:
                return _as_figure(table, name, words, count)
    return None


def _as_figure(table: Table, identity: str, words: str, count: Count) -> Figure:
    return Figure(
        id=identity,
        label=f"{table.title}: {words}",
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


def _unknown(identity: str, base: EvidenceBase, asked: ReportRequest, result: Result | None) -> UnknownName:
    """What to type instead: an id that is like it; of a table, how to list its cells."""
    results = (result,) if result else results_of(base, tuple(ANALYSES), asked)
    table = next((t for r in results for t in r.tables if t.row_ids and identity.startswith(f"{t.id}/")), None)
    if table is not None:
        near = did_you_mean(identity, [name for name, _, _ in table.cells()])
        more = f"coprod-review why {table.id} lists its cells."
    else:
        every = results_of(base, tuple(ANALYSES), asked) if result else results
        known = [i for i in openable_ids(every) if "/" not in i]
        near = did_you_mean(identity, known)
        more = "coprod-review gaps --all --format csv lists every figure."
    return UnknownName(" ".join(part for part in (f"There is no figure `{identity[:80]}`:", near, more) if part))


def _figures_of(base: EvidenceBase, result: Result, asked: ReportRequest) -> Report:
    """The figures of an analysis, each with the command that opens it."""
    points = tuple(Point(f"{f.label}: {headline(f)}", asked.why_command(f.id)) for f in result.figures)
    tables = tuple(Point(f"Table: {t.title}", asked.why_command(t.id)) for t in result.tables if t.row_ids)
    rows = tuple((f.id, f.label, headline(f)) for f in result.figures)
    return Report(
        title=f"{capitalise(result.analysis)}: what can be opened",
        lead=base_summary_lines(base, asked.filters),
        sections=(Section("Figures", points=points), Section("Tables", points=tables)),
        payload=lambda: {
            "schema": SCHEMA,
            "base": base_payload(base),
            "filters": list(asked.filters),
            "figures": [figure_payload(f, asked) for f in result.figures],
        },
        spreadsheet=lambda: Table(result.analysis, ("figure", "label", "number"), rows),
    )


def _listing(base: EvidenceBase, table: Table, asked: ReportRequest) -> Report:
    """The cells of a table, each with the command that opens it."""
    cells = tuple(table.cells())
    rows = tuple((name, words, count.n) for name, words, count in cells)
    return Report(
        title=f"{table.title} [{table.id}]",
        lead=base_summary_lines(base, asked.filters),
        sections=(Section("Cells", points=tuple(Point(f"{w}: {c.n}", asked.why_command(n)) for n, w, c in cells)),),
        payload=lambda: {
            "schema": SCHEMA,
            "base": base_payload(base),
            "filters": list(asked.filters),
            "table": table.id,
            "cells": [{"id": n, "label": w, "count": c.n, "why": asked.why_command(n)} for n, w, c in cells],
        },
        spreadsheet=lambda: Table(table.title, ("cell", "label", "count"), rows),
    )
