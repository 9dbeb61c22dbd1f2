"""The command that writes briefings, and checks those that were edited."""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_review.cli.options import BaseOption, SkipInvalidOption, app, load_sound_base
from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coprod_review.briefing.context import BriefingContext
    from coprod_review.briefing.request import BriefingRequest


class CitationForm(StrEnum):
    """How Markdown cites."""

    KEYS = "keys"
    FINISHED = "finished"


def _templates(incomplete: str) -> list[str]:
    """Names of bundled briefings for the shell to complete."""
    from coprod_review.briefing import template_loader

    return [name for name in template_loader.template_descriptions(None) if name.startswith(incomplete)]


@app.command()
def brief(
    template: Annotated[
        str,
        typer.Argument(metavar="[TEMPLATE]", help="Which briefing: --list shows them.", autocompletion=_templates),
    ] = "summary",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead: .md .html .docx .pdf"),
    ] = None,
    about: Annotated[
        str,
        typer.Option(
            metavar="TERM", help="group: a stakeholder group, group of people, domain or outcome.", show_default=False
        ),
    ] = "",
    since: Annotated[
        str,
        typer.Option(
            metavar="REF",
            help="whats-new: a git revision, or a folder that holds the earlier base.",
            show_default=False,
        ),
    ] = "",
    citations: Annotated[
        CitationForm | None,
        typer.Option(
            help="Citations in Markdown: keys for Pandoc, as in [@kay-2019], or finished ones.", show_default="keys"
        ),
    ] = None,
    csl: Annotated[
        str, typer.Option("--csl", metavar="STYLE", help="Style of citations: harvard, vancouver, or a CSL file.")
    ] = "harvard",
    reference_doc: Annotated[
        Path | None,
        typer.Option("--reference-doc", metavar="FILE", help="A Word document whose styles are used, for .docx."),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates", metavar="FOLDER", help="Templates of your own, NAME.md.j2, before the bundled ones."
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the briefings there are, and write none.")] = False,
    show_template: Annotated[
        bool, typer.Option("--show-template", help="Print the template, to start one of your own.")
    ] = False,
    check: Annotated[
        Path | None,
        typer.Option("--check", metavar="FILE", help="Say whether an edited briefing still holds: .md .html"),
    ] = None,
    base: BaseOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """Write a briefing whose every number opens, or check one that was edited."""
    from coprod_review.briefing import template_loader
    from coprod_review.files.writing import emit

    if check is not None:
        if output or about or since or citations or reference_doc or templates:
            raise CoprodReviewError("--check takes --base and --skip-invalid, and no other option.")
        _check(check, base, skip_invalid)
    elif listed:
        emit(
            "".join(f"{name:12}{told}\n" for name, told in template_loader.template_descriptions(templates).items()),
            output,
        )
    elif show_template:
        emit(template_loader.template_source(template, templates), output)
    else:
        from coprod_review.briefing.context import context_for
        from coprod_review.briefing.request import BriefingRequest

        suffix = _suffix(output, citations, reference_doc)
        cite = citations or (CitationForm.KEYS if suffix == ".md" else CitationForm.FINISHED)
        order = BriefingRequest(template, about, cite.value, csl, templates)
        with _progress("Writing the briefing"):
            source = context_for(load_sound_base(base, skip_invalid), base, since, skip_invalid=skip_invalid)
            _write(source, order, suffix, output, reference_doc)


def _suffix(output: Path | None, citations: CitationForm | None, reference_doc: Path | None) -> str:
    """The kind of file that is asked for; options of another kind are refused."""
    from coprod_review.documents import WRITERS

    suffix = output.suffix.lower() if output else ".md"
    known = (".md", *WRITERS)
    if suffix not in known:
        raise CoprodReviewError(f"{output} has no suffix that names a kind of briefing: use {', '.join(known)}.")
    if citations is not None and suffix != ".md":
        raise CoprodReviewError(f"--citations is for Markdown alone; citations in {suffix} are always finished.")
    if reference_doc is not None and suffix != ".docx":
        raise CoprodReviewError("--reference-doc is for Word alone: add -o FILE.docx, or leave it out.")
    return suffix


def _write(
    source: BriefingContext, order: BriefingRequest, suffix: str, output: Path | None, reference_doc: Path | None
) -> None:
    from dataclasses import replace

    from coprod_review.briefing import as_document, compose
    from coprod_review.documents import WRITERS
    from coprod_review.files.writing import emit, emit_bytes

    written = compose.write_briefing(source, order)
    if output is None or suffix == ".md":
        emit(written.text, output)
        return
    document = as_document.as_document(written, source)
    if suffix == ".html":
        document = replace(document, appendix=as_document.appendix(written, source))
    emit_bytes(WRITERS[suffix](document, reference_doc), output)


def _check(path: Path, base: Path | None, skip_invalid: bool) -> None:
    from coprod_review.briefing import check
    from coprod_review.briefing.context import context_for
    from coprod_review.files.writing import emit

    edited = check.read(path)
    held = load_sound_base(base, skip_invalid)
    source = context_for(held, base, check.earlier_revision(edited), skip_invalid=skip_invalid)
    doubts = check.check(edited, source)
    emit(check.problem_lines(path, doubts), None)
    typer.echo(check.summary(path, doubts, edited), err=True, nl=False)
    if doubts:
        raise typer.Exit(1)


@contextmanager
def _progress(words: str) -> Iterator[None]:
    """Show that work goes on where it takes more than a second and a person looks on; never in a pipe."""
    import sys
    import threading

    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.status import Status

    status = Status(f"{words} ...", console=Console(stderr=True))
    timer = threading.Timer(1.0, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        status.stop()
