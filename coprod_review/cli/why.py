"""The command ``why``."""

from __future__ import annotations

from typing import Annotated

import typer

from coprod_review.cli.completion import complete_figures
from coprod_review.cli.figure_options import Definition, DefinitionOption, report_request
from coprod_review.cli.options import (
    BaseOption,
    FormatOption,
    OutputOption,
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


@app.command(cls=ListingCommand)
def why(
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE",
            help="The id of a figure (for example focus.outcome-share), of an analysis, of a table, or of a table cell "
            "(TABLE/ROW/COLUMN).",
            autocompletion=complete_figures,
        ),
    ],
    base: BaseOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    definition: DefinitionOption = Definition.STRICT,
    where: WhereOption = None,
    reported_in: ReportedInOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """Show the studies behind one number, and why each of them counts.

    The report gives the rule of the number, the studies that it counts and does
    not count, and the codes and findings behind each decision.
    """
    from coprod_review.gaps.analysis import Options
    from coprod_review.gaps.registry import AnalysisResults
    from coprod_review.why.lookup import why_report

    evidence, filters = apply_filters(load_valid_base(base, skip_invalid), where, reported_in)
    arguments = repeated_arguments(base, where, reported_in, skip_invalid, definition.value)
    options = Options(definition.value)
    results = AnalysisResults(evidence.studies, evidence.framework, options)
    request = report_request(filters, reported_in, arguments, options)
    emit_report(why_report(evidence, figure, results, request), format, output)
