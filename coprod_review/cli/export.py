"""The command ``export``."""

from __future__ import annotations

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
from coprod_review.cli.registered import ListingCommand, alternatives, format_option, names_by_suffix
from coprod_review.errors import CoprodReviewError


@app.command(cls=ListingCommand)
def export(
    format: Annotated[
        str | None,
        format_option("export_formats", "The format of the citations.", "from the suffix of -o"),
    ] = None,
    base: BaseOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to a file. Its suffix can choose the format: {export_suffixes}.",
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
    from coprod_review.bibliography.writers import WRITERS
    from coprod_review.files.writing import emit
    from coprod_review.text.escaping import visible

    suffixes = names_by_suffix(WRITERS.values())
    if output is None and format is None:
        names, files = (f"--format {name}" for name in WRITERS), (f"-o FILE{suffix}" for suffix in suffixes)
        raise CoprodReviewError(f"Choose a format: add {alternatives(names)}, or {alternatives(files)}.")
    chosen_format = format_of(output, format, suffixes, "")
    evidence = load_valid_base(base, skip_invalid)
    filtered, filters = apply_filters(evidence, where, reported_in)
    works = filtered.studies if filters else tuple(filtered.works.values())
    studies = [s for s in filtered.studies if s.findings] if reported_in else works
    emit(WRITERS[chosen_format].write(studies), output)
    if evidence.skipped:
        typer.echo(visible(f"Left out because of errors: {', '.join(evidence.skipped)}."), err=True)
