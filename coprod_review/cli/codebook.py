"""The command ``codebook``."""

from __future__ import annotations

from typing import Annotated

import typer

from coprod_review.cli.options import BaseOption, FormatOption, OutputOption, app, emit_report
from coprod_review.cli.registered import ListingCommand


@app.command(cls=ListingCommand)
def codebook(
    term: Annotated[
        str | None,
        typer.Argument(
            metavar="[TERM]",
            help="The name of a vocabulary, a term or a type of gap, for example designs, trust or thin.",
            show_default="a list of all vocabularies",
        ),
    ] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Explain the terms that entries may use, and the types of gap."""
    from coprod_review.loading.discovery import read_codebook
    from coprod_review.reports.codebook import codebook_report

    emit_report(codebook_report(read_codebook(base), term), format, output)
