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
from coprod_review.errors import CoprodReviewError


@app.command()
def claims(
    section: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Only claims of a section of the review, such as 3.1.")
    ] = None,
    stakeholder: Annotated[
        str | None,
        typer.Option(metavar="GROUP", help="Only claims about people, staff, organisations, community, none."),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(metavar="STATUS", help="Only claims that are supported, partly, not-seen, mis-cited, not-judged."),
    ] = None,
    regenerate: Annotated[
        bool, typer.Option("--regenerate", help="Compare what the review states with this base, row by row.")
    ] = False,
    base: BaseOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """Show what the review claims, what was seen of it in the works it cites, and what corrects it."""
    from coprod_review.reports.claims import claims_report
    from coprod_review.reports.replication import replication_report

    if regenerate and (section or stakeholder or status):
        raise CoprodReviewError("--regenerate shows every row: leave out --section, --stakeholder and --status.")
    evidence = load_valid_base(base, skip_invalid)
    report = replication_report(evidence) if regenerate else claims_report(evidence, section, stakeholder, status)
    emit_report(report, format, output)
