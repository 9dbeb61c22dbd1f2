"""The reports of ``list`` and ``show``: studies with their tags, and one study in full."""

from collections.abc import Sequence
from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.facets import FACETS
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study
from coprod_review.phrasing.filters import filters_sentence
from coprod_review.phrasing.studies import (
    claim_points,
    code_points,
    erratum_line,
    finding_point,
    reference_line,
    stakeholders_sentence,
)
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import plural

_TAGS = (
    "id", "reference", "title", "year", "doi", "role", "design", "practice", "sector", "stakeholders",
    "outcomes", "levels", "principles", "populations", "reports", "coded_from",
)  # fmt: skip
_FINDING_COLUMNS = (
    "id", "outcome", "level", "direction", "beneficiary", "measurement", "evidence_role", "summary", "reported_in",
)  # fmt: skip


def list_report(base: EvidenceBase, studies: Sequence[Study], filters: Sequence[str] = ()) -> Report:
    """Return the studies that pass the filters, one row each, and how many have findings for each stakeholder group."""
    total = len(base.studies) if base.unfiltered_count is None else base.unfiltered_count
    return Report(
        title=f"{len(studies)} of {plural(total, 'entry')}",
        lead=tuple(map(filters_sentence, [filters] if filters else [])),
        sections=(
            Section(
                "",
                paragraphs=(stakeholders_sentence(studies, base.framework.codebook),),
                tables=(_studies_table(studies, base),),
            ),
        ),
        payload=lambda: [study_tags(study, base.framework.codebook) for study in studies],
        spreadsheet=lambda: _tags_table(studies, base.framework.codebook),
    )


def _tags_table(studies: Sequence[Study], codebook: Codebook) -> Table:
    return Table(
        "Studies", _TAGS, tuple(tuple(map(_spreadsheet_cell, study_tags(s, codebook).values())) for s in studies)
    )


def study_tags(study: Study, codebook: Codebook) -> dict[str, Any]:
    """Return one study as ``list --format json`` gives it (docs/contracts/json.md#list)."""
    values: tuple[Any, ...] = (
        study.id,
        study.reference,
        study.citation.title,
        study.year,
        study.citation.doi,
        study.role,
        study.design,
        list(study.practice),
        list(study.sector),
        list(FACETS["stakeholder"].terms(study, codebook)),
        list(FACETS["outcome"].terms(study, codebook)),
        list(FACETS["level"].terms(study, codebook)),
        {t.id: study.principles_mentioned.get(t.id, NOT_CODED) for t in codebook.terms("principles")},
        {t.id: study.populations.get(t.id, NOT_CODED) for t in codebook.terms("groups")},
        {"outcome": study.reports.outcome, "process": study.reports.process},
        study.coded_from,
    )
    return dict(zip(_TAGS, values, strict=True))


def _spreadsheet_cell(value: Any) -> Cell:
    """Return a value as one cell; lists and mappings as text, without codes that are ``not_coded``."""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, dict):
        return " ".join(f"{k}={v}" for k, v in value.items() if v != NOT_CODED)
    return value  # type: ignore[no-any-return]


def _studies_table(studies: Sequence[Study], base: EvidenceBase) -> Table:
    codebook = base.framework.codebook
    rows = tuple(
        (
            study.reference,
            study.id,
            codebook.label("designs", study.design),
            ", ".join(codebook.label("sectors", s) for s in study.sector),
            ", ".join(FACETS["stakeholder"].terms(study, codebook)),
        )
        for study in studies
    )
    return Table(
        "",
        ("Ref.", "Study", "Design", "Sector", "Findings about"),
        rows,
        "To show one study in full, type: coprod-review show ID",
    )


def show_report(base: EvidenceBase, study: Study) -> Report:
    """Return one study in full: citation, codes, findings, claims of the review about it, and errata."""
    framework = base.framework
    return Report(
        title=f"{study.id}: {study.citation.title}",
        lead=(
            reference_line(study.citation),
            *((f"The review cites this work only through {study.cited_via}.",) if study.cited_via else ()),
        ),
        sections=tuple(
            section
            for section in (
                Section("Codes", points=tuple(code_points(study, framework))),
                Section(
                    f"Findings ({len(study.findings)})",
                    points=tuple(finding_point(f, framework.codebook) for f in study.findings),
                ),
                Section("Claims of the review that cite it", points=tuple(claim_points(study, framework))),
                Section("Errata", points=tuple(map(erratum_line, study.errata))),
            )
            if section.points
        ),
        payload=lambda: _study_payload(study, framework),
        spreadsheet=lambda: _findings_table(study),
    )


def _study_payload(study: Study, framework: Framework) -> dict[str, Any]:
    """Return every field of a study, under the keys of its file, and the ids of the claims that cite it."""
    from coprod_review.loading.conversion import to_plain  # imports pydantic, which is slow, and only JSON needs it

    claims = framework.review.claims if framework.review else ()
    return {**to_plain(study), "claims": [claim.id for claim in claims if study.id in claim.cites]}


def _findings_table(study: Study) -> Table:
    rows = tuple(
        (
            f.id, f.outcome, f.level, f.direction, f.beneficiary, f.measurement, f.evidence_role, f.summary,
            " ".join(place.source for place in f.reported_in),
        )
        for f in study.findings
    )  # fmt: skip
    return Table("Findings", _FINDING_COLUMNS, rows)
