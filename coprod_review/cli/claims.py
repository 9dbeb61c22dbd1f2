"""The command ``claims``."""

from __future__ import annotations

from typing import Annotated

import typer

from coprod_review.cli.options import (
    BaseOption,
    FormatOption,
    OutputOption,
    SkipInvalidOption,
    app,
    emit_report,
    load_valid_base,
)
from coprod_review.cli.registered import ListingCommand
from coprod_review.errors import CoprodReviewError


@app.command(cls=ListingCommand)
def claims(
    section: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="Show only the claims in one section of the review, for example 3.1."),
    ] = None,
    stakeholder: Annotated[
        str | None,
        typer.Option(
            metavar="GROUP",
            help="Show only the claims about one stakeholder group of the codebook; or none, for claims about "
            "no group.",
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            metavar="STATUS",
            help="Show only the claims with one status: supported, partly, not-seen, mis-cited or not-judged.",
        ),
    ] = None,
    regenerate: Annotated[
        bool, typer.Option("--regenerate", help="Compare what the review states with this base, row by row.")
    ] = False,
    base: BaseOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """Compare the claims of the review with the works that it cites.

    The report says for each claim whether the coders found it in the parts of
    the cited works that they read, and which errors of the review concern it.
    """
    from coprod_review.reports.claims import claims_report
    from coprod_review.reports.replication import replication_report

    if regenerate and (section or stakeholder or status):
        raise CoprodReviewError("--regenerate shows every row: leave out --section, --stakeholder and --status.")
    evidence = load_valid_base(base, skip_invalid)
    report = replication_report(evidence) if regenerate else claims_report(evidence, section, stakeholder, status)
    emit_report(report, format, output)
