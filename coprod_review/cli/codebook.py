"""The command ``codebook``."""

from __future__ import annotations

from typing import Annotated

import typer

from coprod_review.cli.options import BaseOption, FormatOption, OutputOption, app, emit_report


@app.command()
def codebook(
    term: Annotated[
        str | None, typer.Argument(metavar="[TERM]", help="A vocabulary, a term or a gap type.", show_default="all")
    ] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show the words that entries may use, and what they mean."""
    from coprod_review.loading.discovery import read_codebook
    from coprod_review.reports.codebook import codebook_report

    emit_report(codebook_report(read_codebook(base), term), format, output)
