"""The command ``show``."""

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


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A study's id, or its number in the review.")],
    base: BaseOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """Show one study whole: codes, findings, claims, errata."""
    from coprod_review.errors import UnknownName
    from coprod_review.reports.studies import show_report
    from coprod_review.text.suggestions import did_you_mean

    evidence = load_valid_base(base, skip_invalid)
    study = evidence.find(id)
    if study is None:
        near = did_you_mean(id, [s.id for s in evidence.studies]) or "see coprod-review list."
        raise UnknownName(f"There is no study `{id}` in {evidence.framework.about.name}: {near}")
    emit_report(show_report(evidence, study), format, output)
