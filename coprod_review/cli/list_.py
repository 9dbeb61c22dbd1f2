"""The command ``list``."""

from __future__ import annotations

from coprod_review.cli.options import (
    As,
    Base,
    Out,
    Skip,
    Source,
    Where,
    app,
    emit_report,
    filtered,
    sound,
)


@app.command("list")
def list_(
    base: Base = None,
    format: As = None,
    output: Out = None,
    where: Where = None,
    reported_in: Source = None,
    skip_invalid: Skip = False,
) -> None:
    """List studies with their tags, filtered by any facet."""
    from coprod_review.reports.request import filters_in_words
    from coprod_review.reports.studies import list_report

    held, filters = filtered(sound(base, skip_invalid), where, reported_in)
    studies = tuple(s for s in held.studies if s.findings) if reported_in else held.studies
    emit_report(list_report(held, studies, filters_in_words(filters, reported_in)), format, output)
