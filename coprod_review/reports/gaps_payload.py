"""The JSON of ``gaps``: results as plain data."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from coprod_review.gaps.attribution import read_studies
from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import eligible, outcome_studies
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.attribution import more_in_pool
from coprod_review.phrasing.comparisons import comparison_reason, verdict_in_words
from coprod_review.phrasing.figures import reason_in_words, unknown_count
from coprod_review.phrasing.gaps import gap_observation, gap_rule, gap_statement, general_gap_statement
from coprod_review.reports.request import DEFAULT_REQUEST, ReportRequest
from coprod_review.results.figure import Comparison, Figure
from coprod_review.results.result import Gap, Result
from coprod_review.results.table import Cell, Count, Table

SCHEMA = "coprod-review/gaps/2"


def gaps_payload(
    base: EvidenceBase, results: Sequence[Result], request: ReportRequest = DEFAULT_REQUEST
) -> dict[str, Any]:
    """Return the JSON of ``gaps``: keys as in docs/contracts/json.md#gaps."""
    return {
        "schema": SCHEMA,
        "base": base_payload(base),
        "filters": list(request.filters),
        "rules": _rules_payload(base.framework),
        "results": [_result_payload(result, base.framework, request) for result in results],
    }


def base_payload(base: EvidenceBase) -> dict[str, Any]:
    """Return the name, version, size and caution of a base."""
    about, studies, codebook = base.framework.about, base.studies, base.framework.codebook
    read, every = (len(outcome_studies(s, codebook)) for s in (read_studies(studies, base.framework), studies))
    return {
        "name": about.name,
        "version": about.version,
        "as_of": about.as_of,
        "studies": len(studies),
        "eligible": len(eligible(studies, codebook)),
        "outcome_studies": read,
        "attributed_outcome_studies": every - read,
        "skipped": list(base.skipped),
        "coding": about.coding,
        "caution": about.caution,
    }


def _rules_payload(framework: Framework) -> dict[str, Any]:
    return {
        rule.id: {"label": rule.label, "rule": rule.text, "thresholds": dict(rule.thresholds)}
        for rule in framework.codebook.gap_rules
    }


def _result_payload(result: Result, framework: Framework, request: ReportRequest) -> dict[str, Any]:
    return {
        "analysis": result.analysis,
        "question": words.question(result, framework),
        "statement": words.statement(result, framework),
        "caution": words.caution(result, framework),
        "missing": words.missing(result, framework),
        "switched_off": result.switched_off or None,
        "figures": [figure_payload(figure, request) for figure in result.figures],
        "gaps": [_gap_payload(gap, framework, request) for gap in result.gaps],
        "general": [general_gap_statement(gap, framework) for gap in result.general_gaps],
        "tables": [_table_payload(table) for table in words.tables(result, framework)],
    }


def _gap_payload(gap: Gap, framework: Framework, request: ReportRequest) -> dict[str, Any]:
    return {
        "type": gap.type,
        "where": gap.where,
        "rule": gap_rule(gap, framework),
        "observed": gap_observation(gap, framework),
        "studies": list(gap.studies),
        "attributed": list(gap.attributed),
        "statement": gap_statement(gap, framework),
        "opens": gap.opens,
        "why": request.why_command(gap.opens) if gap.opens else None,
    }


def figure_payload(figure: Figure, request: ReportRequest) -> dict[str, Any]:
    """Return one figure, without the ids of its denominator, which ``why`` gives."""
    plain = asdict(replace(figure, comparisons=(), attributed=None))
    for internal in ("numerator_ids", "denominator_ids", "unknown_ids", "criteria"):
        del plain[internal]
    plain["comparisons"] = [_comparison_payload(comparison, figure) for comparison in figure.comparisons]
    plain["reason"] = reason_in_words(figure) or None
    plain["attributed"] = _attributed_payload(figure)
    counted = {} if figure.unit == "study" else {"counted": list(figure.numerator_ids)}
    pool = None if figure.denominator is None else figure.denominator + unknown_count(figure)
    return {**plain, "pool": pool, "studies": list(figure.studies), **counted, "why": request.why_command(figure.id)}


def _attributed_payload(figure: Figure) -> dict[str, Any] | None:
    """Return what the review of the base alone adds to a figure; ``None`` where it adds nothing."""
    attributed = figure.attributed
    if attributed is None:
        return None
    return {
        "review": attributed.review,
        "numerator": attributed.numerator,
        "denominator": attributed.denominator,
        "pool": more_in_pool(figure),
        "studies" if figure.unit == "study" else "counted": list(attributed.numerator_ids),
        "removed": list(attributed.removed_ids),
    }


def _comparison_payload(comparison: Comparison, figure: Figure) -> dict[str, Any]:
    return {
        "benchmark": comparison.benchmark,
        "share": comparison.share,
        "ratio": comparison.ratio,
        "interval": asdict(comparison.interval) if comparison.interval else None,
        "verdict": verdict_in_words(comparison) or None,
        "reason": comparison_reason(comparison, figure),
    }


_KEYS = {
    **{name: {"Testimony": "Said"} for name in ("matrix.map", "matrix.outcomes", "care-act.areas")},
    **{name: {"Not found": "Not seen"} for name in ("claims.sections", "claims.groups")},
    "care-act.nations": {"Not known": "Not seen"},
    "representation.benchmarks": {"Studies needed": "Zero tells from"},
    **{f"{name}.published": {"In this base": "Here"} for name in ANALYSES},
}
"""Keys that the JSON contract keeps from earlier headings, by table and by the heading that people read now."""


def _table_payload(table: Table) -> dict[str, Any]:
    contract = _KEYS.get(table.id, {})
    keys = [contract.get(heading, heading) for heading in table.columns]
    rows = [{key: _cell_payload(cell) for key, cell in zip(keys, row, strict=True)} for row in table.rows]
    return {
        "id": table.id,
        "title": table.title,
        "columns": keys,
        "rows": rows,
        "row_ids": list(table.row_ids),
        "column_ids": list(table.column_ids),
        "note": table.note,
    }


def _cell_payload(cell: Cell) -> Any:
    """Return a cell as it is, or a count with its ids under the plural of their unit, and those of the review alone."""
    if not isinstance(cell, Count):
        return cell
    name = "studies" if cell.unit == "study" else f"{cell.unit}s"
    return {"count": cell.n, name: list(cell.ids), "attributed": list(cell.attributed)}
