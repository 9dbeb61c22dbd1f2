"""The command ``codebook``."""

from __future__ import annotations

from typing import Annotated

import typer

from coprod_review.cli.options import (
    As,
    Base,
    Out,
    app,
    emit_report,
)


@app.command()
def codebook(
    term: Annotated[
        str | None, typer.Argument(metavar="[TERM]", help="A vocabulary, a term or a gap type.", show_default="all")
    ] = None,
    base: Base = None,
    format: As = None,
    output: Out = None,
) -> None:
    """Show the words that entries may use, and what they mean."""
    from coprod_review.loading.discovery import codebook_of
    from coprod_review.reports.codebook import codebook_report

    emit_report(codebook_report(codebook_of(base), term), format, output)
