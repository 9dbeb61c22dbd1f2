"""The report of ``why`` on one figure: its rule, its members, and what would change it."""

from collections.abc import Iterator, Sequence

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding
from coprod_review.phrasing.comparisons import comparison_reason, verdict_in_words
from coprod_review.phrasing.figure_details import headline, sensitivity_in_words
from coprod_review.phrasing.figures import unknown_count
from coprod_review.reports.base_summary import base_summary_lines
from coprod_review.reports.request import ReportRequest
from coprod_review.reports.studies import place_in_words
from coprod_review.results.figure import Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.text.grammar import capitalise, listed, listed_at_most, lower_first, percent, plural
from coprod_review.why.members import BOTH, DENOMINATOR, FIRST, NUMERATOR, SECOND, UNKNOWN, Member, members_of
from coprod_review.why.payload import most_influential, payload, spreadsheet

_HEADINGS = {
    NUMERATOR: "Counted",
    DENOMINATOR: "In the denominator, not counted",
    UNKNOWN: "Not known",
    BOTH: "On both sides",
    FIRST: "On the first side alone (in the numerator)",
    SECOND: "On the second side alone (in the denominator)",
}
"""Heading of the members at each place."""


def figure_report(base: EvidenceBase, figure: Figure, request: ReportRequest) -> Report:
    """Return the report on one figure."""
    members = members_of(figure, base)
    return Report(
        title=figure.label,
        lead=base_summary_lines(base, request.filters),
        sections=(
            Section("The number", points=tuple(_number_points(figure, base.framework))),
            *_member_sections(members, figure, base.framework),
            Section("What would change it most", points=tuple(_influence_points(members, figure))),
            Section("", points=(Point("This report again:", request.why_command(figure.id)),)),
        ),
        payload=lambda: payload(base, figure, members, request),
        spreadsheet=lambda: spreadsheet(members),
    )


def _number_points(figure: Figure, framework: Framework) -> Iterator[str]:
    yield f"{figure.id}: {headline(figure)}."
    yield f"Rule: {figure.definition}."
    yield from (f"{capitalise(text)}." for text in sensitivity_in_words(figure, framework.codebook))
    if figure.interval:
        sides = "two-sided" if figure.interval.sides == 2 else "one-sided"
        yield f"Interval: {percent(figure.interval.level)}, {sides}, {figure.interval.method}."
    for comparison in figure.comparisons:
        ratio = f", ratio {comparison.ratio:.2f}" if comparison.ratio is not None else ""
        verdict = f"{verdict_in_words(comparison)}: " if comparison.verdict else ""
        yield f"Beside {comparison.benchmark}{ratio}: {verdict}{comparison_reason(comparison, figure).rstrip('.')}."


def _member_sections(members: Sequence[Member], figure: Figure, framework: Framework) -> Iterator[Section]:
    for place, heading in _HEADINGS.items():
        at_place = [m for m in members if m.place == place]
        if at_place:
            brief = place in (DENOMINATOR, UNKNOWN) and figure.unit == "study"
            points = tuple(_brief_point(m) if brief else _full_point(m, framework) for m in at_place)
            yield Section(f"{heading} ({plural(len(at_place), figure.unit)})", points=points)


def _full_point(member: Member, framework: Framework) -> str:
    name = f"{member.id}: {member.description}" if member.description != member.id else member.id
    parts = [name, member.coding, *_codes_in_words(member)]
    parts += [_finding_in_words(f, framework) for f in member.findings]
    return "; ".join(part.rstrip(".") for part in parts if part) + "."


def _codes_in_words(member: Member) -> list[str]:
    """Return the codes of a member in words.

    A group of people that is not coded reads ``no code of its own`` and not ``not known``, because the figure may still
    count the study as one that does not focus on the group.
    """
    return [
        f"{path}: {'no code of its own' if path.startswith('populations.') and value == NOT_CODED else value}"
        for path, value in member.codes
    ]


def _brief_point(member: Member) -> str:
    """Return a study that is not counted with its codes and finding ids; the rest is in the JSON and the CSV."""
    parts = [f"{member.id}: {member.coding}", *_codes_in_words(member)]
    parts += [
        f"{f.id} ({f.level}; {', '.join(dict.fromkeys(r.source for r in f.reported_in))})" for f in member.findings
    ]
    return "; ".join(part.rstrip(".") for part in parts) + "."


def _finding_in_words(finding: Finding, framework: Framework) -> str:
    book = framework.codebook
    tags = [finding.level, lower_first(book.label("directions", finding.direction))]
    if finding.beneficiary != NOT_CODED:
        tags.append(f"for {lower_first(book.label('beneficiaries', finding.beneficiary))}")
    if finding.measurement != NOT_CODED:
        named = f" ({listed(finding.instruments)})" if finding.instruments else ""
        tags.append(f"measurement: {lower_first(book.label('measurements', finding.measurement))}{named}")
    sources = listed([place_in_words(place, book) for place in finding.reported_in])
    return f"{finding.id} on {finding.outcome} ({', '.join(tags)}), seen in {sources}: {finding.summary}"


def _influence_points(members: Sequence[Member], figure: Figure) -> Iterator[str]:
    """Yield which studies change the figure most when they are left out, and what coding the unknown could do."""
    omissible = [m for m in members if m.value_without is not None] if figure.value is not None else []
    if omissible:
        yield _most_influential_point(omissible, figure)
    if unknown_count(figure):
        more = " more" if omissible else ""
        yield (
            f"Coding the {unknown_count(figure)} that are not known could move it{more}: "
            f"{listed_at_most(figure.unknown_ids)}. "
            "Read their full texts, for an abstract cannot show what is missing."
        )
    if not omissible and not unknown_count(figure):
        yield _no_influence_point(figure)


def _most_influential_point(members: Sequence[Member], figure: Figure) -> str:
    ids = frozenset(most_influential(members, figure))
    most = [m for m in members if m.id in ids]
    without = most[0].value_without
    if without == figure.value:
        return "Leaving out any one study does not move it."
    template = "{:.2f}" if figure.kind == "ratio" else "{:.1%}"
    now, then = (template.format(value or 0.0) for value in (figure.value, without))
    which = f"any one of {len(most)} ({listed_at_most([m.id for m in most])})" if len(most) > 1 else most[0].id
    return f"Leaving out {which} moves it from {now} to {then}, more than leaving out any other."


def _no_influence_point(figure: Figure) -> str:
    """Return why no study changes a figure more than another."""
    if figure.kind == "median":
        return "Which study moves a median most is not computed; one alone seldom does."
    if figure.numerator is None:
        return "It is not assessed, so there is nothing to move."
    return (
        "Every one that is counted adds 1; none weighs more than another."
        if figure.numerator_ids
        else "Nothing is counted."
    )
