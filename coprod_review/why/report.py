"""One opened figure for people: its rule, its members, and what would change it."""

from collections.abc import Iterator, Sequence

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding
from coprod_review.phrasing.figures import unknown_of
from coprod_review.reports.base_summary import base_summary_lines
from coprod_review.reports.figure_text import comparisons_in_words, headline
from coprod_review.reports.request import ReportRequest
from coprod_review.reports.studies import place_in_words
from coprod_review.results.figure import Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.text.grammar import capitalise, listed, listed_at_most, lower_first, percent, plural
from coprod_review.why.members import BOTH, DENOMINATOR, FIRST, NUMERATOR, SECOND, UNKNOWN, Member, members_of
from coprod_review.why.payload import payload, spreadsheet


def opened_report(base: EvidenceBase, figure: Figure, asked: ReportRequest) -> Report:
    """Return the report of one figure."""
    members = members_of(figure, base)
    return Report(
        title=figure.label,
        lead=base_summary_lines(base, asked.filters),
        sections=(
            Section("The number", points=tuple(_number(figure, base.framework))),
            *_groups(members, figure, base.framework),
            Section("What would change it most", points=tuple(_influence(members, figure))),
            Section("", points=(Point("This report again:", asked.why_command(figure.id)),)),
        ),
        payload=lambda: payload(base, figure, members, asked),
        spreadsheet=lambda: spreadsheet(members),
    )


def _number(figure: Figure, framework: Framework) -> Iterator[str]:
    yield f"{figure.id}: {headline(figure)}."
    yield f"Rule: {figure.definition}."
    yield from (f"{capitalise(text)}." for text in comparisons_in_words(figure, framework.codebook))
    if figure.interval:
        sides = "two-sided" if figure.interval.sides == 2 else "one-sided"
        yield f"Interval: {percent(figure.interval.level)}, {sides}, {figure.interval.method}."
    for found in figure.comparisons:
        ratio = f", ratio {found.ratio:.2f}" if found.ratio is not None else ""
        verdict = f"{found.verdict}: " if found.verdict else ""
        yield f"Beside {found.benchmark}{ratio}: {verdict}{found.reason.rstrip('.')}."


_HEADINGS = {
    NUMERATOR: "Counted",
    DENOMINATOR: "In the denominator, not counted",
    UNKNOWN: "Not known",
    BOTH: "On both sides",
    FIRST: "On the first side alone (in the numerator)",
    SECOND: "On the second side alone (in the denominator)",
}


def _groups(members: Sequence[Member], figure: Figure, framework: Framework) -> Iterator[Section]:
    for place, heading in _HEADINGS.items():
        inside = [m for m in members if m.place == place]
        if inside:
            brief = place in (DENOMINATOR, UNKNOWN) and figure.unit == "study"
            points = tuple(_in_brief(m) if brief else _told(m, framework) for m in inside)
            yield Section(f"{heading} ({plural(len(inside), figure.unit)})", points=points)


def _told(member: Member, framework: Framework) -> str:
    parts = [f"{member.id}: {member.words}" if member.words != member.id else member.id, member.coded]
    parts += _codes_in_words(member)
    parts += [_finding_in_words(f, framework) for f in member.findings]
    return "; ".join(part.rstrip(".") for part in parts if part) + "."


def _codes_in_words(member: Member) -> list[str]:
    """The codes of a study; a group without one may still be judged not to be in focus, so nothing says unknown."""
    return [
        f"{path}: {'no code of its own' if path.startswith('populations.') and value == NOT_CODED else value}"
        for path, value in member.codes
    ]


def _in_brief(member: Member) -> str:
    """A study that is not counted: its codes, and its findings by id and source; JSON and CSV hold the rest."""
    parts = [f"{member.id}: {member.coded}", *_codes_in_words(member)]
    parts += [
        f"{f.id} ({f.level}; {', '.join(dict.fromkeys(r.source for r in f.reported_in))})" for f in member.findings
    ]
    return "; ".join(part.rstrip(".") for part in parts) + "."


def _finding_in_words(finding: Finding, framework: Framework) -> str:
    book = framework.codebook
    tags = [finding.level, lower_first(book.label("directions", finding.direction))]
    if finding.beneficiary != "not_coded":
        tags.append(f"for {lower_first(book.label('beneficiaries', finding.beneficiary))}")
    if finding.measurement != "not_coded":
        named = f" ({listed(finding.instruments)})" if finding.instruments else ""
        tags.append(f"measurement: {lower_first(book.label('measurements', finding.measurement))}{named}")
    seen = listed([place_in_words(place, book) for place in finding.reported_in])
    return f"{finding.id} on {finding.outcome} ({', '.join(tags)}), seen in {seen}: {finding.summary}"


def _influence(members: Sequence[Member], figure: Figure) -> Iterator[str]:
    """Which studies move the figure most when they are left out, and what coding the unknown could do."""
    moved = [(abs(m.without - figure.value), m) for m in members if m.without is not None and figure.value is not None]
    most = max((change for change, _ in moved), default=0.0)
    if moved and not most:
        yield "Leaving out any one study does not move it."
    elif moved:
        held = [m for change, m in moved if change == most]
        ratio = figure.kind == "ratio"
        now, then = (f"{v:.2f}" if ratio else f"{100 * v:.1f}%" for v in (figure.value or 0.0, held[0].without or 0.0))
        which = f"any one of {len(held)} ({listed_at_most([m.id for m in held])})" if len(held) > 1 else held[0].id
        yield f"Leaving out {which} moves it from {now} to {then}, more than leaving out any other."
    if unknown_of(figure):
        more = " more" if moved else ""
        yield (
            f"Coding the {unknown_of(figure)} that are not known could move it{more}: "
            f"{listed_at_most(figure.unknown_ids)}. "
            "Read their full texts, for an abstract cannot show what is missing."
        )
    if not moved and not unknown_of(figure):
        yield _without_influence(figure)


def _without_influence(figure: Figure) -> str:
    """Why no study moves a figure more than another."""
    if figure.kind == "median":
        return "Which study moves a median most is not computed; one alone seldom does."
    if figure.numerator is None:
        return "It is not assessed, so there is nothing to move."
    return (
        "Every one that is counted adds 1; none weighs more than another."
        if figure.numerator_ids
        else "Nothing is counted."
    )
