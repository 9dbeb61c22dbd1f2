"""The command ``schema``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coprod_review.cli.options import BaseOption, app


class Schema(StrEnum):
    """Files of a base that have a schema."""

    BASE = "base"
    BENCHMARKS = "benchmarks"
    CODEBOOK = "codebook"
    REVIEW = "review"
    STUDIES = "studies"
    STUDY = "study"


@app.command()
def schema(
    name: Annotated[
        Schema,
        typer.Argument(
            metavar="[NAME]",
            help=f"The file that the schema describes: {', '.join(Schema)} (a file with one entry).",
        ),
    ] = Schema.STUDIES,
    base: BaseOption = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    """Print the JSON Schema of one file of a base."""
    from coprod_review.files.writing import emit
    from coprod_review.loading.discovery import read_codebook
    from coprod_review.loading.json_schema import json_schema
    from coprod_review.text.escaping import json_text

    emit(json_text(json_schema(name.value, read_codebook(base))), output)
