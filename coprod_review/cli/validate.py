"""The command ``validate``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_review.cli.options import BaseOption, app, format_of
from coprod_review.cli.registered import ListingCommand, format_option, names_by_suffix
from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from collections.abc import Callable

    from coprod_review.files.patches import Rewrite
    from coprod_review.source.problems import Severity
    from coprod_review.validate.check_paths import DiagnosticSelection
    from coprod_review.validate.validation_report import ValidationReport


class SeverityName(StrEnum):
    """How severe a diagnostic is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]...", help="The files or folders to check.", show_default="every file of the base"),
]
DiagnosticFormatOption = Annotated[
    str | None,
    format_option(
        "diagnostics_formats",
        "The format of the output.",
        "from the suffix of -o, otherwise text, or github in GitHub Actions",
    ),
]
DiagnosticOutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to a file. Its suffix can choose the format: {diagnostics_suffixes}.",
    ),
]
SelectOption = Annotated[
    str | None,
    typer.Option(
        metavar="CODES",
        help="Report only these codes, for example CPR2,CPR301. CPR2 means all codes that begin with CPR2.",
    ),
]
IgnoreOption = Annotated[
    str | None, typer.Option(metavar="CODES", help="Report all codes except these. Write them as for --select.")
]
SeverityOption = Annotated[SeverityName, typer.Option(help="The lowest severity to show.")]
FailOnOption = Annotated[SeverityName, typer.Option(help="The lowest severity that gives exit code 1.")]
ChangedSinceOption = Annotated[
    str | None,
    typer.Option(
        metavar="REVISION",
        help="Report only problems that are new since a git revision, and those in entries that changed since then.",
    ),
]
FixOption = Annotated[bool, typer.Option("--fix", help="Make the safe fixes in the files.")]
UnsafeFixesOption = Annotated[
    bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: also make the fixes that a person should look at.")
]
DiffOption = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, without changing a file.")]
StatisticsOption = Annotated[
    bool, typer.Option("--statistics", help="Show how many problems each code has, instead of the problems.")
]
ListOption = Annotated[bool, typer.Option("--list", help="List every check and exit.")]


@app.command(cls=ListingCommand)
def validate(
    paths: PathsArgument = None,
    base: BaseOption = None,
    format: DiagnosticFormatOption = None,
    output: DiagnosticOutputOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    severity: SeverityOption = SeverityName.NOTE,
    fail_on: FailOnOption = SeverityName.ERROR,
    changed_since: ChangedSinceOption = None,
    fix: FixOption = False,
    unsafe_fixes: UnsafeFixesOption = False,
    diff: DiffOption = False,
    statistics: StatisticsOption = False,
    list_checks: ListOption = False,
) -> None:
    """Check the entries of a base, and name the line of each problem.

    The exit code is 0 if there is no error, 1 if there is an error, and 2 if
    nothing could be checked.
    """
    from coprod_review.source.problems import Severity
    from coprod_review.validate import check_paths

    chosen_format = _diagnostic_format(output, format)
    if list_checks:
        _list_checks(chosen_format, output)
        return
    selection = check_paths.parse_selection(select, ignore, changed_since)
    if fix or diff or unsafe_fixes:
        report, rewrites = _fixes(paths or [], base, selection, fix=fix, diff=diff, unsafe=unsafe_fixes)
    else:
        report, rewrites = check_paths.check_paths(paths or [], base, selection), []
    if diff:
        _show_diff(report, rewrites, chosen_format, output)
    else:
        least, failing = Severity(severity.value), Severity(fail_on.value)
        _show(report, chosen_format, least, failing, output, statistics=statistics)
    if check_paths.has_failures(report, Severity(fail_on.value)):
        raise typer.Exit(1)


def _diagnostic_format(output: Path | None, format: str | None) -> str:
    import os

    from coprod_review.validate.formats import FORMATS

    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    suffixes = names_by_suffix(FORMATS.values())
    if format is not None:
        suffixes |= dict.fromkeys(FORMATS[format].other_suffixes, format)
    return format_of(output, format, suffixes, "github" if in_actions else "text")


def _list_checks(chosen_format: str, output: Path | None) -> None:
    from coprod_review.files.writing import emit
    from coprod_review.validate import catalogue

    emit(catalogue.list_as_json() if chosen_format == "json" else catalogue.list_as_text(), output)


def _fixes(
    paths: list[Path], base: Path | None, selection: DiagnosticSelection, *, fix: bool, diff: bool, unsafe: bool
) -> tuple[ValidationReport, list[Rewrite]]:
    """Fix the files, and return what the fixes leave and what they changed.

    With --diff, return what there is now, and what the fixes would change.
    """
    from coprod_review.files.writing import replace_texts
    from coprod_review.validate import check_paths, fixing

    if fix and diff:
        raise CoprodReviewError("--fix changes files and --diff only shows what would change: use one of the two.")
    if not (fix or diff):
        raise CoprodReviewError("--unsafe-fixes needs --fix or --diff: add one of the two.")
    if not (paths or base):
        raise CoprodReviewError(
            "--fix and --diff need a path, so that no file changes by surprise: name a file or folder."
        )
    remaining, rewrites = fixing.apply_fixes(paths, base, selection, unsafe=unsafe)
    if diff:
        return check_paths.check_paths(paths, base, selection), rewrites
    replace_texts(rewrites)
    return remaining, rewrites


def _show_diff(report: ValidationReport, rewrites: list[Rewrite], chosen_format: str, output: Path | None) -> None:
    import sys

    from coprod_review.files.patches import as_patch
    from coprod_review.files.writing import emit
    from coprod_review.text.escaping import visible
    from coprod_review.validate.formats.github import neutralise_commands
    from coprod_review.validate.validation_report import summary

    text = "".join(map(as_patch, rewrites))
    # Files and pipes get the exact text. A terminal and the log of GitHub would obey some control characters.
    if output is None and chosen_format == "github":
        text = neutralise_commands(text)
    elif output is None and sys.stdout.isatty():
        text = visible(text, breaks=True)
    emit(text, output, exact=True)
    typer.echo(summary(report), err=True)


def _show(
    report: ValidationReport,
    chosen_format: str,
    least: Severity,
    fail_on: Severity,
    output: Path | None,
    *,
    statistics: bool,
) -> None:
    import os
    from dataclasses import replace

    from coprod_review.files.writing import append, emit
    from coprod_review.validate.formats import FORMATS
    from coprod_review.validate.validation_report import with_paths_from_root

    report = replace(report, least=least, fail_on=fail_on)
    root = os.environ.get("GITHUB_WORKSPACE")
    if root and chosen_format in ("github", "sarif"):
        report = with_paths_from_root(report, Path(root))
    if statistics:
        emit(_statistics(chosen_format)(report), output)
        return
    emit(FORMATS[chosen_format].render(report), output)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if chosen_format == "github" and summary:
        append(FORMATS["markdown"].render(report), Path(summary))


def _statistics(chosen_format: str) -> Callable[[ValidationReport], str]:
    """Return the function that renders statistics; the log of GitHub gets them as text."""
    from coprod_review.validate.formats import FORMATS

    statistics = {name: format.statistics for name, format in FORMATS.items() if format.statistics}
    name = "text" if chosen_format == "github" else chosen_format
    if name not in statistics:
        raise CoprodReviewError(
            f"--statistics cannot be written as {chosen_format}: use --format {' or --format '.join(statistics)}."
        )
    return statistics[name]
