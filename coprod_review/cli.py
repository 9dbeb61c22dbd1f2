"""Commands: each reads its arguments, calls one function and writes its text.

Nothing of ours but names is imported before a command runs, so that ``--version``
and ``--help`` answer at once.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coprod_review.diagnostics.checked import Checked
    from coprod_review.evidence import EvidenceBase
    from coprod_review.facets import Filter
    from coprod_review.models import Study
    from coprod_review.problems import Severity
    from coprod_review.references import Bibliography
    from coprod_review.reports.checking import Choice, Rewrite
    from coprod_review.results import Report

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="What the evidence on co-production in social care holds, and where it is silent.",
)


class Format(StrEnum):
    """Formats of the reading commands."""

    TERMINAL = "terminal"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class Definition(StrEnum):
    """Definitions of an outcome."""

    STRICT = "strict"
    BROAD = "broad"


class DiagnosticFormat(StrEnum):
    """Formats of validate."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"


class Least(StrEnum):
    """How severe a diagnostic is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class PageFormat(StrEnum):
    """Formats of explain."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class Schema(StrEnum):
    """Files of a base that have a schema."""

    BASE = "base"
    BENCHMARKS = "benchmarks"
    CODEBOOK = "codebook"
    REVIEW = "review"
    STUDIES = "studies"
    STUDY = "study"


class ExportFormat(StrEnum):
    """Formats of export."""

    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


Base = Annotated[
    Path | None,
    typer.Option(
        "--base",
        metavar="PATH",
        help="A folder of the same shape, or one studies file.",
        show_default="the bundled base",
    ),
]
As = Annotated[
    Format | None, typer.Option("--format", help="How to show it.", show_default="by the suffix of -o, else terminal")
]
Out = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead: .txt .json .csv .md")
]
Skip = Annotated[bool, typer.Option("--skip-invalid", help="Leave out studies that have errors, and say which.")]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="FACET=TERM",
        help="Only studies that pass: sector=health,social-care; role!=context (no code passes !=). Repeatable.",
    ),
]
Source = Annotated[
    str | None,
    typer.Option("--reported-in", metavar="SOURCE", help="Only findings seen in a source, such as scie-review-2022."),
]


def _version(wanted: bool) -> None:
    if wanted:
        from coprod_review import __version__

        typer.echo(f"coprod-review {__version__}")
        raise typer.Exit


@app.callback()
def coprod_review(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """What the evidence on co-production in social care holds, and where it is silent."""


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
    """Show what is missing: outcome against process, groups, the map, and typed gaps."""
    from coprod_review.reports.analyses import filters_in_words
    from coprod_review.reports.commands import gaps_report

    _only_for(names or [], "matrix", {"--rows": rows, "--cols": cols, "--detail": detail or None})
    _only_for(names or ["focus"], "focus", {"--definition": definition if definition is Definition.BROAD else None})
    held = _sound(base, skip_invalid)
    held, filters = _filtered(held, where, reported_in)
    options = {"rows": rows or "stakeholder", "cols": cols or "domain", "detail": detail}
    _emit(
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

    held, filters = _filtered(_sound(base, skip_invalid), where, reported_in)
    studies = tuple(s for s in held.studies if s.findings) if reported_in else held.studies
    _emit(list_report(held, studies, filters_in_words(filters, reported_in)), format, output)


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A study's id, or its number in the review.")],
    base: Base = None,
    format: As = None,
    output: Out = None,
    skip_invalid: Skip = False,
) -> None:
    """Show one study whole: citation, codes, findings, claims and errata."""
    from coprod_review.errors import UnknownName
    from coprod_review.reports.studies import show_report
    from coprod_review.suggestions import did_you_mean

    held = _sound(base, skip_invalid)
    study = held.find(id)
    if study is None:
        near = did_you_mean(id, [s.id for s in held.studies]) or "see coprod-review list."
        raise UnknownName(f"There is no study `{id}` in {held.framework.about.name}: {near}")
    _emit(show_report(held, study), format, output)


@app.command()
def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files or folders to check.", show_default="the base"),
    ] = None,
    base: Base = None,
    format: Annotated[
        DiagnosticFormat | None,
        typer.Option(
            "--format",
            help="How to show it.",
            show_default="by the suffix of -o, else text, or github in GitHub Actions",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write to a file instead: .txt .json .sarif .xml (JUnit) .md"
        ),
    ] = None,
    select: Annotated[
        str | None, typer.Option(metavar="CODES", help="Only these codes or beginnings: CPR2,CPR301.")
    ] = None,
    ignore: Annotated[str | None, typer.Option(metavar="CODES", help="All but these codes or beginnings.")] = None,
    severity: Annotated[Least, typer.Option(help="The least severe that is shown.")] = Least.NOTE,
    fail_on: Annotated[Least, typer.Option(help="The least severe that ends with exit code 1.")] = Least.ERROR,
    changed_since: Annotated[
        str | None,
        typer.Option(metavar="REVISION", help="Only what is new, or stands in entries changed, since a git revision."),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely, in the files.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: also what a person has to look at.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Show how often each code was found.")] = False,
    list_checks: Annotated[bool, typer.Option("--list", help="List every check and leave.")] = False,
) -> None:
    """Check every entry: exit code 1 and the line of each error, 0 if there is none."""
    from coprod_review.problems import Severity
    from coprod_review.reports import checking

    chosen = _diagnostic_format(output, format)
    if list_checks:
        _list_checks(chosen, output)
        return
    wanted = checking.choice(select, ignore, changed_since)
    if fix or diff or unsafe_fixes:
        checked, rewrites = _fixes(paths or [], base, wanted, fix=fix, diff=diff, unsafe=unsafe_fixes)
    else:
        checked, rewrites = checking.check(paths or [], base, wanted), []
    if diff:
        _show_diff(checked, rewrites, chosen, output)
    else:
        _show(checked, chosen, Severity(severity.value), output, statistics=statistics)
    if checking.fails(checked, Severity(fail_on.value)):
        raise typer.Exit(1)


def _diagnostic_format(output: Path | None, format: DiagnosticFormat | None) -> str:
    import os

    from coprod_review.diagnostics import SUFFIXES

    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    return _format(output, format, SUFFIXES, "github" if in_actions else "text")


def _list_checks(chosen: str, output: Path | None) -> None:
    from coprod_review.output import emit
    from coprod_review.reports import catalogue

    emit(catalogue.listing_as_json() if chosen == "json" else catalogue.listing(), output)


def _fixes(
    paths: list[Path], base: Path | None, wanted: Choice, *, fix: bool, diff: bool, unsafe: bool
) -> tuple[Checked, list[Rewrite]]:
    """What is left after the fixes, and what they change; with --diff what there is, and what they would change."""
    from coprod_review.output import rewrite
    from coprod_review.reports import checking

    if fix and diff:
        raise CoprodReviewError("--fix changes files and --diff only shows what would change: use one of the two.")
    if not (fix or diff):
        raise CoprodReviewError("--unsafe-fixes goes with --fix or --diff: add one of the two.")
    if not (paths or base):
        raise CoprodReviewError("--fix and --diff need a path, so that no file changes by surprise: name it.")
    left, rewrites = checking.fixed(paths, base, wanted, unsafe=unsafe)
    if diff:
        return checking.check(paths, base, wanted), rewrites
    for one in rewrites:
        rewrite(one.path, one.before, one.after)
    return left, rewrites


def _show_diff(checked: Checked, rewrites: list[Rewrite], chosen: str, output: Path | None) -> None:
    import sys
    from difflib import unified_diff

    from coprod_review.diagnostics.checked import summary
    from coprod_review.diagnostics.github import disarmed
    from coprod_review.output import emit
    from coprod_review.wording import visible

    lines: list[str] = []
    for one in rewrites:
        before, after = one.before.splitlines(keepends=True), one.after.splitlines(keepends=True)
        lines += unified_diff(before, after, visible(f"a/{one.path}"), visible(f"b/{one.path}"))
    told = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    # A file, or a pipe to another program, gets the exact signs; a terminal and a log would obey some of them.
    if output is None and chosen == "github":
        told = disarmed(told)
    elif output is None and sys.stdout.isatty():
        told = visible(told, breaks=True)
    emit(told, output)
    typer.echo(summary(checked), err=True)


def _show(checked: Checked, chosen: str, least: Severity, output: Path | None, *, statistics: bool) -> None:
    import os
    from dataclasses import replace

    from coprod_review.diagnostics import FORMATS, STATISTICS
    from coprod_review.output import append, emit

    shown = replace(checked, least=least)
    if statistics:
        if chosen not in STATISTICS and chosen != "github":
            raise CoprodReviewError(f"--statistics are told as {' or '.join(STATISTICS)}, not as {chosen}.")
        emit(STATISTICS.get(chosen, STATISTICS["text"])(shown), output)
        return
    emit(FORMATS[chosen](shown), output)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if chosen == "github" and summary:
        append(FORMATS["markdown"](shown), Path(summary))


@app.command()
def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A code or a name: CPR201, unknown-term.", show_default="all")
    ] = None,
    format: Annotated[
        PageFormat | None,
        typer.Option("--format", help="How to show it.", show_default="by the suffix of -o, else text"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead: .txt .json .md")
    ] = None,
) -> None:
    """Explain a check: what it looks for and why, an example that fails, one that passes, and the fix."""
    from coprod_review.output import emit
    from coprod_review.reports import catalogue

    chosen = _format(output, format, {".txt": "text", ".json": "json", ".md": "markdown"}, "text")
    emit(catalogue.told(code, chosen), output)


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

    _emit(codebook_report(codebook_of(base), term), format, output)


@app.command()
def schema(
    name: Annotated[Schema, typer.Argument(help="Which file of a base.")] = Schema.STUDIES,
    base: Base = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead.")
    ] = None,
) -> None:
    """Print the JSON Schema of one file, with the terms of the codebook."""
    import json

    from coprod_review.evidence import codebook_of
    from coprod_review.output import emit
    from coprod_review.validation import json_schema

    emit(json.dumps(json_schema(name.value, codebook_of(base)), ensure_ascii=False, indent=2) + "\n", output)


@app.command()
def new(
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FILE", help="A bibliography of one or many records: .bib", show_default="questions"
        ),
    ] = None,
    base: Base = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="PATH", help="A new file, .yaml, or a folder for a file per study."),
    ] = None,
) -> None:
    """Draft entries for studies: sound as they stand, with to-do markers for a person to work through."""
    from coprod_review import evidence
    from coprod_review.drafting import draft_all
    from coprod_review.output import emit
    from coprod_review.reports import drafts as report

    report.check_target(output)
    held = evidence.read(base)
    found = _bibliography(source, held)
    drafts, refused = draft_all(found.references, held)
    for place, text in report.files(drafts, output):
        emit(text, place)
    left_out = (*found.rejected, *refused)
    typer.echo(report.told(drafts, left_out, source, output, base), err=True, nl=False)
    if not found.references:
        raise CoprodReviewError(f"{source} holds no record of a work that can be drafted.")
    if left_out:
        raise typer.Exit(1)


def _bibliography(source: Path | None, held: EvidenceBase) -> Bibliography:
    import sys

    from coprod_review import importers
    from coprod_review.prompts import ask
    from coprod_review.references import Bibliography

    if source is not None:
        return importers.read(source)
    if sys.stdin is None or not sys.stdin.isatty():
        raise CoprodReviewError("Nobody is there to answer questions: name a bibliography with --from FILE.bib.")
    types = [term.id for term in held.framework.codebook.terms("citation_types")] or ["document"]
    return Bibliography((ask(_put, types),))


def _put(question: str) -> str:
    """Put a question on standard error, so that standard output holds the draft alone."""
    import sys

    typer.echo(question, err=True, nl=False)
    answer = sys.stdin.buffer.readline()
    if not answer:
        raise typer.Abort
    return answer.decode("utf-8", "replace")


@app.command()
def export(
    format: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="What to write.", show_default="by the suffix of -o"),
    ] = None,
    base: Base = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead: .bib .json")
    ] = None,
    where: Where = None,
    reported_in: Source = None,
    skip_invalid: Skip = False,
) -> None:
    """Write the citations of the base, or of a part of it, for other programs."""
    from coprod_review.exporters import SUFFIXES, WRITERS
    from coprod_review.output import emit

    if output is None and format is None:
        raise CoprodReviewError("Say what to write: --format bibtex or --format csl-json, or -o FILE.bib or FILE.json.")
    chosen = _format(output, format, SUFFIXES, "")
    sound = _sound(base, skip_invalid)
    held, _ = _filtered(sound, where, reported_in)
    studies = [s for s in held.studies if s.findings] if reported_in else held.studies
    emit(WRITERS[chosen](studies), output)
    if sound.skipped:
        typer.echo(f"Left out for their errors: {', '.join(sound.skipped)}.", err=True)


def _sound(path: Path | None, skip_invalid: bool) -> EvidenceBase:
    from coprod_review import checks, evidence

    return checks.sound(evidence.read(path), skip_invalid=skip_invalid)


def _filtered(
    base: EvidenceBase, where: list[str] | None, source: str | None
) -> tuple[EvidenceBase, tuple[Filter, ...]]:
    from coprod_review import facets
    from coprod_review.evidence import narrowed

    codebook = base.framework.codebook
    filters = tuple(facets.parse_filter(text, codebook) for text in where or ())
    if source is not None:
        facets.parse_filter(f"source={source}", codebook)
        if "," in source:
            raise CoprodReviewError(f"--reported-in takes one source, not `{source}`.")
    if not filters and source is None:
        return base, filters

    def keep(studies: tuple[Study, ...]) -> tuple[Study, ...]:
        passing = tuple(s for s in studies if all(f.passes(s) for f in filters))
        return facets.seen_in(passing, source) if source is not None else passing

    return narrowed(base, keep), filters


def _emit(report: Report, format: Format | None, output: Path | None) -> None:
    from coprod_review.output import emit
    from coprod_review.render import RENDERERS, SUFFIXES

    emit(RENDERERS[_format(output, format, SUFFIXES, "terminal")](report), output)


def _format(output: Path | None, format: StrEnum | None, suffixes: Mapping[str, str], default: str) -> str:
    """The format that was asked for, by name or by the suffix of a file; the two may not contradict each other."""
    asked = suffixes.get(output.suffix.lower()) if output else None
    if output and format is None and asked is None:
        known = ", ".join(suffixes)
        raise CoprodReviewError(f"{output} has no suffix that names a format: use {known}, or add --format.")
    if asked and format is not None and asked != format.value:
        raise CoprodReviewError(f"{output} asks for {asked}, but --format says {format.value}: drop one of the two.")
    return format.value if format else asked or default
