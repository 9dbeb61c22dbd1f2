"""What is behind a figure, in words: its rule, its members, and what would change it."""

from collections.abc import Iterator, Mapping, Sequence

from coprod_review.gaps.analyses.claims import status_of
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.record import NOT_CODED
from coprod_review.model.review import Claim, Example, Recommendation, Testimony
from coprod_review.model.study import Finding, Study
from coprod_review.phrasing.attribution import according_to
from coprod_review.phrasing.claims import STATUS_WORDS
from coprod_review.phrasing.comparisons import comparison_reason, verdict_sentence
from coprod_review.phrasing.figure_details import headline, sensitivity_sentences
from coprod_review.phrasing.figures import unknown_count
from coprod_review.phrasing.studies import place_in_words
from coprod_review.phrasing.texts import clause, sentence
from coprod_review.results.figure import Comparison, Figure
from coprod_review.results.member import COUNTED, Member, Place, PublishedNumber
from coprod_review.text.grammar import capitalise, listed, listed_at_most, lower_first, percent, plural, with_article

HEADINGS: Mapping[Place, str] = {
    "counted": "Counted",
    "not counted": "In the denominator but not counted",
    "not known": "Not known",
    "both sides": "On both sides",
    "first side alone": "On the first side alone (in the numerator)",
    "second side alone": "On the second side alone (in the denominator)",
}
"""Heading of the members at each place."""


def heading_of(member: Member, figure: Figure) -> str:
    """Return the heading of the members at the place of one, and who says so if it is the review of the base alone."""
    heading = HEADINGS[member.place]
    if not member.attributed or figure.attributed is None:
        return heading
    return f"{heading}, only {according_to(figure.attributed.review_name)}"


def number_sentences(figure: Figure, framework: Framework) -> Iterator[str]:
    """Yield the number, its rule, what it rests on and what it compares with."""
    yield f"{capitalise(headline(figure))} [{figure.id}]."
    yield f"Rule: {figure.definition}."
    yield from sensitivity_sentences(figure, framework.codebook)
    if figure.interval:
        sides = "two-sided" if figure.interval.sides == 2 else "one-sided"
        yield f"The {percent(figure.interval.level)} confidence interval is {sides} ({figure.interval.method})."
    for comparison in figure.comparisons:
        yield _comparison(comparison, figure)


def _comparison(comparison: Comparison, figure: Figure) -> str:
    ratio = f" The ratio is {comparison.ratio:.2f}." if comparison.ratio is not None else ""
    verdict = f" {verdict_sentence(comparison)}" if comparison.verdict else ""
    return f"Compared with {comparison.benchmark}:{ratio}{verdict} {comparison_reason(comparison, figure)}"


def description(member: Member, framework: Framework) -> str:
    """Return what a member is, in one line."""
    match member.subject:
        case Study() as study if member.findings and member.id == member.findings[0].id:
            return study.citation.title
        case Study() as study:
            reference = f", reference {study.reference}" if study.reference else ""
            errata = _errata(study, framework) if member.place in COUNTED else ""
            return f"{study.citation.title} ({study.year or 'no date'}{reference}){errata}"
        case PublishedNumber() as number:
            return f"section {number.claim.section}: {number.quantity.label}"
        case Claim() as claim:
            return f"section {claim.section}: {claim.claim}"
        case Testimony() | Example() as statement:
            return f"section {statement.section}, testimony: {statement.statement}"
        case Term() as term:
            return term.label
        case Recommendation() as recommendation:
            return recommendation.statement
        case _:
            return member.id


def _errata(study: Study, framework: Framework) -> str:
    """Return which errata concern a study, in the review and in its own entry."""
    errata = framework.review.errata if framework.review else ()
    parts = [e.id for e in errata if study.id in e.studies and e.id]
    if study.errata:
        parts.append(f"{len(study.errata)} in its entry")
    return f"; errata {listed(parts)}: coprod-review show {study.id}" if parts else ""


def coding(member: Member, framework: Framework) -> str:
    """Return how a member was coded: by how many people and from what, or its status; empty where that says nothing."""
    match member.subject:
        case Study() as study if not member.findings or member.id != member.findings[0].id:
            source = with_article(framework.codebook.label("coded_from", study.coded_from).lower())
            coders = f"by {plural(len(study.coders), 'person', 'people')}" if study.coders else "once"
            return f"coded {coders} from {source}"
        case PublishedNumber() as number:
            return f"status {STATUS_WORDS[status_of(number.claim)]}"
        case Claim() as claim:
            return f"status {STATUS_WORDS[status_of(claim)]}"
        case _:
            return ""


def full_point(member: Member, framework: Framework) -> str:
    """Return a member with its codes and the whole text of its findings."""
    text = description(member, framework)
    name = f"{member.id}: {text}" if text != member.id else member.id
    parts = [name, coding(member, framework), *_codes(member)]
    parts += [_finding_in_full(finding, framework.codebook) for finding in member.findings]
    return sentence("; ".join(clause(part) for part in parts if part))


def brief_point(member: Member, framework: Framework) -> str:
    """Return a study that is not counted with its codes and the ids of its findings."""
    parts = [f"{member.id}: {coding(member, framework)}", *_codes(member)]
    parts += [f"{f.id} ({f.level}; {', '.join(_sources(f))})" for f in member.findings]
    return sentence("; ".join(clause(part) for part in parts))


def _sources(finding: Finding) -> Iterator[str]:
    yield from dict.fromkeys(place.source for place in finding.reported_in)


def _codes(member: Member) -> Iterator[str]:
    """Yield the codes of a member.

    A group of people that is not coded reads ``no code of its own`` and not ``not known``, because the figure may still
    count the study as one that does not focus on the group.
    """
    for path, value in member.codes:
        uncoded_group = path.startswith("populations.") and value == NOT_CODED
        yield f"{path}: {'no code of its own' if uncoded_group else value}"


def _finding_in_full(finding: Finding, book: Codebook) -> str:
    tags = [finding.level, lower_first(book.label("directions", finding.direction))]
    if finding.beneficiary != NOT_CODED:
        tags.append(f"who benefited: {lower_first(book.label('beneficiaries', finding.beneficiary))}")
    if finding.measurement != NOT_CODED:
        named = f" ({listed(finding.instruments)})" if finding.instruments else ""
        tags.append(f"measurement: {lower_first(book.label('measurements', finding.measurement))}{named}")
    sources = listed([place_in_words(place, book) for place in finding.reported_in])
    return f"{finding.id} on {finding.outcome} ({', '.join(tags)}), reported in {sources}: {finding.summary}"


def influence_sentences(figure: Figure, most_influential: Sequence[str], value_without: float | None) -> Iterator[str]:
    """Yield which studies change the figure most when they are left out, and what coding the unknown ones could do.

    ``most_influential`` are ids of members that change it equally; ``value_without`` is the figure without one of them.
    """
    if most_influential:
        yield _most_influential(figure, most_influential, value_without)
    if unknown_count(figure):
        yield (
            f"Coding the {plural(unknown_count(figure), figure.unit)} for which this is not known could "
            f"{'also ' if most_influential else ''}change it: {listed_at_most(figure.unknown_ids)}. "
            "Only a full text can show what is missing."
        )
    if not most_influential and not unknown_count(figure):
        yield _no_influence(figure)


def _most_influential(figure: Figure, ids: Sequence[str], value_without: float | None) -> str:
    if value_without == figure.value:
        return "Leaving out any one study does not change it."
    template = "{:.2f}" if figure.kind == "ratio" else "{:.1%}"
    now, then = (template.format(value or 0.0) for value in (figure.value, value_without))
    which = f"any one of {len(ids)} studies ({listed_at_most(ids)})" if len(ids) > 1 else ids[0]
    return f"Leaving out {which} changes it most, from {now} to {then}."


def _no_influence(figure: Figure) -> str:
    """Return why no study changes a figure more than another."""
    if figure.kind == "median":
        return "The program does not compute which study changes a median most; one study alone seldom changes it."
    if figure.numerator is None:
        return "It is not known, so nothing can change it."
    return (
        "Each one that is counted adds 1, so none weighs more than another."
        if figure.numerator_ids
        else "None is counted."
    )
