"""The reports of ``list`` and ``show``: studies with their tags, and one study whole."""

from collections.abc import Sequence
from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.citation import Citation, Name
from coprod_review.model.codebook import Codebook
from coprod_review.model.facets import FACETS
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Erratum, Finding, ReportedIn, Study, stakeholder
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import listed, lower_first, plural


def list_report(base: EvidenceBase, studies: Sequence[Study], filters: Sequence[str] = ()) -> Report:
    """The studies that pass, one row each, with a count of their findings' stakeholder groups."""
    whole = len(base.studies) if base.unfiltered_count is None else base.unfiltered_count
    return Report(
        title=f"{plural(len(studies), 'entry')} of {whole}",
        lead=tuple(f"Only what passes: {'; '.join(filters)}." for _ in filters[:1]),
        sections=(
            Section(
                "", paragraphs=(_groups_line(studies, base.framework.codebook),), tables=(_list_table(studies, base),)
            ),
        ),
        payload=lambda: [study_tags(study, base.framework.codebook) for study in studies],
        spreadsheet=lambda: _tags_table(studies, base.framework.codebook),
    )


def _tags_table(studies: Sequence[Study], codebook: Codebook) -> Table:
    return Table("Studies", _TAGS, tuple(tuple(map(_flat, study_tags(s, codebook).values())) for s in studies))


_TAGS = (
    "id", "reference", "title", "year", "doi", "role", "design", "practice", "sector", "stakeholders",
    "outcomes", "levels", "principles", "populations", "reports", "coded_from",
)  # fmt: skip


def study_tags(study: Study, codebook: Codebook) -> dict[str, Any]:
    """One study as ``list --format json`` gives it (docs/contracts/json.md#list)."""
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


def _flat(value: Any) -> Cell:
    """A list or mapping in one cell of a spreadsheet; codes not yet made are left out."""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, dict):
        return " ".join(f"{k}={v}" for k, v in value.items() if v != NOT_CODED)
    return value  # type: ignore[no-any-return]


def _groups_line(studies: Sequence[Study], codebook: Codebook) -> str:
    with_findings = [s for s in studies if s.findings]
    counts = [
        f"{lower_first(t.label)} {sum(any(stakeholder(f.outcome) == t.id for f in s.findings) for s in studies)}"
        for t in codebook.terms("stakeholders")
    ]
    return f"Studies with findings, by stakeholder group: {listed(counts)}; {len(with_findings)} distinct."


def _list_table(studies: Sequence[Study], base: EvidenceBase) -> Table:
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
        "", ("Ref", "Study", "Design", "Sector", "Findings for"), rows, "coprod-review show ID shows one study whole."
    )


def show_report(base: EvidenceBase, study: Study) -> Report:
    """One study whole: citation, codes, findings, what the review claims of it, errata."""
    framework = base.framework
    return Report(
        title=f"{study.id}: {study.citation.title}",
        lead=(
            reference_line(study.citation),
            *((f"Cited by the review through {study.cited_via}.",) if study.cited_via else ()),
        ),
        sections=tuple(
            section
            for section in (
                Section("Codes", points=tuple(_codes(study, framework))),
                Section(
                    f"Findings ({len(study.findings)})",
                    points=tuple(_finding(f, framework.codebook) for f in study.findings),
                ),
                Section("What the review claims of it", points=tuple(_claims(study, framework))),
                Section("Errata", points=tuple(map(erratum_line, study.errata))),
            )
            if section.points
        ),
        payload=lambda: _payload(study, framework),
        spreadsheet=lambda: _findings_table(study),
    )


def _payload(study: Study, framework: Framework) -> dict[str, Any]:
    """Every field of the study, with the keys of its file, and the ids of the claims that cite it."""
    from coprod_review.loading.conversion import to_plain

    claims = framework.review.claims if framework.review else ()
    return {**to_plain(study), "claims": [claim.id for claim in claims if study.id in claim.cites]}


def reference_line(citation: Citation) -> str:
    """A plain reference: authors, year, title and where it appeared."""
    authors = listed([_name(a) for a in citation.author]) or "No author"
    stop = "" if citation.title.endswith(("?", ".", "!")) else "."
    volume = f"{citation.volume or ''}{f'({citation.issue})' if citation.issue else ''}"
    address = f"doi:{citation.doi}" if citation.doi else citation.url
    held = (
        citation.container_title,
        citation.collection_title,
        volume,
        citation.number,
        citation.page,
        citation.publisher,
        address,
    )
    where = ", ".join(part for part in held if part)
    return f"{authors} ({citation.issued or 'no date'}) {citation.title}{stop}{f' {where}.' if where else ''}"


def _name(name: Name) -> str:
    if name.literal:
        return name.literal
    return f"{name.family}, {name.given}" if name.given else name.family or "unknown"


def _codes(study: Study, framework: Framework) -> list[str]:
    book = framework.codebook
    told = [
        f"Role: {book.label('roles', study.role).lower()}. {study.role_reason or ''}".strip(),
        f"Design: {book.label('designs', study.design).lower()}",
        f"Practice, in its own words: {_labels(book, 'practices', study.practice)}",
        f"Sector: {_labels(book, 'sectors', study.sector)}",
        f"Data from: {_labels(book, 'places', study.geography.data)}",
        f"Authors in: {_labels(book, 'places', study.geography.authors)}",
        f"Coded from: {book.label('coded_from', study.coded_from).lower()}. {study.coding_note or ''}".strip(),
        f"Declared focus: {book.label('focus', study.focus).lower()}. {study.focus_reason or ''}".strip(),
        f"Reports: outcome {_word(book, study.reports.outcome)}, process {_word(book, study.reports.process)}",
        f"Definition of co-production: {book.label('definitions', study.definition).lower()}",
        f"Principles mentioned: {_listed(book, 'principles', study.principles_mentioned, 'mentioned')}",
        f"Groups in focus: {_listed(book, 'groups', study.populations, 'focus')}",
        f"Groups included: {_listed(book, 'groups', study.populations, 'included', 'included_n')}",
    ]
    if study.search:
        told.append(_search(study))
    told.append("Appraisal: " + ("recorded" if study.appraisal else "not assessed"))
    status, entry = book.label("statuses", study.status).lower(), study.provenance
    told.append(f"Status: {status}; entered from {entry.entered_from}, {entry.as_of}")
    return told


def _labels(book: Codebook, vocabulary: str, terms: Sequence[str]) -> str:
    return listed([book.label(vocabulary, t) for t in terms]) or "not coded"


def _listed(book: Codebook, vocabulary: str, codes: dict[str, str], *wanted: str) -> str:
    return (
        listed([lower_first(book.label(vocabulary, t)) for t, code in codes.items() if code in wanted]) or "none coded"
    )


def _word(book: Codebook, code: str) -> str:
    return book.label("presence", code).lower()


def _search(study: Study) -> str:
    search = study.search
    assert search is not None
    window = f"{search.start or 'not seen'} to {search.end or 'not seen'}"
    included = (
        f"{search.included} {search.included_as or 'works'}" if search.included is not None else "number not seen"
    )
    nested = "".join(f"; {n} {name.replace('-', ' ')}" for name, n in search.nested.items())
    screened = f", from {search.screened} screened" if search.screened else ""
    return f"Search: {window}; included: {included}{screened}{nested}"


def _finding(finding: Finding, book: Codebook) -> str:
    measured = book.label("measurements", finding.measurement).lower()
    tags = [
        finding.outcome,
        finding.level,
        book.label("directions", finding.direction).lower(),
        f"measurement {measured}" + (f" ({listed(finding.instruments)})" if finding.instruments else ""),
        book.label("evidence_roles", finding.evidence_role).lower(),
        f"certainty {finding.certainty.level if finding.certainty else 'not assessed'}",
        f"seen in {', '.join(place_in_words(place, book) for place in finding.reported_in)}",
    ]
    figures = "; ".join(f"{q.label}: {_quantity(q.n, q.N, q.percent)}" for q in finding.figures)
    return f"{finding.id} {finding.summary}{f' ({figures})' if figures else ''} [{'; '.join(tags)}]"


def place_in_words(place: ReportedIn, book: Codebook) -> str:
    """Where a finding was seen: the source, its section and the claim."""
    section = f" {place.section}" if place.section else ""
    claim = f" ({place.claim})" if place.claim else ""
    return f"{lower_first(book.label('sources', place.source))}{section}{claim}"


def _quantity(n: float | None, total: int | None, percent: float | None) -> str:
    if n is not None and total:
        return f"{n} of {total}"
    return f"{percent}%, denominator not reported" if percent is not None else str(n)


def _claims(study: Study, framework: Framework) -> list[str]:
    claims = framework.review.claims if framework.review else ()
    return [
        f"{claim.id} (section {claim.section}): {claim.claim} "
        f"[{framework.codebook.label('corroboration', claim.corroboration.get(study.id, 'not_judged')).lower()}]"
        for claim in claims
        if study.id in claim.cites
    ]


def erratum_line(erratum: Erratum) -> str:
    """One erratum: what is wrong, what holds, and how sure that is."""
    read = "original read" if erratum.verified_at_original else "original not read"
    about = erratum.about.removeprefix("citation.") if erratum.about.startswith("citation.") else erratum.about
    basis = erratum.basis.rstrip(".")
    return f"{about.rstrip('.')}: {erratum.correction} [{erratum.confidence} confidence; {read}; basis: {basis}]"


def _findings_table(study: Study) -> Table:
    columns = (
        "id",
        "outcome",
        "level",
        "direction",
        "beneficiary",
        "measurement",
        "evidence_role",
        "summary",
        "reported_in",
    )
    rows = tuple(
        (
            f.id,
            f.outcome,
            f.level,
            f.direction,
            f.beneficiary,
            f.measurement,
            f.evidence_role,
            f.summary,
            " ".join(r.source for r in f.reported_in),
        )
        for f in study.findings
    )
    return Table("Findings", columns, rows)
