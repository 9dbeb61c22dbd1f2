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
from coprod_review.cli.registered import ListingCommand


@app.command(cls=ListingCommand)
def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The id of a study, for example kay-2019, or its number in the review, for example 17."
        ),
    ],
    base: BaseOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """Show one study in full: its codes, findings, claims and errata."""
    from coprod_review.errors import UnknownName
    from coprod_review.reports.studies import show_report
    from coprod_review.text.suggestions import not_found_message

    evidence = load_valid_base(base, skip_invalid)
    study = evidence.find(id)
    if study is None:
        problem = f"There is no study `{id}` in the base {evidence.framework.about.name}"
        ids = [s.id for s in evidence.studies]
        raise UnknownName(not_found_message(problem, id, ids, "To list all studies, type: coprod-review list"))
    emit_report(show_report(evidence, study), format, output)
