"""The report of ``gaps --since``: which studies and figures changed, and which gaps opened or closed."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from coprod_review import bundled
from coprod_review.errors import InvalidBase
from coprod_review.gaps.changes import CellChange, Changes, FigureChange, compare
from coprod_review.gaps.registry import ANALYSES, find_analysis
from coprod_review.loading import assembly, discovery
from coprod_review.loading.evidence_base import Adaptation, EvidenceBase
from coprod_review.loading.files import display_path
from coprod_review.loading.formats import UnreadableOlderBase, migrate_texts
from coprod_review.loading.git_revisions import UnknownRevision, base_texts_at
from coprod_review.model.base import Framework
from coprod_review.phrasing.base_summary import base_summary_lines
from coprod_review.phrasing.changes import (
    cell_change,
    comparison_sentence,
    count_then,
    figure_change,
    figure_then,
    studies_changed,
)
from coprod_review.phrasing.gaps import gap_observation, gap_statement
from coprod_review.reports.gaps import require_studies, results_of
from coprod_review.reports.gaps_payload import base_payload, figure_payload, gaps_payload
from coprod_review.reports.request import ReportRequest
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Gap
from coprod_review.results.table import Table
from coprod_review.source.edits import apply_edits
from coprod_review.source.splices import delete_entries
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.grammar import capitalise
from coprod_review.validate import fixing, valid_base

_NOT_COMPARED = "stated"
"""The field of review.yaml that no figure needs, so that an earlier state can be compared without it."""


def earlier_base(reference: str, path: Path | None, *, skip_invalid: bool) -> EvidenceBase:
    """Read an earlier state of the base at a path: another folder, or a git revision of the same files.

    A state in an older format is brought to the current one in memory. Raises ``UnknownRevision`` where git does not
    know the revision or the files in it, and ``InvalidBase`` where the earlier base has errors.
    """
    if not reference.strip():
        raise UnknownRevision("--since needs a git revision, such as main, or a folder that holds the earlier base.")
    if _is_folder(reference):
        place = Path(reference)
        return valid_base.require_valid(
            _adapted(display_path(place), discovery.read_texts(place)), skip_invalid=skip_invalid
        )
    place = path or bundled.DATA
    name = display_path(place)
    texts = base_texts_at(reference, place)
    if not texts:
        raise UnknownRevision(f"{name} is not in `{reference}`: name a later revision, or a folder with a base.")
    try:
        return valid_base.require_valid(_adapted(f"{name} at {reference}", texts), skip_invalid=skip_invalid)
    except UnreadableOlderBase as error:
        raise InvalidBase(
            f"The base at {reference} is in an older format, and a part of it cannot be read, so nothing is compared "
            f"with it (the first error: {error.first}). Name a later revision."
        ) from None
    except InvalidBase as error:
        raise InvalidBase(_invalid_base_message(reference, error.first)) from None


def _adapted(name: str, texts: Sequence[YamlText]) -> EvidenceBase:
    """Return a base as far as it can be compared: in the current format, and without what no figure needs."""
    version, lost_codes, left_out = "", 0, tuple[str, ...]()
    if older := migrate_texts(name, texts):
        version, migrated = older
        texts, lost_codes = migrated.texts.every, sum(to_do.codes for to_do in migrated.to_dos)
    base = assembly.assemble(name, texts)
    review = base.parts.get("review")
    if any(problem.text is review and problem.path[:1] == (_NOT_COMPARED,) for problem in base.problems) and review:
        rest = YamlText(apply_edits(review, delete_entries(review, (), [_NOT_COMPARED])), review.name)
        base = assembly.assemble(name, [rest if text is review else text for text in texts])
        left_out = (_NOT_COMPARED,)
    base = fixing.with_current_terms(base)
    adaptation = Adaptation(version, lost_codes, left_out)
    return replace(base, adaptation=adaptation if adaptation != Adaptation() else None)


def _is_folder(reference: str) -> bool:
    """Return whether a folder of this name exists; a name that the file system refuses does not."""
    try:
        return Path(reference).is_dir()
    except OSError:
        return False


def _invalid_base_message(reference: str, first: str) -> str:
    """Return why an earlier base cannot be used; ``validate``, the usual advice, would show errors of today's files."""
    if not first:
        return f"At {reference} no valid study is left, so there is nothing to compare with. Name a later revision."
    return (
        f"The base at {reference} has errors, so nothing is compared with it (the first: {first}). Add --skip-invalid "
        "to leave out the entries with errors, or name a later revision."
    )


def changes_report(
    earlier: EvidenceBase, current: EvidenceBase, names: Sequence[str], reference: str, request: ReportRequest
) -> Report:
    """Return what changed in the named analyses, or in all, from an earlier base to the current one.

    Raises ``UnknownName`` for an analysis that does not exist, and ``InvalidBase`` where no study is left to analyse.
    """
    for name in names:
        find_analysis(name)
    require_studies(current, request)
    chosen = tuple(dict.fromkeys(names)) or tuple(ANALYSES)
    results = results_of(current, chosen, request)
    changes = compare((earlier.studies, results_of(earlier, chosen, request)), (current.studies, results))
    return Report(
        title=f"What changed since {reference}",
        lead=(
            *base_summary_lines(current, request.filters),
            comparison_sentence(earlier, current, reference, is_folder=_is_folder(reference)),
        ),
        sections=tuple(_sections(changes, earlier, current, request)),
        payload=lambda: {
            **gaps_payload(current, results, request),
            "since": _since_payload(earlier, current, changes, reference, request),
        },
        spreadsheet=lambda: _spreadsheet(changes, earlier, current, request),
    )


def _sections(
    changes: Changes, earlier: EvidenceBase, current: EvidenceBase, request: ReportRequest
) -> Iterator[Section]:
    yield Section("Studies", points=studies_changed(changes))
    yield from _number_sections(changes, request)
    for word, gaps, base in (("opened", changes.opened, current), ("closed", changes.closed, earlier)):
        points = tuple(_gap_point(gap, base.framework) for gap in gaps)
        yield Section(f"Gaps that {word} ({len(gaps)})", points=points or (f"No gap {word}.",))


def _number_sections(changes: Changes, request: ReportRequest) -> Iterator[Section]:
    """Yield changed figures, and changed counts of tables where an analysis has tables in place of figures."""
    if changes.compared:
        points = tuple(_figure_point(change, request) for change in changes.figures)
        yield Section(
            f"Figures that changed ({len(points)} of {changes.compared})", points=points or ("No figure changed.",)
        )
    if changes.cells or not changes.compared:
        points = tuple(_cell_point(change, request) for change in changes.cells)
        yield Section(f"Counts in tables that changed ({len(points)})", points=points or ("No count changed.",))


def _figure_point(change: FigureChange, request: ReportRequest) -> Point:
    return Point(figure_change(change), _why_command(change, request))


def _why_command(change: FigureChange | CellChange, request: ReportRequest) -> str:
    """Return the command that shows the current number; empty where it no longer exists."""
    return request.why_command(change.id) if change.after is not None else ""


def _cell_point(change: CellChange, request: ReportRequest) -> Point:
    return Point(cell_change(change), _why_command(change, request))


def _gap_point(gap: Gap, framework: Framework) -> str:
    return f"{capitalise(gap_statement(gap, framework))} [{gap.type}: {gap_observation(gap, framework)}]."


def _since_payload(
    earlier: EvidenceBase, current: EvidenceBase, changes: Changes, reference: str, request: ReportRequest
) -> dict[str, Any]:
    def payloads(gaps: Sequence[Gap], base: EvidenceBase) -> list[dict[str, Any]]:
        return [{"type": g.type, "where": g.where, "statement": gap_statement(g, base.framework)} for g in gaps]

    return {
        "reference": reference,
        "base": base_payload(earlier),
        "adaptation": asdict(earlier.adaptation) if earlier.adaptation else None,
        "studies": {"added": list(changes.added), "removed": list(changes.removed), "changed": list(changes.changed)},
        "figures": [_figure_change_payload(change, request) for change in changes.figures],
        "cells": [asdict(change) for change in changes.cells],
        "opened": payloads(changes.opened, current),
        "closed": payloads(changes.closed, earlier),
    }


def _figure_change_payload(change: FigureChange, request: ReportRequest) -> dict[str, Any]:
    before, after = (figure_payload(figure, request) if figure else None for figure in (change.before, change.after))
    if before:
        del before["why"]  # the command shows the figure as it is now
    return {"id": change.id, "before": before, "after": after}


def _spreadsheet(changes: Changes, earlier: EvidenceBase, current: EvidenceBase, request: ReportRequest) -> Table:
    rows = [
        ("figure", c.id, figure_then(c.before), figure_then(c.after), _why_command(c, request)) for c in changes.figures
    ]
    rows += [
        (
            "count",
            c.id,
            count_then(c.before, c.attributed_before),
            count_then(c.after, c.attributed_after),
            _why_command(c, request),
        )
        for c in changes.cells
    ]
    rows += [
        ("gap opened", f"{g.type} {g.where}", "", gap_statement(g, current.framework), request.why_command(g.opens))
        for g in changes.opened
    ]
    rows += [("gap closed", f"{g.type} {g.where}", gap_statement(g, earlier.framework), "", "") for g in changes.closed]
    return Table("Changes", ("kind", "id", "before", "after", "why"), tuple(rows))
