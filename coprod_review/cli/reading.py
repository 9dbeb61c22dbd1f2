"""Commands that read the base: gaps, why, claims, list, show, codebook, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_review.cli.options import (
    As,
    AsDrawn,
    Base,
    Out,
    Skip,
    Source,
    Where,
    app,
    arguments_again,
    emit_report,
    filtered,
    sound,
)
from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coprod_review.gaps import Options
    from coprod_review.loading.evidence_base import EvidenceBase
    from coprod_review.model.facets import Filter
    from coprod_review.reports.asked import Asked
    from coprod_review.results.report import Report


class Definition(StrEnum):
    """Definitions of an outcome."""

    STRICT = "strict"
    BROAD = "broad"


Counts = Annotated[Definition, typer.Option(help="Whether an experience of taking part can count as an outcome.")]
Drawn = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead: .txt .json .csv .md .svg"),
]
NAMES = (
    "focus", "representation", "beneficiaries", "matrix", "sector", "principles", "direction", "care-act",
    "measurement", "reporting", "overlap", "appraisal", "testimony", "involvement", "lasting", "intersections",
    "currency", "claims", "recommendations",
)  # fmt: skip
"""The analyses, held here too so that --help need not import them; a test keeps the two alike."""


def _analyses(incomplete: str) -> list[str]:
    """Names of analyses for the shell to complete."""
    return [name for name in NAMES if name.startswith(incomplete)]


def _openable(incomplete: str) -> list[str]:
    """Ids of the bundled base's figures for the shell to complete; of table cells once a slash is typed."""
    from coprod_review.reports.commands import opened_ids, results_of

    known = opened_ids(results_of(sound(None, skip_invalid=False), NAMES))
    return [i for i in known if i.startswith(incomplete) and ("/" in incomplete or "/" not in i)]


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
            metavar="[NAME]...", help=f"{', '.join(NAMES)}.", show_default="one screen", autocompletion=_analyses
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every analysis in full.")] = False,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REF", help="What changed since: a git revision, or a folder that holds the earlier base."
        ),
    ] = None,
    base: Base = None,
    format: AsDrawn = None,
    output: Drawn = None,
    definition: Counts = Definition.STRICT,
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

    Without a name one screen; with names, or --all, those analyses in full.
    """
    from coprod_review.gaps import ANALYSES, Options, analysis_named
    from coprod_review.reports.commands import gaps_report

    for name in names or ():
        analysis_named(name)
    chosen = list(ANALYSES) if every else names or []
    _only_for(chosen, "matrix", {"--rows": rows, "--cols": cols, "--detail": detail or None})
    _only_for(chosen or ["focus"], "focus", {"--definition": definition if definition is Definition.BROAD else None})
    held, filters = filtered(sound(base, skip_invalid), where, reported_in)
    options = Options(definition.value, rows or "stakeholder", cols or "domain", detail)
    asked = _asked(
        filters, reported_in, arguments_again(base, where, reported_in, skip_invalid, definition.value), options
    )
    if since is not None:
        emit_report(_since(since, base, held, chosen, where, reported_in, skip_invalid, asked), format, output)
    else:
        emit_report(gaps_report(held, chosen, asked), format, output)


def _since(
    reference: str,
    base: Path | None,
    held: EvidenceBase,
    names: list[str],
    where: list[str] | None,
    source: str | None,
    skip_invalid: bool,
    asked: Asked,
) -> Report:
    from coprod_review.reports.since import earlier, since_report

    then, _ = filtered(earlier(reference, base, skip_invalid=skip_invalid), where, source)
    return since_report(then, held, names, reference, asked)


def _asked(filters: Sequence[Filter], source: str | None, arguments: tuple[str, ...], options: Options) -> Asked:
    from coprod_review.reports.asked import Asked, filters_in_words

    return Asked(filters_in_words(filters, source), arguments, options)


def _only_for(names: list[str], analysis: str, options: dict[str, object | None]) -> None:
    used = [name for name, value in options.items() if value is not None]
    if used and analysis not in names:
        raise CoprodReviewError(f"{used[0]} belongs to {analysis}: write coprod-review gaps {analysis} {used[0]}.")


@app.command()
def why(
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE",
            help="Id of a figure, of a table, or of a table's cell: TABLE/ROW/COLUMN.",
            autocompletion=_openable,
        ),
    ],
    base: Base = None,
    format: As = None,
    output: Out = None,
    definition: Counts = Definition.STRICT,
    where: Where = None,
    reported_in: Source = None,
    skip_invalid: Skip = False,
) -> None:
    """Open one number: its rule, the studies it counts, and the codes and findings that put each one there."""
    from coprod_review.gaps import Options
    from coprod_review.reports.why import why_report

    held, filters = filtered(sound(base, skip_invalid), where, reported_in)
    again = arguments_again(base, where, reported_in, skip_invalid, definition.value)
    asked = _asked(filters, reported_in, again, Options(definition.value))
    emit_report(why_report(held, figure, asked), format, output)


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
        bool, typer.Option("--regenerate", help="What the review states beside what this base gives, row by row.")
    ] = False,
    base: Base = None,
    format: As = None,
    output: Out = None,
    skip_invalid: Skip = False,
) -> None:
    """Show what the review claims, what was seen of it in the works it cites, and what corrects it."""
    from coprod_review.reports.claims import claims_report, regenerated_report

    if regenerate and (section or stakeholder or status):
        raise CoprodReviewError("--regenerate shows every row: leave out --section, --stakeholder and --status.")
    held = sound(base, skip_invalid)
    report = regenerated_report(held) if regenerate else claims_report(held, section, stakeholder, status)
    emit_report(report, format, output)


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
    from coprod_review.reports.asked import filters_in_words
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
    from coprod_review.text.suggestions import did_you_mean

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
    from coprod_review.loading.discovery import codebook_of
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

    from coprod_review.files.writing import emit
    from coprod_review.loading.discovery import codebook_of
    from coprod_review.loading.json_schema import json_schema

    emit(json.dumps(json_schema(name.value, codebook_of(base)), ensure_ascii=False, indent=2) + "\n", output)
