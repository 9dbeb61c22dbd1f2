"""How outcomes were measured, in words."""

from collections.abc import Mapping

from coprod_review.gaps.analyses.measurement import UNKNOWN
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.result import Result
from coprod_review.results.table import Count
from coprod_review.text.grammar import listed, lower_first, plural


def _statement(facts: None, result: Result, framework: Framework) -> str:
    by_kind = _findings_by_kind(result)
    total, coded = sum(by_kind.values()), sum(n for kind, n in by_kind.items() if kind not in UNKNOWN)
    if not total:
        return "No study here was seen to report an outcome."
    findings = plural(total, "outcome finding")
    if not coded:
        return f"Not assessed: how it was measured is coded for none of {findings}."
    kinds = [(t, by_kind[t.id]) for t in framework.codebook.terms("measurements") if t.id not in UNKNOWN]
    counts = listed([f"{lower_first(term.label)} {n}" for term, n in kinds if n])
    scale_or_records = next(figure for figure in result.figures if figure.id == "measurement.scale-or-records")
    return (
        f"A published scale or records: {figure_in_words(scale_or_records)}. How it was measured was seen for {coded} "
        f"of {findings} ({counts}); for the other {total - coded} it is not coded or not reported."
    )


def _findings_by_kind(result: Result) -> Mapping[str, int]:
    """Return the number of outcome findings by the code of their measurement."""
    types = next(table for table in result.tables if table.id == "measurement.types")
    return {
        kind: findings.n
        for kind, (_, findings, *_) in zip(types.row_ids, types.rows, strict=True)
        if isinstance(findings, Count)
    }


WORDING = Wording(
    statement=_statement,
    caution="A measure is good where it fits the claim: interviews can show what a scale cannot, and the reverse.",
    missing={"measurement": Missing("no outcome finding says how it was measured", "code measurement of each finding")},
    notes={
        "measurement.types": "A study may stand in several rows.",
        "measurement.instruments": "Outcome studies with an outcome finding that names the instrument.",
    },
)
