"""The command ``brief``: write a briefing, or check one that was edited."""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_review.cli.options import BaseOption, SkipInvalidOption, app, load_valid_base
from coprod_review.cli.registered import ListingCommand
from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coprod_review.briefing.context import BriefingContext
    from coprod_review.briefing.request import BriefingRequest


class CitationForm(StrEnum):
    """How Markdown cites."""

    KEYS = "keys"
    FINISHED = "finished"


def _complete_templates(incomplete: str) -> list[str]:
    from coprod_review.briefing import template_loader

    return [name for name in template_loader.template_descriptions(None) if name.startswith(incomplete)]


TemplateArgument = Annotated[
    str,
    typer.Argument(
        metavar="[TEMPLATE]",
        help="The template of the briefing; --list shows all templates.",
        autocompletion=_complete_templates,
    ),
]
BriefingOutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to a file. Its suffix chooses the kind of file: {document_suffixes}.",
    ),
]
AboutOption = Annotated[
    str,
    typer.Option(
        metavar="TERM",
        help="For the template group: its subject, which is the id of a stakeholder group, a group of "
        "people, an outcome domain or an outcome.",
        show_default=False,
    ),
]
SinceOption = Annotated[
    str,
    typer.Option(
        metavar="REF",
        help="For the template whats-new: the earlier state of the base, as a git revision or a folder.",
        show_default=False,
    ),
]
CitationsOption = Annotated[
    CitationForm | None,
    typer.Option(
        help="How Markdown cites a study: with a key for Pandoc, such as [@kay-2019], or with a finished citation.",
        show_default="keys",
    ),
]
StyleOption = Annotated[
    str,
    typer.Option(
        "--csl", metavar="STYLE", help="The style of citations: harvard, vancouver, or the path of a CSL file."
    ),
]
ReferenceDocOption = Annotated[
    Path | None,
    typer.Option("--reference-doc", metavar="FILE", help="For .docx: a Word document whose styles the briefing uses."),
]
TemplatesOption = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="FOLDER",
        help="A folder with your own templates, NAME.md.j2. They replace bundled templates of the same name.",
    ),
]
ListOption = Annotated[bool, typer.Option("--list", help="List the templates, and write no briefing.")]
ShowTemplateOption = Annotated[
    bool, typer.Option("--show-template", help="Print the text of the template, so that you can adapt it.")
]
CheckOption = Annotated[
    Path | None,
    typer.Option(
        "--check",
        metavar="FILE",
        help="Compare an edited briefing (.md or .html) with the base, and report what no longer agrees.",
    ),
]


@app.command(cls=ListingCommand)
def brief(
    template: TemplateArgument = "summary",
    output: BriefingOutputOption = None,
    about: AboutOption = "",
    since: SinceOption = "",
    citations: CitationsOption = None,
    csl: StyleOption = "harvard",
    reference_doc: ReferenceDocOption = None,
    templates: TemplatesOption = None,
    listed: ListOption = False,
    show_template: ShowTemplateOption = False,
    check: CheckOption = None,
    base: BaseOption = None,
    skip_invalid: SkipInvalidOption = False,
) -> None:
    """Write a briefing, or check one that was edited.

    Every number in a briefing leads to the studies behind it.
    """
    from coprod_review.briefing import template_loader
    from coprod_review.files.writing import emit

    if check is not None:
        if output or about or since or citations or reference_doc or templates:
            raise CoprodReviewError("--check works with --base and --skip-invalid only: leave out the other options.")
        _check(check, base, skip_invalid)
    elif listed:
        descriptions = template_loader.template_descriptions(templates)
        emit("".join(f"{name:12}{description}\n" for name, description in descriptions.items()), output)
    elif show_template:
        emit(template_loader.template_source(template, templates), output)
    else:
        from coprod_review.briefing.request import BriefingRequest  # it imports everything that writes a briefing

        suffix = _suffix(output, citations, reference_doc)
        form = citations or (CitationForm.KEYS if suffix == ".md" else CitationForm.FINISHED)
        request = BriefingRequest(template, about, form.value, csl, templates)
        with _progress("Writing the briefing"):
            context = _context(base, since, skip_invalid)
            _write(context, request, suffix, output, reference_doc)


def _context(base: Path | None, since: str, skip_invalid: bool) -> BriefingContext:
    from coprod_review.briefing.context import context_for

    return context_for(load_valid_base(base, skip_invalid), base, since, skip_invalid=skip_invalid)


def _suffix(output: Path | None, citations: CitationForm | None, reference_doc: Path | None) -> str:
    """Return the suffix of the file to write, and refuse options that belong to another kind of file."""
    from coprod_review.documents.registry import FORMATS

    suffix = output.suffix.lower() if output else ".md"
    known = (".md", *FORMATS)
    if suffix not in known:
        raise CoprodReviewError(
            f"The suffix of {output} does not name a kind of briefing: use one of {', '.join(known)}."
        )
    if citations is not None and suffix != ".md":
        raise CoprodReviewError(f"--citations works for Markdown only. In {suffix}, citations are always finished.")
    if reference_doc is not None and suffix != ".docx":
        raise CoprodReviewError("--reference-doc works for Word only: add -o FILE.docx, or leave it out.")
    return suffix


def _write(
    context: BriefingContext, request: BriefingRequest, suffix: str, output: Path | None, reference_doc: Path | None
) -> None:
    from dataclasses import replace

    from coprod_review.briefing import as_document, compose
    from coprod_review.files.writing import emit, emit_bytes

    briefing = compose.write_briefing(context, request)
    if output is None or suffix == ".md":
        emit(briefing.text, output)
        return
    from coprod_review.documents.registry import FORMATS

    document = as_document.as_document(briefing, context)
    if suffix == ".html":
        document = replace(document, appendix=as_document.appendix(briefing, context))
    emit_bytes(FORMATS[suffix].write(document, reference_doc), output)


def _check(path: Path, base: Path | None, skip_invalid: bool) -> None:
    from coprod_review.briefing import check
    from coprod_review.files.writing import emit

    briefing = check.read(path)
    context = _context(base, check.earlier_revision(briefing), skip_invalid)
    problems = check.check(briefing, context)
    emit(check.problem_lines(path, problems), None)
    typer.echo(check.summary(path, problems, briefing), err=True, nl=False)
    if problems:
        raise typer.Exit(1)


@contextmanager
def _progress(words: str) -> Iterator[None]:
    """Show a spinner on a terminal when the work takes more than a second."""
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
