"""The command ``validate``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_review.cli.options import BaseOption, app, format_of
from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from coprod_review.source.problems import Severity
    from coprod_review.validate.check_paths import DiagnosticSelection
    from coprod_review.validate.fixing import Rewrite
    from coprod_review.validate.validation_report import ValidationReport


class DiagnosticFormat(StrEnum):
    """Formats of validate."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"


class SeverityName(StrEnum):
    """How severe a diagnostic is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@app.command()
def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files or folders to check.", show_default="the base"),
    ] = None,
    base: BaseOption = None,
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
    severity: Annotated[SeverityName, typer.Option(help="The least severe that is shown.")] = SeverityName.NOTE,
    fail_on: Annotated[
        SeverityName, typer.Option(help="The least severe that ends with exit code 1.")
    ] = SeverityName.ERROR,
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
    """Check every entry, and name the line of each error.

    Exit code 1 where there is an error, 0 where there is none, 2 where nothing could be checked.
    """
    from coprod_review.source.problems import Severity
    from coprod_review.validate import check_paths

    chosen = _diagnostic_format(output, format)
    if list_checks:
        _list_checks(chosen, output)
        return
    wanted = check_paths.parse_selection(select, ignore, changed_since)
    if fix or diff or unsafe_fixes:
        checked, rewrites = _fixes(paths or [], base, wanted, fix=fix, diff=diff, unsafe=unsafe_fixes)
    else:
        checked, rewrites = check_paths.check_paths(paths or [], base, wanted), []
    if diff:
        _show_diff(checked, rewrites, chosen, output)
    else:
        _show(checked, chosen, Severity(severity.value), Severity(fail_on.value), output, statistics=statistics)
    if check_paths.has_failures(checked, Severity(fail_on.value)):
        raise typer.Exit(1)


def _diagnostic_format(output: Path | None, format: DiagnosticFormat | None) -> str:
    import os

    from coprod_review.validate.formats import SUFFIXES

    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    # Concise lines are text, and SARIF is JSON: their suffixes fit too.
    suffixes = {**SUFFIXES, **{suffix: format.value for suffix, fits in _FIT.items() if format in fits and format}}
    return format_of(output, format, suffixes, "github" if in_actions else "text")


_FIT = {
    ".txt": (DiagnosticFormat.TEXT, DiagnosticFormat.CONCISE, DiagnosticFormat.GITHUB),
    ".json": (DiagnosticFormat.JSON, DiagnosticFormat.SARIF),
}


def _list_checks(chosen: str, output: Path | None) -> None:
    from coprod_review.files.writing import emit
    from coprod_review.validate import catalogue

    emit(catalogue.list_as_json() if chosen == "json" else catalogue.list_as_text(), output)


def _fixes(
    paths: list[Path], base: Path | None, wanted: DiagnosticSelection, *, fix: bool, diff: bool, unsafe: bool
) -> tuple[ValidationReport, list[Rewrite]]:
    """What is left after the fixes, and what they change; with --diff what there is, and what they would change."""
    from coprod_review.files.writing import replace_text
    from coprod_review.validate import check_paths, fixing

    if fix and diff:
        raise CoprodReviewError("--fix changes files and --diff only shows what would change: use one of the two.")
    if not (fix or diff):
        raise CoprodReviewError("--unsafe-fixes goes with --fix or --diff: add one of the two.")
    if not (paths or base):
        raise CoprodReviewError("--fix and --diff need a path, so that no file changes by surprise: name it.")
    left, rewrites = fixing.apply_fixes(paths, base, wanted, unsafe=unsafe)
    if diff:
        return check_paths.check_paths(paths, base, wanted), rewrites
    for one in rewrites:
        replace_text(one.path, one.before, one.after)
    return left, rewrites


def _show_diff(checked: ValidationReport, rewrites: list[Rewrite], chosen: str, output: Path | None) -> None:
    import sys

    from coprod_review.files.writing import emit
    from coprod_review.text.escaping import visible
    from coprod_review.validate.formats.github import neutralise_commands
    from coprod_review.validate.validation_report import summary

    told = "".join(map(_difference, rewrites))
    # A file, or a pipe to another program, gets the exact signs; a terminal and a log would obey some of them.
    if output is None and chosen == "github":
        told = neutralise_commands(told)
    elif output is None and sys.stdout.isatty():
        told = visible(told, breaks=True)
    emit(told, output)
    typer.echo(summary(checked), err=True)


def _difference(one: Rewrite) -> str:
    """One file before and after its fixes, as a patch that git applies."""
    from difflib import unified_diff
    from io import StringIO

    from coprod_review.text.escaping import visible

    # Lines end at a line feed alone: the other signs that break a line for Python may stand within one.
    before, after = (StringIO(text, newline="\n").readlines() for text in (one.before, one.after))
    name = str(one.path).lstrip("/")
    lines = unified_diff(before, after, visible(f"a/{name}"), visible(f"b/{name}"))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _show(
    checked: ValidationReport, chosen: str, least: Severity, fail_on: Severity, output: Path | None, *, statistics: bool
) -> None:
    import os
    from dataclasses import replace

    from coprod_review.files.writing import append, emit
    from coprod_review.validate.formats import FORMATS, STATISTICS
    from coprod_review.validate.validation_report import with_paths_from_root

    shown = replace(checked, least=least, fail_on=fail_on)
    root = os.environ.get("GITHUB_WORKSPACE")
    if root and chosen in ("github", "sarif"):
        shown = with_paths_from_root(shown, Path(root))
    if statistics:
        if chosen not in STATISTICS and chosen != "github":
            raise CoprodReviewError(f"--statistics are told as {' or '.join(STATISTICS)}, not as {chosen}.")
        emit(STATISTICS.get(chosen, STATISTICS["text"])(shown), output)
        return
    emit(FORMATS[chosen](shown), output)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if chosen == "github" and summary:
        append(FORMATS["markdown"](shown), Path(summary))
