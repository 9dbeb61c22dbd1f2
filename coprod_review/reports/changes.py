"""The report of ``gaps --since``: which figures moved, and which gaps opened or closed."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coprod_review import bundled
from coprod_review.errors import InvalidBase
from coprod_review.gaps.changes import CellChange, Changes, FigureChange, compare
from coprod_review.gaps.registry import ANALYSES, find_analysis
from coprod_review.loading import assembly, discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.files import display_path
from coprod_review.loading.git_revisions import UnknownRevision, base_texts_at
from coprod_review.model.study import eligible
from coprod_review.phrasing.figures import seen_in_words, unknown_of
from coprod_review.reports.analyses import thresholds
from coprod_review.reports.base_summary import base_summary_lines
from coprod_review.reports.figure_text import headline
from coprod_review.reports.gaps import require_studies, results_of
from coprod_review.reports.gaps_payload import base_payload, figure_payload, payload
from coprod_review.reports.request import ReportRequest
from coprod_review.results.figure import Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Gap
from coprod_review.results.table import Table
from coprod_review.text.grammar import capitalise, listed, listed_at_most, long_date, number_with_verb, plural
from coprod_review.validate import sound_base


def earlier_base(reference: str, path: Path | None, *, skip_invalid: bool) -> EvidenceBase:
    """The base at a path as it was: in a folder, or at a git revision of the files it comes from.

    Raises ``UnknownRevision`` where git cannot tell, and ``InvalidBase`` where
    the earlier base has errors.
    """
    if not reference.strip():
        raise UnknownRevision("--since needs a git revision, such as main, or a folder that holds the earlier base.")
    if _is_folder(reference):
        return sound_base.require_sound(discovery.read_base(reference), skip_invalid=skip_invalid)
    place = path or bundled.DATA
    name = display_path(place)
    texts = base_texts_at(reference, place)
    if not texts:
        raise UnknownRevision(f"{name} is not in `{reference}`: name a later revision, or a folder with a base.")
    try:
        return sound_base.require_sound(assembly.assemble(f"{name} at {reference}", texts), skip_invalid=skip_invalid)
    except InvalidBase as error:
        raise InvalidBase(_refused(reference, error.first)) from None


def _is_folder(reference: str) -> bool:
    """Whether there is a folder of this name; a name that no file can have is none."""
    try:
        return Path(reference).is_dir()
    except OSError:
        return False


def _refused(reference: str, first: str) -> str:
    """Why an earlier base cannot be compared with; what to type to see its errors would show the present ones."""
    if not first:
        return f"At {reference} no sound study is left, so there is nothing to compare with: name a later revision."
    return (
        f"The base at {reference} has errors, so nothing is compared with it (first: {first}). Add --skip-invalid to "
        "leave out the entries that have them, or name a later revision."
    )


def changes_report(
    then: EvidenceBase, now: EvidenceBase, names: Sequence[str], reference: str, request: ReportRequest
) -> Report:
    """What changed in the named analyses, or in all, from an earlier base to this one. Raises ``InvalidBase``."""
    for name in names:
        find_analysis(name)
    require_studies(now, request)
    chosen = tuple(dict.fromkeys(names)) or tuple(ANALYSES)
    results = results_of(now, chosen, request)
    found = compare((then.studies, results_of(then, chosen, request)), (now.studies, results))
    return Report(
        title=f"What changed since {reference}",
        lead=(*base_summary_lines(now, request.filters), _compared_with(then, now, reference)),
        sections=(*_sections(found, request), Section("", paragraphs=(thresholds(now.framework),))),
        payload=lambda: {**payload(now, results, request), "since": _payload(then, found, reference, request)},
        spreadsheet=lambda: _spreadsheet(found, request),
    )


def _compared_with(then: EvidenceBase, now: EvidenceBase, reference: str) -> str:
    about = then.framework.about
    edition = "" if about.version == assembly.NOT_STATED else f" {about.version} ({long_date(about.as_of)})"
    rules = (then.framework.codebook.gap_rules, now.framework.codebook.gap_rules)
    kind = "the folder" if _is_folder(reference) else "the revision"
    held = f", {about.name}{edition}" if about.name != reference else ""
    changed = "" if rules[0] == rules[1] else " The gap rules changed in between: each state is read by its own."
    return (
        f"Compared with {kind} {reference}{held}: {plural(len(then.studies), 'entry')}, of which "
        f"{number_with_verb(len(eligible(then.studies)), 'counts', 'count')} as evidence.{_left_out(then)}{changed}"
    )


def _left_out(then: EvidenceBase) -> str:
    return f" Left out of it for their errors: {listed_at_most(then.skipped)}." if then.skipped else ""


def _sections(found: Changes, request: ReportRequest) -> Iterator[Section]:
    studies = [
        f"{word}: {listed(ids)}"
        for word, ids in (("Added", found.added), ("Removed", found.removed), ("Changed", found.changed))
        if ids
    ]
    yield Section("Studies", points=tuple(f"{text}." for text in studies) or ("None was added, removed or changed.",))
    yield from _moves(found, request)
    for word, gaps in (("opened", found.opened), ("closed", found.closed)):
        yield Section(f"Gaps that {word} ({len(gaps)})", points=tuple(map(_gap, gaps)) or ("None.",))


def _moves(found: Changes, request: ReportRequest) -> Iterator[Section]:
    """Figures, and counts of tables that have no figures: of an analysis without any, no empty list is shown."""
    if found.compared:
        moved = tuple(_point(figure, request) for figure in found.figures)
        yield Section(f"Figures that moved ({len(moved)} of {found.compared})", points=moved or ("None.",))
    if found.cells or not found.compared:
        points = tuple(_cell_point(cell, request) for cell in found.cells)
        yield Section(f"Counts in tables that moved ({len(points)})", points=points or ("None.",))


def _point(moved: FigureChange, request: ReportRequest) -> Point:
    figure = moved.after or moved.before
    assert figure is not None
    told = f"{figure.label}: from {_state(moved.before)} to {_state(moved.after)} [{moved.id}]."
    return Point(told, _why(moved, request))


def _why(moved: FigureChange | CellChange, request: ReportRequest) -> str:
    """The command that opens a number as it is now; none for one that is gone."""
    return request.why_command(moved.id) if moved.after is not None else ""


def _cell_point(moved: CellChange, request: ReportRequest) -> Point:
    told = f"{moved.label}: from {_count(moved.before)} to {_count(moved.after)} [{moved.id}]."
    return Point(told, _why(moved, request))


def _count(number: int | None) -> str:
    return "no such cell" if number is None else str(number)


def _state(figure: Figure | None) -> str:
    if figure is None:
        return "no such figure"
    unknown = unknown_of(figure)
    more = f", not known for {unknown}" if unknown and "not known" not in headline(figure) else ""
    if figure.kind == "ratio":
        counts = f"{figure.numerator or 0} and {figure.denominator}"
        said = f"ratio {figure.value:.2f} of {counts}" if figure.value is not None else f"no ratio, {counts}"
        return f"{said}{more}"
    if figure.kind == "share":
        return seen_in_words(figure)
    return f"{headline(figure).partition('; ')[0]}{more}"


def _gap(gap: Gap) -> str:
    return f"{capitalise(gap.statement)} [{gap.type}: {gap.observed}]."


def _payload(then: EvidenceBase, found: Changes, reference: str, request: ReportRequest) -> dict[str, Any]:
    def gaps(held: Sequence[Gap]) -> list[dict[str, Any]]:
        return [{"type": g.type, "where": g.where, "statement": g.statement} for g in held]

    return {
        "reference": reference,
        "base": base_payload(then),
        "studies": {"added": list(found.added), "removed": list(found.removed), "changed": list(found.changed)},
        "figures": [_moved(moved, request) for moved in found.figures],
        "cells": [asdict(moved) for moved in found.cells],
        "opened": gaps(found.opened),
        "closed": gaps(found.closed),
    }


def _moved(moved: FigureChange, request: ReportRequest) -> dict[str, Any]:
    """Both states of a figure; the command that opens it stands with the later, which it opens."""
    before, after = (figure_payload(figure, request) if figure else None for figure in (moved.before, moved.after))
    if before:
        del before["why"]
    return {"id": moved.id, "before": before, "after": after}


def _spreadsheet(found: Changes, request: ReportRequest) -> Table:
    rows = [("figure", m.id, _state(m.before), _state(m.after), _why(m, request)) for m in found.figures]
    rows += [("count", m.id, _count(m.before), _count(m.after), _why(m, request)) for m in found.cells]
    rows += [("gap opened", f"{g.type} {g.where}", "", g.statement, request.why_command(g.opens)) for g in found.opened]
    rows += [("gap closed", f"{g.type} {g.where}", g.statement, "", "") for g in found.closed]
    return Table("Changes", ("kind", "id", "before", "after", "why"), tuple(rows))
