"""G9: how outcomes were measured, and with which instruments.

Interviews are not ranked below scales: what matters is whether the measure fits the claim. The studies counted are
the outcome studies. Methods: docs/methods/analyses.md#measurement.
"""

from collections.abc import Iterable

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.findings_table import findings_by
from coprod_review.gaps.shares import countable, share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_criteria, outcome_findings, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.results.chart import bars
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import lower_first

QUESTION = "How were outcomes measured?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the outcome studies with a published scale or records, and outcome findings by kind of measurement.

    Figures ``measurement.scale-or-records`` and ``.scale``.
    """
    codebook = framework.codebook
    studies = eligible(studies, framework.codebook)
    with_outcomes = outcome_studies(studies, codebook)
    figures = tuple(withhold_share(figure, studies, codebook) for figure in _shares(with_outcomes, codebook))
    measurements = [f.measurement for s in with_outcomes for f in outcome_findings(s, codebook)]
    labels = ("Published scale or records", "Published scale")
    return Result(
        analysis="measurement",
        figures=figures,
        tables=(_types(with_outcomes, codebook), *_instruments(with_outcomes, codebook)),
        missing=("measurement",) if measurements and set(measurements) <= unknown_measurements(codebook) else (),
        charts=(bars("measurement", zip(labels, figures, strict=True)),),
    )


def unknown_measurements(codebook: Codebook) -> frozenset[str]:
    """Return the codes that do not say how an outcome was measured."""
    return codebook.of_kind("measurements", "not_reported") | {NOT_CODED}


def _shares(with_outcomes: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    def figure(name: str, label: str, *kinds: str) -> Figure:
        measurements = codebook.ids_of_kind("measurements", *kinds)
        how = " or ".join(lower_first(codebook.label("measurements", term)) for term in measurements)
        figure = share(
            f"measurement.{name}",
            label,
            f"counts a study if an outcome finding is coded as {how}; out of the studies that report an outcome",
            with_outcomes,
            _measured_by(measurements, codebook),
            codebook,
            criteria=outcome_criteria(codebook, measurement=measurements),
            headline=True,
        )
        return countable(figure, codebook, "measurements", *kinds)

    return (
        figure("scale-or-records", "Outcome studies with a published scale or service records", "scale", "records"),
        figure("scale", "Outcome studies with a published scale", "scale"),
    )


def _measured_by(measurements: tuple[str, ...], codebook: Codebook) -> StudyTest:
    """Return a test of whether an outcome was measured in one of these ways; absence needs a fully coded full text."""
    unknown = unknown_measurements(codebook)

    def test(study: Study) -> bool | None:
        coded = [f.measurement for f in outcome_findings(study, codebook)]
        present = any(m in measurements for m in coded)
        return presence(study, codebook, present=present, complete=unknown.isdisjoint(coded))

    return test


def _types(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    return findings_by(
        "measurement",
        studies,
        codebook,
        title="Outcome findings by measurement",
        head="Measurement",
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
            id="measurement.instruments",
            row_ids=names,
            column_ids=("studies",),
        ),
    )


ANALYSIS = Analysis("measurement", QUESTION, analyse, needs=("measurements",))
