"""Commands that read the base: gaps, list, show, codebook, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coprod_review.cli.options import As, Base, Out, Skip, Source, Where, app, emit_report, filtered, sound
from coprod_review.errors import CoprodReviewError


class Definition(StrEnum):
    """Definitions of an outcome."""

    STRICT = "strict"
    BROAD = "broad"


class Schema(StrEnum):
    """Files of a base that have a schema."""

    BASE = "base"
    BENCHMARKS = "benchmarks"
    CODEBOOK = "codebook"
    REVIEW = "review"
    STUDIES = "studies"
    STUDY = "study"


@app.command()
def gaps(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="focus, representation, matrix, sector, principles, care-act, testimony",
            show_default="one screen",
        ),
    ] = None,
    base: Base = None,
    format: As = None,
    output: Out = None,
    definition: Annotated[
        Definition, typer.Option(help="Whether an experience of taking part can count as an outcome.")
    ] = Definition.STRICT,
    rows: Annotated[
        str | None, typer.Option(metavar="FACET", help="matrix: what stands in the rows.", show_default="stakeholder")
    ] = None,
    cols: Annotated[
        str | None, typer.Option(metavar="FACET", help="matrix: what stands in the columns.", show_default="domain")
    ] = None,
    detail: Annotated[bool, typer.Option("--detail", help="matrix: single outcomes instead of domains.")] = False,
    where: Where = None,
    reported_in: Source = None,
    skip_invalid: Skip = False,
) -> None:
    """Show what is missing, with the studies behind each number.

    Without a name one screen; with names those analyses in full.
    """
    from coprod_review.reports.analyses import filters_in_words
    from coprod_review.reports.commands import gaps_report

    _only_for(names or [], "matrix", {"--rows": rows, "--cols": cols, "--detail": detail or None})
    _only_for(names or ["focus"], "focus", {"--definition": definition if definition is Definition.BROAD else None})
    held = sound(base, skip_invalid)
    held, filters = filtered(held, where, reported_in)
    options = {"rows": rows or "stakeholder", "cols": cols or "domain", "detail": detail}
    emit_report(
        gaps_report(held, names or [], definition.value, options, filters_in_words(filters, reported_in)),
        format,
        output,
    )


def _only_for(names: list[str], analysis: str, options: dict[str, object | None]) -> None:
    used = [name for name, value in options.items() if value is not None]
    if used and analysis not in names:
        raise CoprodReviewError(f"{used[0]} belongs to {analysis}: write coprod-review gaps {analysis} {used[0]}.")


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
    from coprod_review.reports.analyses import filters_in_words
    from coprod_review.reports.studies import list_report

    held, filters = filtered(sound(base, skip_invalid), where, reported_in)
    studies = tuple(s for s in held.studies if s.findings) if reported_in else held.studies
    emit_report(list_report(held, studies, filters_in_words(filters, reported_in)), format, output)


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A study's id, or its number in the review.")],
    base: Base = None,
    format: As = None,
    output: Out = None,
    skip_invalid: Skip = False,
) -> None:
    """Show one study whole: codes, findings, claims, errata."""
    from coprod_review.errors import UnknownName
    from coprod_review.reports.studies import show_report
    from coprod_review.suggestions import did_you_mean

    held = sound(base, skip_invalid)
    study = held.find(id)
    if study is None:
        near = did_you_mean(id, [s.id for s in held.studies]) or "see coprod-review list."
        raise UnknownName(f"There is no study `{id}` in {held.framework.about.name}: {near}")
    emit_report(show_report(held, study), format, output)


@app.command()
def codebook(
    term: Annotated[
        str | None, typer.Argument(metavar="[TERM]", help="A vocabulary, a term or a gap type.", show_default="all")
    ] = None,
    base: Base = None,
    format: As = None,
    output: Out = None,
) -> None:
    """Show the words that entries may use, and what they mean."""
    from coprod_review.evidence import codebook_of
    from coprod_review.reports.codebook import codebook_report

    emit_report(codebook_report(codebook_of(base), term), format, output)


@app.command()
def schema(
    name: Annotated[Schema, typer.Argument(help="Which file of a base.")] = Schema.STUDIES,
    base: Base = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead.")
    ] = None,
) -> None:
    """Print the JSON Schema of one file of a base."""
    import json

    from coprod_review.evidence import codebook_of
    from coprod_review.output import emit
    from coprod_review.validation import json_schema

    emit(json.dumps(json_schema(name.value, codebook_of(base)), ensure_ascii=False, indent=2) + "\n", output)
