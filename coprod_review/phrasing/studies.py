"""Studies, findings and errata in words, as ``list`` and ``show`` print them."""

from collections.abc import Iterator, Mapping, Sequence

from coprod_review.model.base import Framework
from coprod_review.model.citation import Citation, Name
from coprod_review.model.codebook import Codebook
from coprod_review.model.quantity import Quantity
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Aim, Erratum, Finding, ReportedIn, Search, Study, stakeholder
from coprod_review.phrasing.texts import clause
from coprod_review.text.grammar import listed, long_date, lower_first, plural

_INCLUDED = ("included", "included_with_number")
"""Kinds of codes of a group that took part but is not the focus."""


def stakeholders_sentence(studies: Sequence[Study], codebook: Codebook) -> str:
    """Return how many entries have findings, and about which stakeholder groups."""
    with_findings = sum(bool(s.findings) for s in studies)
    counts = [
        f"{sum(any(stakeholder(f.outcome) == t.id for f in s.findings) for s in studies)} about {lower_first(t.label)}"
        for t in codebook.terms("stakeholders")
    ]
    return (
        f"{with_findings} of {plural(len(studies), 'entry')} {'has' if with_findings == 1 else 'have'} findings: "
        f"{listed(counts)}. An entry can have findings about several groups."
    )


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


def code_points(study: Study, framework: Framework) -> list[str]:
    """Return the codes of a study, each as one point."""
    book = framework.codebook
    points = [
        _with_reason(f"Role: {book.label('roles', study.role).lower()}", study.role_reason),
        f"Design: {book.label('designs', study.design).lower()}",
        f"What it calls the practice: {_labels(book, 'practices', study.practice)}",
        f"Setting: {_labels(book, 'settings', study.setting)}",
        f"Sector: {_labels(book, 'sectors', study.sector)}",
        f"Origin of the data: {_places(book, study.geography.data)}",
        f"Place of the authors: {_places(book, study.geography.authors)}",
        _with_reason(f"Coded from: {book.label('coded_from', study.coded_from).lower()}", study.coding_note),
        f"Stated aim: {study.aim or 'not recorded'}",
        _aim_point(book, "Outcomes", study.aims.outcome),
        _aim_point(book, "Process", study.aims.process),
        f"People who took part: {_participants(book, study)}",
        f"Outcomes reported: {_presence(book, study.reports.outcome)}",
        f"Process reported: {_presence(book, study.reports.process)}",
        f"Definition of {framework.about.subject.practice}: {book.label('definitions', study.definition).lower()}",
        f"Principles mentioned: {_coded_terms(book, 'principles', study.principles_mentioned, 'mentions', 'present')}",
        f"Groups in focus: {_coded_terms(book, 'groups', study.populations, 'population_codes', 'focus')}",
        f"Groups included: {_coded_terms(book, 'groups', study.populations, 'population_codes', *_INCLUDED)}",
        f"Characteristics of participants reported: {_characteristics(book, study, 'present')}",
    ]
    if not book.of_kind("characteristic_codes", "absent").isdisjoint(study.characteristics.values()):
        points.append(f"Characteristics of participants not reported: {_characteristics(book, study, 'absent')}")
    if study.search:
        points.append(_search_point(study.search))
    points.append("Critical appraisal: " + ("recorded" if study.appraisal else "none recorded"))
    status, entry = book.label("statuses", study.status).lower(), study.provenance
    points.append(
        f"Entry: {status}; source {book.label('sources', entry.entered_from)}; coded on {long_date(entry.as_of)}"
    )
    return points


def _aim_point(book: Codebook, side: str, aim: Aim) -> str:
    """Return whether a side is an aim of the study, where that was read, and the reason."""
    where = f" (read in: {book.label('read_in', aim.read_in).lower()})" if aim.read_in else ""
    return _with_reason(f"{side} as an aim: {book.label('aims', aim.code).lower()}{where}", aim.reason)


def _participants(book: Codebook, study: Study) -> str:
    """Return how many people took part in a study, or that this is not known."""
    if isinstance(study.participants, str):
        return "not coded" if study.participants == NOT_CODED else "the text that was read does not give a number"
    return listed([f"{p.n} {p.unit} (read in: {book.label('read_in', p.read_in).lower()})" for p in study.participants])


def _with_reason(code: str, reason: str | None) -> str:
    return f"{code}. {reason}" if reason else f"{code}."


def _labels(book: Codebook, vocabulary: str, terms: Sequence[str]) -> str:
    return listed([book.label(vocabulary, t) for t in terms]) or "not coded"


def _places(book: Codebook, places: Sequence[str]) -> str:
    """Return places in words; of a wider place, such as a country, whether one of its parts is named too."""

    def in_words(place: str) -> str:
        parts = book.parts("places", (place,))
        is_whole = bool(parts) and parts.isdisjoint(places)
        return f"{book.label('places', place)}{' (no part of it is named)' if is_whole else ''}"

    return listed([in_words(place) for place in places]) or "not coded"


def _coded_terms(book: Codebook, vocabulary: str, codes: Mapping[str, str], code_vocabulary: str, *kinds: str) -> str:
    """Return the labels of the terms whose codes are of some kinds; ``none coded`` without such terms."""
    wanted = book.of_kind(code_vocabulary, *kinds)
    labels = [lower_first(book.label(vocabulary, term)) for term, code in codes.items() if code in wanted]
    return listed(labels) or "none coded"


def _characteristics(book: Codebook, study: Study, kind: str) -> str:
    return _coded_terms(book, "characteristics", study.characteristics, "characteristic_codes", kind)


def _presence(book: Codebook, code: str) -> str:
    return book.label("presence", code).lower()


def _search_point(search: Search) -> str:
    known = search.start or search.end
    window = f"{search.start or 'not known'} to {search.end or 'not known'}" if known else "period not known"
    included = f"{search.included} {search.included_as or 'works'}" if search.included is not None else "not known"
    screened = f", of {search.screened} records found or screened" if search.screened else ""
    designs = listed([f"{name.replace('-', ' ')} {n}" for name, n in search.nested.items()])
    return f"Search: {window}. Included: {included}{screened}{f'; by design: {designs}' if designs else ''}"


def finding_point(finding: Finding, book: Codebook) -> str:
    """Return a finding with its codes and the places that report it."""
    measured = book.label("measurements", finding.measurement).lower()
    tags = [
        finding.outcome,
        finding.level,
        book.label("directions", finding.direction).lower(),
        *_codes_about_people(finding, book),
        f"measurement: {measured}" + (f" ({listed(finding.instruments)})" if finding.instruments else ""),
        book.label("evidence_roles", finding.evidence_role).lower(),
        f"certainty: {finding.certainty.level if finding.certainty else 'not assessed'}",
        f"reported in: {listed([place_in_words(place, book) for place in finding.reported_in])}",
    ]
    figures = "; ".join(f"{q.label}: {_quantity_in_words(q)}" for q in finding.figures)
    return f"{finding.id} {finding.summary}{f' ({figures})' if figures else ''} [{'; '.join(tags)}]"


def _codes_about_people(finding: Finding, book: Codebook) -> Iterator[str]:
    """Yield how strongly the source puts a finding, whom it concerns and who benefited, as far as this is coded."""
    for name, vocabulary, code in (
        ("strength", "asserts", finding.asserts),
        ("about", "person_roles", finding.person_role),
        ("about", "staff_roles", finding.staff_role),
        ("who benefited", "beneficiaries", finding.beneficiary),
    ):
        if code != NOT_CODED:
            yield f"{name}: {lower_first(book.label(vocabulary, code))}"


def place_in_words(place: ReportedIn, book: Codebook) -> str:
    """Return where a finding is reported: the source, its section and the claim."""
    section = f" section {place.section}" if place.section else ""
    claim = f" (claim {place.claim})" if place.claim else ""
    return f"{lower_first(book.label('sources', place.source))}{section}{claim}"


def _quantity_in_words(quantity: Quantity) -> str:
    if quantity.n is not None and quantity.N:
        return f"{quantity.n} of {quantity.N}"
    return f"{quantity.percent}%, denominator not reported" if quantity.percent is not None else str(quantity.n)


def claim_points(study: Study, framework: Framework) -> list[str]:
    """Return the claims of the review that cite a study, each with what was read of it there."""
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
    about, basis = clause(erratum_subject(erratum)), clause(erratum.basis)
    return f"{about}: {erratum.correction} [confidence: {erratum.confidence}; {read}; basis: {basis}]"


def erratum_subject(erratum: Erratum) -> str:
    """Return what an erratum is about: a field of the citation by its name, anything else as the entry says it."""
    return erratum.about.removeprefix("citation.")
