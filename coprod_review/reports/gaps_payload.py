"""The JSON of ``gaps``: results as plain data for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import eligible, outcome_studies
from coprod_review.phrasing.figures import unknown_of
from coprod_review.reports.request import DEFAULT_REQUEST, ReportRequest
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table

SCHEMA = "coprod-review/gaps/1"


def payload(base: EvidenceBase, results: Sequence[Result], request: ReportRequest = DEFAULT_REQUEST) -> dict[str, Any]:
    """The JSON of ``gaps``: keys as in docs/contracts/json.md#gaps."""
    return {
        "schema": SCHEMA,
        "base": base_payload(base),
        "filters": list(request.filters),
        "rules": _rules(base.framework),
        "results": [_result(result, request) for result in results],
    }


def base_payload(base: EvidenceBase) -> dict[str, Any]:
    """What a base is, for programs."""
    about, studies = base.framework.about, base.studies
    return {
        "name": about.name,
        "version": about.version,
        "as_of": about.as_of,
        "studies": len(studies),
        "eligible": len(eligible(studies)),
        "outcome_studies": len(outcome_studies(studies, base.framework.codebook)),
        "skipped": list(base.skipped),
        "coding": about.coding,
        "caution": about.caution,
    }


def _rules(framework: Framework) -> dict[str, Any]:
    return {
        rule.id: {"label": rule.label, "rule": rule.text, "thresholds": dict(rule.thresholds)}
        for rule in framework.codebook.gap_rules
    }


def _result(result: Result, request: ReportRequest) -> dict[str, Any]:
    return {
        "analysis": result.analysis,
        "question": result.question,
        "statement": result.statement,
        "caution": result.caution,
        "missing": result.missing,
        "figures": [figure_payload(figure, request) for figure in result.figures],
        "gaps": [{**asdict(gap), "why": request.why_command(gap.opens) if gap.opens else None} for gap in result.gaps],
        "general": list(result.general_gaps),
        "tables": [_table(table) for table in result.tables],
    }


def figure_payload(figure: Figure, request: ReportRequest) -> dict[str, Any]:
    """One figure for programs; ids of the denominator are given by ``why``."""
    plain = asdict(figure)
    for inner in ("numerator_ids", "denominator_ids", "unknown_ids", "criteria"):
        del plain[inner]
    for compared in plain["comparisons"]:
        del compared["source_kind"]  # the keys of the JSON contract are fixed
    counted = {} if figure.unit == "study" else {"counted": list(figure.numerator_ids)}
    pool = None if figure.denominator is None else figure.denominator + unknown_of(figure)
    return {**plain, "pool": pool, "studies": list(figure.studies), **counted, "why": request.why_command(figure.id)}


def _table(table: Table) -> dict[str, Any]:
    rows = [{name: _plain(cell) for name, cell in zip(table.columns, row, strict=True)} for row in table.rows]
    return {
        "id": table.id,
        "title": table.title,
        "columns": list(table.columns),
        "rows": rows,
        "row_ids": list(table.row_ids),
        "column_ids": list(table.column_ids),
        "note": table.note,
    }


def _plain(cell: Cell) -> Any:
    """A cell for programs: what it counts under the name of its unit."""
    if not isinstance(cell, Count):
        return cell
    name = "studies" if cell.unit == "study" else f"{cell.unit}s"
    return {"count": cell.n, name: list(cell.ids)}
