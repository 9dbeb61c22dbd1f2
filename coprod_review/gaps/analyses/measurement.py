"""G9: how outcomes were measured, and with which instruments.

Interviews are not ranked below scales: what matters is whether the measure fits
the claim. The set is the outcome studies. Methods: docs/methods/analyses.md#measurement.
"""

from collections.abc import Iterable

from coprod_review.gaps.charts import bars
from coprod_review.gaps.findings_table import findings_by
from coprod_review.gaps.shares import share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_findings, outcome_trail, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Finding, Study, eligible, outcome_studies
from coprod_review.phrasing.figures import seen_in_words
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import listed, lower_first, plural

QUESTION = "How were outcomes measured?"
UNSEEN = ("not_coded", "not_reported")
NEEDED = "no outcome finding says how it was measured: code measurement of each finding"
SCALES_OR_RECORDS = ("validated_scale", "administrative")


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Outcome studies with a published scale or with records, and outcome findings by kind of measurement.

    Figures ``measurement.scale-or-records`` and ``.scale``.
    """
    codebook = framework.codebook
    held, whole = outcome_studies(studies, codebook), eligible(studies)

    def made(name: str, label: str, terms: tuple[str, ...]) -> Figure:
        how = listed([lower_first(codebook.label("measurements", term)) for term in terms])
        figure = share(
            f"measurement.{name}",
            label,
            f"at least one outcome finding measured so: {how}; of the outcome studies",
            held,
            _by(terms, codebook),
            codebook,
            trail=outcome_trail(codebook, measurement=terms),
            headline=True,
        )
        return withhold_share(figure, whole)

    figures = (
        made("scale-or-records", "Outcome studies with a published scale or administrative records", SCALES_OR_RECORDS),
        made("scale", "Outcome studies with a published scale", ("validated_scale",)),
    )
    seen = [f for s in held for f in outcome_findings(s, codebook) if f.measurement not in UNSEEN]
    return Result(
        analysis="measurement",
        question=QUESTION,
        statement=_statement(held, seen, figures, codebook),
        caution="A measure is good where it fits the claim: interviews can show what a scale cannot, and the reverse.",
        figures=figures,
        tables=(_types(held, codebook), *_instruments(held, codebook)),
        missing="" if seen or not held else NEEDED,
        charts=(
            bars(
                "measurement",
                QUESTION,
                list(zip(("Published scale or records", "Published scale"), figures, strict=True)),
            ),
        ),
    )


def _by(terms: tuple[str, ...], codebook: Codebook) -> StudyTest:
    """Whether an outcome was measured so; that none was takes a full text with every measurement coded."""

    def code(study: Study) -> bool | None:
        found = [f.measurement for f in outcome_findings(study, codebook)]
        return presence(study, found=any(m in terms for m in found), complete=not any(m in UNSEEN for m in found))

    return code


def _statement(held: tuple[Study, ...], seen: list[Finding], figures: tuple[Figure, ...], codebook: Codebook) -> str:
    if not held:
        return "No study here was seen to report an outcome."
    total = sum(len(outcome_findings(s, codebook)) for s in held)
    if not seen:
        return f"Not assessed: how it was measured is coded for none of {plural(total, 'outcome finding')}."
    by_kind = [
        (t, sum(f.measurement == t.id for f in seen)) for t in codebook.terms("measurements") if t.id not in UNSEEN
    ]
    counts = listed([f"{lower_first(t.label)} {n}" for t, n in by_kind if n])
    return (
        f"A published scale or records: {seen_in_words(figures[0])}. How it was measured was seen for {len(seen)} of "
        f"{plural(total, 'outcome finding')} ({counts}); for the other "
        f"{total - len(seen)} it is not coded or not reported."
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
    used: dict[str, dict[str, None]] = {}
    for study in studies:
        for finding in outcome_findings(study, codebook):
            for name in finding.instruments:
                used.setdefault(name, {})[study.id] = None
    if not used:
        return ()
    rows = tuple(
        (name, Count(tuple(found), outcome_trail(codebook, instrument=(name,)))) for name, found in sorted(used.items())
    )
    return (
        Table(
            "Instruments",
            ("Instrument", "Studies"),
            rows,
            "Outcome studies with an outcome finding that names the instrument.",
            id="measurement.instruments",
            row_ids=tuple(sorted(used)),
            column_ids=("studies",),
        ),
    )
