"""The command ``new``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_review.cli.options import BaseOption, app, ask, can_ask
from coprod_review.cli.registered import ListingCommand
from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from coprod_review.bibliography.reference import Bibliography
    from coprod_review.loading.evidence_base import EvidenceBase


@app.command(cls=ListingCommand)
def new(
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="A {bibliographies} with one or more records.",
            show_default=False,
        ),
    ] = None,
    base: BaseOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="Write to a new file that ends in .yaml, or to a folder, which gets one file for each study.",
        ),
    ] = None,
) -> None:
    """Draft entries for new studies.

    Without --from, the command asks a few questions about one work.

    Works that the base contains already are left out: the base of --base, or
    the one that --output writes to.

    A draft has no errors. Comments that begin with TODO mark what a person
    still has to decide, and validate lists them.
    """
    from coprod_review.bibliography.drafts import draft_all
    from coprod_review.files.writing import emit
    from coprod_review.loading import discovery
    from coprod_review.reports import drafts as report

    report.check_target(output)
    target_base = base or report.base_of_target(output)
    evidence = discovery.read_base(target_base, may_be_empty=True)
    discovery.require_codebook(evidence)
    bibliography = _read_or_ask(source, evidence)
    drafts, drafted_before = draft_all(bibliography.references, evidence, report.base_option(target_base))
    for path, text in report.draft_files(drafts, output):
        emit(text, path)
    rejected = (*bibliography.rejected, *drafted_before)
    typer.echo(report.drafts_message(drafts, rejected, source, output, base), err=True, nl=False)
    if not bibliography.references:
        raise CoprodReviewError(f"{source} contains no record from which an entry can be drafted.")
    if rejected:
        raise typer.Exit(1)


def _read_or_ask(source: Path | None, evidence: EvidenceBase) -> Bibliography:
    from coprod_review.bibliography import readers
    from coprod_review.bibliography.prompts import ask_reference
    from coprod_review.bibliography.reference import Bibliography

    if source is not None:
        return readers.read(source)
    if not can_ask():
        raise CoprodReviewError("new can ask questions only in a terminal: name a bibliography with --from FILE.bib.")
    types = [term.id for term in evidence.framework.codebook.terms("citation_types")] or ["document"]
    return Bibliography((ask_reference(ask, types),))
