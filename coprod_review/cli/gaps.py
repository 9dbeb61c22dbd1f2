"""The command ``gaps``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_review.cli.options import (
    AsDrawn,
    Base,
    Skip,
    Source,
    Where,
    app,
    arguments_again,
    emit_report,
    filtered,
    sound,
)
from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from coprod_review.loading.evidence_base import EvidenceBase
    from coprod_review.reports.request import Asked
    from coprod_review.results.report import Report
from coprod_review.cli.completion import NAMES, complete_analyses
from coprod_review.cli.figure_options import Counts, Definition, Drawn, report_request


@app.command()
def gaps(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help=f"{', '.join(NAMES)}.",
            show_default="one screen",
            autocompletion=complete_analyses,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every analysis in full.")] = False,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REF", help="What changed since: a git revision, or a folder that holds the earlier base."
        ),
    ] = None,
    base: Base = None,
    format: AsDrawn = None,
    output: Drawn = None,
    definition: Counts = Definition.STRICT,
    rows: Annotated[
        str | None, typer.Option(metavar="FACET", help="matrix: what stands in the rows.", show_default="stakeholder")
    ] = None,
    cols: Annotated[
        str | None, typer.Option(metavar="FACET", help="matrix: what stands in the columns.", show_default="domain")
    ] = None,
    detail: Annotated[bool, typer.Option("--detail", help="matrix: single outcomes instead of domains.")] = False,
    where: Where = None,
    reported_in: Source = None,
    skip_invalid: Skip = False,
) -> None:
    """Show what is missing, with the studies behind each number.

    Without a name one screen; with names, or --all, those analyses in full.
    """
    from coprod_review.gaps.registry import ANALYSES, Options, analysis_named
    from coprod_review.reports.gaps import gaps_report

    for name in names or ():
        analysis_named(name)
    chosen = list(ANALYSES) if every else names or []
    _only_for(chosen, "matrix", {"--rows": rows, "--cols": cols, "--detail": detail or None})
    _only_for(chosen or ["focus"], "focus", {"--definition": definition if definition is Definition.BROAD else None})
    held, filters = filtered(sound(base, skip_invalid), where, reported_in)
    options = Options(definition.value, rows or "stakeholder", cols or "domain", detail)
    asked = report_request(
        filters, reported_in, arguments_again(base, where, reported_in, skip_invalid, definition.value), options
    )
    if since is not None:
        emit_report(_since(since, base, held, chosen, where, reported_in, skip_invalid, asked), format, output)
    else:
        emit_report(gaps_report(held, chosen, asked), format, output)


def _since(
    reference: str,
    base: Path | None,
    held: EvidenceBase,
    names: list[str],
    where: list[str] | None,
    source: str | None,
    skip_invalid: bool,
    asked: Asked,
) -> Report:
    from coprod_review.reports.changes import earlier, since_report

    then, _ = filtered(earlier(reference, base, skip_invalid=skip_invalid), where, source)
    return since_report(then, held, names, reference, asked)


def _only_for(names: list[str], analysis: str, options: dict[str, object | None]) -> None:
    used = [name for name, value in options.items() if value is not None]
    if used and analysis not in names:
        raise CoprodReviewError(f"{used[0]} belongs to {analysis}: write coprod-review gaps {analysis} {used[0]}.")
