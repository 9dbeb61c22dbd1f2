"""The command ``export``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coprod_review.cli.options import (
    BaseOption,
    ReportedInOption,
    SkipInvalidOption,
    WhereOption,
    app,
    apply_filters,
    format_of,
    load_valid_base,
)
from coprod_review.errors import CoprodReviewError


class ExportFormat(StrEnum):
    """Formats of export."""

    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


@app.command()
def export(
    format: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="The format of the citations.", show_default="from the suffix of -o"),
    ] = None,
    base: BaseOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write to a file. Its suffix can choose the format: .bib or .json."
        ),
    ] = None,
    where: WhereOption = None,
    reported_in: ReportedInOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """Write citations for reference managers and for Pandoc.

    Without a filter, the export also contains the review that the base starts
    from.
    """
    from coprod_review.bibliography.writers import SUFFIXES, WRITERS
    from coprod_review.files.writing import emit
    from coprod_review.text.escaping import visible

    if output is None and format is None:
        raise CoprodReviewError(
            "Choose a format: add --format bibtex or --format csl-json, or -o FILE.bib or -o FILE.json."
        )
    chosen_format = format_of(output, format, SUFFIXES, "")
    evidence = load_valid_base(base, skip_invalid)
    filtered, filters = apply_filters(evidence, where, reported_in)
    works = filtered.studies if filters else tuple(filtered.works.values())
    studies = [s for s in filtered.studies if s.findings] if reported_in else works
    emit(WRITERS[chosen_format](studies), output)
    if evidence.skipped:
        typer.echo(visible(f"Left out because of errors: {', '.join(evidence.skipped)}."), err=True)
