"""The command ``migrate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coprod_review.cli.options import app


@app.command()
def migrate(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]", help="The folder of a base, or one file of studies.", show_default="the current folder"
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change no file. The exit code is 1 if a migration is needed.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Change no file, and show what a migration would change.")
    ] = False,
) -> None:
    """Bring a base to the current version of the file format.

    The files are changed in place, all or none of them. Comments and the order
    of fields stay. The command lists what a person still has to decide.
    """
    import sys

    from coprod_review.files.patches import as_patch
    from coprod_review.files.writing import emit, replace_texts
    from coprod_review.reports.migration import migration_message, plan_migration
    from coprod_review.text.escaping import visible

    plan = plan_migration(path or Path())
    is_written = not (check or diff)
    if is_written:
        replace_texts(plan.rewrites)
    message = migration_message(plan, is_written=is_written)
    if diff:
        patch = "".join(map(as_patch, plan.rewrites))
        # A file or pipe gets the exact text. A terminal would obey some control characters.
        emit(visible(patch, breaks=True) if sys.stdout.isatty() else patch, None, exact=True)
        typer.echo(visible(message, breaks=True), err=True, nl=False)
    else:
        emit(message, None)
    if check and plan.is_needed:
        raise typer.Exit(1)
