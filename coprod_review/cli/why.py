"""The command ``why``."""

from __future__ import annotations

from typing import Annotated

import typer

from coprod_review.cli.completion import complete_figures
from coprod_review.cli.figure_options import Counts, Definition, report_request
from coprod_review.cli.options import (
    As,
    Base,
    Out,
    Skip,
    Source,
    Where,
    app,
    arguments_again,
    emit_report,
    filtered,
    sound,
)


@app.command()
def why(
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE",
            help="Id of a figure, of a table, or of a table's cell: TABLE/ROW/COLUMN.",
            autocompletion=complete_figures,
        ),
    ],
    base: Base = None,
    format: As = None,
    output: Out = None,
    definition: Counts = Definition.STRICT,
    where: Where = None,
    reported_in: Source = None,
    skip_invalid: Skip = False,
) -> None:
    """Open one number: its rule, the studies it counts, and the codes and findings that put each one there."""
    from coprod_review.gaps.registry import Options
    from coprod_review.why.lookup import why_report

    held, filters = filtered(sound(base, skip_invalid), where, reported_in)
    again = arguments_again(base, where, reported_in, skip_invalid, definition.value)
    asked = report_request(filters, reported_in, again, Options(definition.value))
    emit_report(why_report(held, figure, asked), format, output)
