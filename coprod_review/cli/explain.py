"""The command ``explain``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coprod_review.cli.options import app, format_of


class PageFormat(StrEnum):
    """Formats of explain."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


@app.command()
def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help="The code or the name of a check, for example CPR201 or unknown-term.",
            show_default="all checks",
        ),
    ] = None,
    format: Annotated[
        PageFormat | None,
        typer.Option(
            "--format", help="The format of the output.", show_default="from the suffix of -o, otherwise text"
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to a file. Its suffix can choose the format: .txt, .json or .md.",
        ),
    ] = None,
) -> None:
    """Explain a check of validate: its reason, examples and the fix."""
    from coprod_review.files.writing import emit
    from coprod_review.validate import catalogue

    chosen_format = format_of(output, format, {".txt": "text", ".json": "json", ".md": "markdown"}, "text")
    emit(catalogue.rule_pages(code, chosen_format), output)
