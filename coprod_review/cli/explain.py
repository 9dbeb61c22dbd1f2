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
        str | None, typer.Argument(metavar="[CODE]", help="A code or a name: CPR201, unknown-term.", show_default="all")
    ] = None,
    format: Annotated[
        PageFormat | None,
        typer.Option("--format", help="How to show it.", show_default="by the suffix of -o, else text"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead: .txt .json .md")
    ] = None,
) -> None:
    """Explain a check: why, examples, and the fix."""
    from coprod_review.files.writing import emit
    from coprod_review.validate import catalogue

    chosen_format = format_of(output, format, {".txt": "text", ".json": "json", ".md": "markdown"}, "text")
    emit(catalogue.rule_pages(code, chosen_format), output)
