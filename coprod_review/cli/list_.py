"""The command ``list``."""

from __future__ import annotations

from coprod_review.cli.options import (
    BaseOption,
    FormatOption,
    OutputOption,
    ReportedInOption,
    SkipInvalidOption,
    WhereOption,
    app,
    apply_filters,
    emit_report,
    load_valid_base,
)
from coprod_review.cli.registered import ListingCommand


@app.command("list", cls=ListingCommand)
def list_(
    base: BaseOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    where: WhereOption = None,
    reported_in: ReportedInOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """List the studies with their main codes."""
    from coprod_review.reports.request import filters_in_words
    from coprod_review.reports.studies import list_report

    evidence, filters = apply_filters(load_valid_base(base, skip_invalid), where, reported_in)
    studies = tuple(s for s in evidence.studies if s.findings) if reported_in else evidence.studies
    emit_report(list_report(evidence, studies, filters_in_words(filters, reported_in)), format, output)
