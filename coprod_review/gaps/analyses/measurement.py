"""G9: how outcomes were measured, and with which instruments.

Interviews are not ranked below scales: what matters is whether the measure fits the claim. The studies counted are
the outcome studies. Methods: docs/methods/analyses.md#measurement.
"""

from collections.abc import Iterable

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.findings_table import findings_by
from coprod_review.gaps.shares import share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_criteria, outcome_findings, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Finding, Study, eligible, outcome_studies
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.chart import bars
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import listed, lower_first, plural

QUESTION = "How were outcomes measured?"
UNKNOWN = ("not_coded", "not_reported")
"""Codes that do not say how an outcome was measured."""
NEEDED = "no outcome finding says how it was measured: code measurement of each finding"
SCALES_OR_RECORDS = ("validated_scale", "administrative")


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the outcome studies with a published scale or records, and outcome findings by kind of measurement.

    Figures ``measurement.scale-or-records`` and ``.scale``.
    """
    codebook = framework.codebook
    studies = eligible(studies)
    with_outcomes = outcome_studies(studies, codebook)
    figures = tuple(withhold_share(figure, studies) for figure in _shares(with_outcomes, codebook))
    findings = [f for s in with_outcomes for f in outcome_findings(s, codebook)]
    coded = [f for f in findings if f.measurement not in UNKNOWN]
    labels = ("Published scale or records", "Published scale")
    return Result(
        analysis="measurement",
        statement=_statement(findings, coded, figures, codebook),
        caution="A measure is good where it fits the claim: interviews can show what a scale cannot, and the reverse.",
        figures=figures,
        tables=(_types(with_outcomes, codebook), *_instruments(with_outcomes, codebook)),
        missing="" if coded or not with_outcomes else NEEDED,
        charts=(bars("measurement", zip(labels, figures, strict=True)),),
    )


def _shares(with_outcomes: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    def figure(name: str, label: str, measurements: tuple[str, ...]) -> Figure:
        how = listed([lower_first(codebook.label("measurements", term)) for term in measurements])
        return share(
            f"measurement.{name}",
            label,
            f"at least one outcome finding measured so: {how}; of the outcome studies",
            with_outcomes,
            _measured_by(measurements, codebook),
            codebook,
            criteria=outcome_criteria(codebook, measurement=measurements),
            headline=True,
        )

    return (
        figure(
            "scale-or-records", "Outcome studies with a published scale or administrative records", SCALES_OR_RECORDS
        ),
        figure("scale", "Outcome studies with a published scale", ("validated_scale",)),
    )


def _measured_by(measurements: tuple[str, ...], codebook: Codebook) -> StudyTest:
    """Return a test of whether an outcome was measured in one of these ways; absence needs a fully coded full text."""

    def test(study: Study) -> bool | None:
        coded = [f.measurement for f in outcome_findings(study, codebook)]
        present = any(m in measurements for m in coded)
        return presence(study, present=present, complete=not any(m in UNKNOWN for m in coded))

    return test


def _statement(findings: list[Finding], coded: list[Finding], figures: tuple[Figure, ...], codebook: Codebook) -> str:
    if not findings:
        return "No study here was seen to report an outcome."
    total = plural(len(findings), "outcome finding")
    if not coded:
        return f"Not assessed: how it was measured is coded for none of {total}."
    by_kind = [
        (t, sum(f.measurement == t.id for f in coded)) for t in codebook.terms("measurements") if t.id not in UNKNOWN
    ]
    counts = listed([f"{lower_first(t.label)} {n}" for t, n in by_kind if n])
    return (
        f"A published scale or records: {figure_in_words(figures[0])}. How it was measured was seen for {len(coded)} "
        f"of {total} ({counts}); for the other {len(findings) - len(coded)} it is not coded or not reported."
    )


def _types(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    return findings_by(
        "measurement",
        studies,
        codebook,
        title="Outcome findings by measurement",
        head="Measurement",
        note="A study may stand in several rows.",
        identity="measurement.types",
    )


def _instruments(studies: tuple[Study, ...], codebook: Codebook) -> tuple[Table, ...]:
    studies_by_name: dict[str, dict[str, None]] = {}
    for study in studies:
        for finding in outcome_findings(study, codebook):
            for name in finding.instruments:
                studies_by_name.setdefault(name, {})[study.id] = None
    if not studies_by_name:
        return ()
    names = tuple(sorted(studies_by_name))
    rows = tuple(
        (name, Count(tuple(studies_by_name[name]), outcome_criteria(codebook, instrument=(name,)))) for name in names
    )
    return (
        Table(
            "Instruments",
            ("Instrument", "Studies"),
            rows,
            "Outcome studies with an outcome finding that names the instrument.",
            id="measurement.instruments",
            row_ids=names,
            column_ids=("studies",),
        ),
    )


ANALYSIS = Analysis("measurement", QUESTION, analyse)
