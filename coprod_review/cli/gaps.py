"""The command ``gaps``."""

from __future__ import annotations

from typing import Annotated

import typer

from coprod_review.cli.completion import ANALYSIS_NAMES, complete_analyses
from coprod_review.cli.figure_options import Definition, DefinitionOption, DrawnOutputOption, report_request
from coprod_review.cli.options import (
    BaseOption,
    DrawnFormatOption,
    ReportedInOption,
    SkipInvalidOption,
    WhereOption,
    app,
    apply_filters,
    emit_report,
    load_valid_base,
    repeated_arguments,
)
from coprod_review.cli.registered import ListingCommand
from coprod_review.errors import CoprodReviewError

NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...",
        help=f"The analyses to show in full: {', '.join(ANALYSIS_NAMES)}.",
        show_default="a summary on one screen",
        autocompletion=complete_analyses,
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Show every analysis in full.")]
SinceOption = Annotated[
    str | None,
    typer.Option(
        metavar="REF",
        help="Show what has changed since an earlier state of the base: a git revision, or a folder with that state.",
    ),
]
RowsOption = Annotated[
    str | None,
    typer.Option(
        metavar="FACET", help="For the analysis matrix: the facet that the rows show.", show_default="stakeholder"
    ),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        metavar="FACET", help="For the analysis matrix: the facet that the columns show.", show_default="domain"
    ),
]
DetailOption = Annotated[
    bool, typer.Option("--detail", help="For the analysis matrix: show single outcomes instead of outcome domains.")
]


@app.command(cls=ListingCommand)
def gaps(
    names: NamesArgument = None,
    every: AllOption = False,
    since: SinceOption = None,
    base: BaseOption = None,
    format: DrawnFormatOption = None,
    output: DrawnOutputOption = None,
    definition: DefinitionOption = Definition.STRICT,
    rows: RowsOption = None,
    cols: ColumnsOption = None,
    detail: DetailOption = False,
    where: WhereOption = None,
    reported_in: ReportedInOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """Show what is missing, with the studies behind each number.

    Without a name, the command prints a summary on one screen. If you
    name analyses, it prints those in full; with --all, it prints every analysis.
    """
    from coprod_review.gaps.analysis import Options
    from coprod_review.gaps.registry import ANALYSES, find_analysis
    from coprod_review.reports.gaps import gaps_report

    for name in names or ():
        find_analysis(name)
    chosen = list(ANALYSES) if every else names or []
    _only_for(chosen, "matrix", {"--rows": rows, "--cols": cols, "--detail": detail or None})
    _only_for(chosen or ["focus"], "focus", {"--definition": definition if definition is Definition.BROAD else None})
    evidence, filters = apply_filters(load_valid_base(base, skip_invalid), where, reported_in)
    options = Options(definition.value, rows or "stakeholder", cols or "domain", detail)
    arguments = repeated_arguments(base, where, reported_in, skip_invalid, definition.value)
    request = report_request(filters, reported_in, arguments, options)
    if since is None:
        report = gaps_report(evidence, chosen, request)
    else:
        from coprod_review.reports.changes import changes_report, earlier_base  # they import the parser of YAML

        earlier, _ = apply_filters(earlier_base(since, base, skip_invalid=skip_invalid), where, reported_in)
        report = changes_report(earlier, evidence, chosen, since, request)
    emit_report(report, format, output)


def _only_for(names: list[str], analysis: str, options: dict[str, object | None]) -> None:
    used = [name if value is True else f"{name} {value}" for name, value in options.items() if value is not None]
    if used and analysis not in names:
        command = f"coprod-review gaps {analysis} {used[0]}"
        raise CoprodReviewError(f"{used[0]} works with the analysis {analysis} only. Type: {command}")
