"""The report of ``why`` on one figure: its rule, its members, and what would change it."""

from collections.abc import Iterator, Sequence
from itertools import product

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.phrasing.base_summary import base_summary_lines
from coprod_review.phrasing.why import (
    HEADINGS,
    brief_point,
    full_point,
    heading_of,
    influence_sentences,
    number_sentences,
)
from coprod_review.reports.request import ReportRequest
from coprod_review.results.figure import Figure
from coprod_review.results.member import Member
from coprod_review.results.report import Point, Report, Section
from coprod_review.text.grammar import plural
from coprod_review.why.members import members_of
from coprod_review.why.payload import most_influential, payload, spreadsheet


def figure_report(base: EvidenceBase, figure: Figure, request: ReportRequest) -> Report:
    """Return the report on one figure."""
    members = members_of(figure, base)
    return Report(
        title=figure.label,
        lead=base_summary_lines(base, request.filters),
        sections=(
            Section("The number", points=tuple(number_sentences(figure, base.framework))),
            *_member_sections(members, figure, base.framework),
            Section("What would change it most", points=tuple(_influence_points(members, figure))),
            Section("", points=(Point("To see this report again:", request.why_command(figure.id)),)),
        ),
        payload=lambda: payload(base, figure, members, request),
        spreadsheet=lambda: spreadsheet(members, base.framework),
    )


def _member_sections(members: Sequence[Member], figure: Figure, framework: Framework) -> Iterator[Section]:
    """Yield the members by their place: first those that were read, then those of the review alone."""
    for attributed, place in product((False, True), HEADINGS):
        at_place = [m for m in members if (m.attributed, m.place) == (attributed, place)]
        if at_place:
            brief = place in ("not counted", "not known") and figure.unit == "study"
            points = tuple(brief_point(m, framework) if brief else full_point(m, framework) for m in at_place)
            heading = heading_of(at_place[0], figure)
            yield Section(f"{heading} ({plural(len(at_place), figure.unit)})", points=points)


def _influence_points(members: Sequence[Member], figure: Figure) -> Iterator[str]:
    ids = most_influential(members, figure)
    without = next((member.value_without for member in members if member.id in ids), None)
    return influence_sentences(figure, ids, without)
