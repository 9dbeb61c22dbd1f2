"""The reports of ``list`` and ``show``: studies with their tags, and one study in full."""

from collections.abc import Sequence
from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.citation import Citation, Name
from coprod_review.model.codebook import Codebook
from coprod_review.model.facets import FACETS
from coprod_review.model.quantity import Quantity
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Erratum, Finding, ReportedIn, Search, Study, stakeholder
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import listed, long_date, lower_first, plural

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
        lead=tuple(f"Filters: {'; '.join(filters)}." for _ in filters[:1]),
        sections=(
            Section(
                "",
                paragraphs=(_stakeholders_sentence(studies, base.framework.codebook),),
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
        list(FACETS["stakeholder"].terms(study)),
        list(FACETS["outcome"].terms(study)),
        list(FACETS["level"].terms(study)),
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


def _stakeholders_sentence(studies: Sequence[Study], codebook: Codebook) -> str:
    with_findings = sum(bool(s.findings) for s in studies)
    counts = [
        f"{sum(any(stakeholder(f.outcome) == t.id for f in s.findings) for s in studies)} about {lower_first(t.label)}"
        for t in codebook.terms("stakeholders")
    ]
    return (
        f"{with_findings} of {plural(len(studies), 'entry')} {'has' if with_findings == 1 else 'have'} findings: "
        f"{listed(counts)}. An entry can have findings about several groups."
    )


def _studies_table(studies: Sequence[Study], base: EvidenceBase) -> Table:
    codebook = base.framework.codebook
    rows = tuple(
        (
            study.reference,
            study.id,
            codebook.label("designs", study.design),
            ", ".join(codebook.label("sectors", s) for s in study.sector),
            ", ".join(FACETS["stakeholder"].terms(study)),
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
                Section("Codes", points=tuple(_code_points(study, framework))),
                Section(
                    f"Findings ({len(study.findings)})",
                    points=tuple(_finding_point(f, framework.codebook) for f in study.findings),
                ),
                Section("Claims of the review that cite it", points=tuple(_claim_points(study, framework))),
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


def reference_line(citation: Citation) -> str:
    """Return a reference as plain text: authors, year, title and where the work appeared."""
    authors = listed([_author(a) for a in citation.author]) or "No author"
    stop = "" if citation.title.endswith(("?", ".", "!")) else "."
    volume = f"{citation.volume or ''}{f'({citation.issue})' if citation.issue else ''}"
    address = f"doi:{citation.doi}" if citation.doi else citation.url
    source = (
        citation.container_title,
        citation.collection_title,
        volume,
        citation.number,
        citation.page,
        citation.publisher,
        address,
    )
    where = ", ".join(part for part in source if part)
    return f"{authors} ({citation.issued or 'no date'}) {citation.title}{stop}{f' {where}.' if where else ''}"


def _author(name: Name) -> str:
    if name.literal:
        return name.literal
    return f"{name.family}, {name.given}" if name.given else name.family or "unknown"


def _code_points(study: Study, framework: Framework) -> list[str]:
    book = framework.codebook
    points = [
        f"Role: {book.label('roles', study.role).lower()}. {study.role_reason or ''}".strip(),
        f"Design: {book.label('designs', study.design).lower()}",
        f"What it calls the practice: {_labels(book, 'practices', study.practice)}",
        f"Sector: {_labels(book, 'sectors', study.sector)}",
        f"Origin of the data: {_labels(book, 'places', study.geography.data)}",
        f"Place of the authors: {_labels(book, 'places', study.geography.authors)}",
        f"Coded from: {book.label('coded_from', study.coded_from).lower()}. {study.coding_note or ''}".strip(),
        f"Declared focus: {book.label('focus', study.focus).lower()}. {study.focus_reason or ''}".strip(),
        f"Outcomes reported: {_presence(book, study.reports.outcome)}",
        f"Process reported: {_presence(book, study.reports.process)}",
        f"Definition of co-production: {book.label('definitions', study.definition).lower()}",
        f"Principles mentioned: {_terms_with_code(book, 'principles', study.principles_mentioned, 'mentioned')}",
        f"Groups in focus: {_terms_with_code(book, 'groups', study.populations, 'focus')}",
        f"Groups included: {_terms_with_code(book, 'groups', study.populations, 'included', 'included_n')}",
    ]
    if study.search:
        points.append(_search_point(study.search))
    points.append("Critical appraisal: " + ("recorded" if study.appraisal else "none recorded"))
    status, entry = book.label("statuses", study.status).lower(), study.provenance
    points.append(
        f"Entry: {status}; source {book.label('sources', entry.entered_from)}; coded on {long_date(entry.as_of)}"
    )
    return points


def _labels(book: Codebook, vocabulary: str, terms: Sequence[str]) -> str:
    return listed([book.label(vocabulary, t) for t in terms]) or "not coded"


def _terms_with_code(book: Codebook, vocabulary: str, codes: dict[str, str], *wanted: str) -> str:
    labels = [lower_first(book.label(vocabulary, term)) for term, code in codes.items() if code in wanted]
    return listed(labels) or "none coded"


def _presence(book: Codebook, code: str) -> str:
    return book.label("presence", code).lower()


def _search_point(search: Search) -> str:
    known = search.start or search.end
    window = f"{search.start or 'not known'} to {search.end or 'not known'}" if known else "period not known"
    included = f"{search.included} {search.included_as or 'works'}" if search.included is not None else "not known"
    screened = f", of {search.screened} records found or screened" if search.screened else ""
    designs = listed([f"{name.replace('-', ' ')} {n}" for name, n in search.nested.items()])
    return f"Search: {window}. Included: {included}{screened}{f'; by design: {designs}' if designs else ''}"


def _finding_point(finding: Finding, book: Codebook) -> str:
    measured = book.label("measurements", finding.measurement).lower()
    tags = [
        finding.outcome,
        finding.level,
        book.label("directions", finding.direction).lower(),
        f"measurement: {measured}" + (f" ({listed(finding.instruments)})" if finding.instruments else ""),
        book.label("evidence_roles", finding.evidence_role).lower(),
        f"certainty: {finding.certainty.level if finding.certainty else 'not assessed'}",
        f"reported in: {listed([place_in_words(place, book) for place in finding.reported_in])}",
    ]
    figures = "; ".join(f"{q.label}: {_quantity_in_words(q)}" for q in finding.figures)
    return f"{finding.id} {finding.summary}{f' ({figures})' if figures else ''} [{'; '.join(tags)}]"


def place_in_words(place: ReportedIn, book: Codebook) -> str:
    """Return where a finding is reported: the source, its section and the claim."""
    section = f" section {place.section}" if place.section else ""
    claim = f" (claim {place.claim})" if place.claim else ""
    return f"{lower_first(book.label('sources', place.source))}{section}{claim}"


def _quantity_in_words(quantity: Quantity) -> str:
    if quantity.n is not None and quantity.N:
        return f"{quantity.n} of {quantity.N}"
    return f"{quantity.percent}%, denominator not reported" if quantity.percent is not None else str(quantity.n)


def _claim_points(study: Study, framework: Framework) -> list[str]:
    claims = framework.review.claims if framework.review else ()
    return [
        f"{claim.id} (section {claim.section}): {claim.claim} "
        f"[{framework.codebook.label('corroboration', claim.corroboration.get(study.id, 'not_judged')).lower()}]"
        for claim in claims
        if study.id in claim.cites
    ]


def erratum_line(erratum: Erratum) -> str:
    """Return one erratum: what is wrong, the correction, and how sure it is."""
    read = "the original was read" if erratum.verified_at_original else "the original was not read"
    about = erratum.about.removeprefix("citation.").rstrip(".")
    basis = erratum.basis.rstrip(".")
    return f"{about}: {erratum.correction} [confidence: {erratum.confidence}; {read}; basis: {basis}]"


def _findings_table(study: Study) -> Table:
    rows = tuple(
        (
            f.id, f.outcome, f.level, f.direction, f.beneficiary, f.measurement, f.evidence_role, f.summary,
            " ".join(place.source for place in f.reported_in),
        )
        for f in study.findings
    )  # fmt: skip
    return Table("Findings", _FINDING_COLUMNS, rows)
