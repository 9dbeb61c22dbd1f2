"""How outcomes were measured, in words."""

from collections.abc import Iterator, Mapping

from coprod_review.gaps.analyses.measurement import unknown_measurements
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import CAN_COUNT_TWICE, NO_OUTCOME_STUDIES, NOT_YET, share_sentence
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import according_to
from coprod_review.results.result import Result
from coprod_review.results.table import Count
from coprod_review.text.grammar import capitalise, listed, lower_first, plural


def _statement(facts: None, result: Result, framework: Framework) -> str:
    by_kind, attributed = _findings_by_kind(result), _attributed_by_kind(result)
    if not any((*by_kind.values(), *attributed.values())):
        return NO_OUTCOME_STUDIES
    if result.missing:
        return NOT_YET
    scale_or_records = next(figure for figure in result.figures if figure.id == "measurement.scale-or-records")
    shares = share_sentence(
        scale_or_records,
        "measures an outcome with a published scale or with service records",
        "measure an outcome with a published scale or with service records",
    )
    kinds = _kinds(by_kind, framework), _attributed(attributed, sum(by_kind.values()), framework)
    return " ".join(filter(None, (shares, *kinds)))


def _kinds(by_kind: Mapping[str, int], framework: Framework) -> str:
    """Return for how many outcome findings the measurement is known, and what it was; empty without such findings."""
    coded = {kind: n for kind, n in by_kind.items() if n and kind not in unknown_measurements(framework.codebook)}
    known, total = sum(coded.values()), sum(by_kind.values())
    if not known:
        return f"The measurement is known for none of {plural(total, 'outcome finding')}." if total else ""
    labels = {kind: lower_first(framework.codebook.label("measurements", kind)) for kind in coded}
    counts = listed([f"{labels[kind]} ({n})" for kind, n in sorted(coded.items(), key=lambda pair: -pair[1])])
    sentence = f"The measurement is known for {known} of {plural(total, 'outcome finding')}: {counts}."
    rest = f" For the other {total - known}, it is not coded or the study does not report it." if total > known else ""
    return f"{sentence}{rest}"


def _attributed(by_kind: Mapping[str, int], read: int, framework: Framework) -> str:
    """Return for how many findings that only the review reports the measurement is known; empty without such ones.

    ``read`` is the number of findings that the sentence before is about.
    """
    total = sum(by_kind.values())
    if framework.review is None or not total:
        return ""
    known = sum(n for kind, n in by_kind.items() if kind not in unknown_measurements(framework.codebook))
    more = "more " if read else ""
    findings = plural(total, f"{more}outcome finding", f"{more}outcome findings")
    it = "it" if read else "the measurement"
    return f"{capitalise(according_to(framework.review_name))}, {it} is known for {known} of {findings}."


def _lack(facts: None, result: Result, framework: Framework) -> str:
    total = sum((*_findings_by_kind(result).values(), *_attributed_by_kind(result).values()))
    subject = f"none of {total} outcome findings has a" if total > 1 else "the only outcome finding has no"
    return f"{subject} code for how the outcome was measured"


def _findings_by_kind(result: Result) -> Mapping[str, int]:
    """Return the number of outcome findings by the code of their measurement."""
    return {kind: findings.n for kind, findings in _kind_cells(result)}


def _attributed_by_kind(result: Result) -> Mapping[str, int]:
    """Return the number of outcome findings that only the review reports, by the code of their measurement."""
    return {kind: len(findings.attributed) for kind, findings in _kind_cells(result)}


def _kind_cells(result: Result) -> Iterator[tuple[str, Count]]:
    types = next(table for table in result.tables if table.id == "measurement.types")
    for kind, (_, findings, *_) in zip(types.row_ids, types.rows, strict=True):
        if isinstance(findings, Count):
            yield kind, findings


WORDING = Wording(
    statement=_statement,
    caution=(
        "A measure is good if it fits the claim. Interviews can show what a scale cannot, and a scale can show what "
        "interviews cannot."
    ),
    missing={"measurement": Missing(_lack, "code measurement for each finding")},
    notes={
        "measurement.types": CAN_COUNT_TWICE,
        "measurement.instruments": "Each row counts the studies with an outcome finding that names the instrument.",
    },
)
