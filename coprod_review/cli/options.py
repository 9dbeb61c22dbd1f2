"""The program, and what its commands share: options, filters, and output.

Modules of this package import the others only when a command runs, so that ``--version`` and ``--help`` are fast.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_review.cli.registered import format_option, names_by_suffix
from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coprod_review.loading.evidence_base import EvidenceBase
    from coprod_review.model.facets import Filter
    from coprod_review.model.study import Study
    from coprod_review.results.report import Report

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Show what a collection of studies has examined, what is missing, and which studies are behind each number. "
    "To begin, type: coprod-review gaps",
)


BaseOption = Annotated[
    Path | None,
    typer.Option(
        "--base",
        metavar="PATH",
        help="The evidence base to read: a folder, or one file of studies.",
        show_default="the bundled base",
    ),
]
_FORMAT_HELP = "The format of the output."
_FORMAT_DEFAULT = "from the suffix of -o, otherwise terminal"
FormatOption = Annotated[str | None, format_option("report_formats", _FORMAT_HELP, _FORMAT_DEFAULT)]
DrawnFormatOption = Annotated[str | None, format_option("drawn_formats", _FORMAT_HELP, _FORMAT_DEFAULT)]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to a file. Its suffix can choose the format: {report_suffixes}.",
    ),
]
SkipInvalidOption = Annotated[
    bool, typer.Option("--skip-invalid", help="Leave out the studies that have errors, instead of stopping.")
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="FACET=TERM",
        help="Keep only the studies that meet a condition. For example, place=Wales,Italy keeps studies with "
        "either term, role!=context keeps studies without the term or without any code, and 'year>=2019' keeps studies "
        "from 2019 or later. If you repeat the option, a study must meet every condition.",
    ),
]
ReportedInOption = Annotated[
    str | None,
    typer.Option(
        "--reported-in",
        metavar="SOURCE",
        help="Keep only the findings that one source reports, for example abstract.",
    ),
]


def _version(requested: bool) -> None:
    if requested:
        from coprod_review import __version__

        typer.echo(f"coprod-review {__version__}")
        raise typer.Exit


@app.callback()
def coprod_review(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that come before a command."""


def load_valid_base(path: Path | None, skip_invalid: bool) -> EvidenceBase:
    """Return a base that is valid, without the texts of its files. Raises ``InvalidBase``."""
    from coprod_review.validate import base_cache

    return base_cache.load(path, skip_invalid=skip_invalid)


def apply_filters(
    base: EvidenceBase, where: list[str] | None, source: str | None
) -> tuple[EvidenceBase, tuple[Filter, ...]]:
    """Return the base with only the studies that pass the filters, and the filters."""
    from coprod_review.loading.evidence_base import with_filtered_studies
    from coprod_review.model import facets

    codebook = base.framework.codebook
    filters = tuple(facets.parse_filter(text, codebook) for text in where or ())
    if source is not None:
        if "," in source:
            raise CoprodReviewError(f"--reported-in takes one source, not `{source}`: name one of them.")
        facets.check_terms("source", (source,), codebook)
    if not filters and source is None:
        return base, filters

    def apply(studies: tuple[Study, ...]) -> tuple[Study, ...]:
        passing = tuple(s for s in studies if all(f.passes(s, codebook) for f in filters))
        return facets.restrict_to_source(passing, source) if source is not None else passing

    return with_filtered_studies(base, apply), filters


def repeated_arguments(
    base: Path | None, where: list[str] | None, source: str | None, skip_invalid: bool, definition: str = "strict"
) -> tuple[str, ...]:
    """Return the arguments that select the same studies in another command, and count them in the same way."""
    return (
        *(("--base", str(base)) if base else ()),
        *(part for text in where or () for part in ("--where", text)),
        *(("--reported-in", source) if source else ()),
        *(("--definition", definition) if definition != "strict" else ()),
        *(("--skip-invalid",) if skip_invalid else ()),
    )


def can_ask() -> bool:
    """Whether a person can answer questions."""
    import sys

    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str) -> str:
    """Ask a question on standard error, because results go to standard output."""
    import sys

    typer.echo(question, err=True, nl=False)
    answer = sys.stdin.buffer.readline()
    if not answer:
        raise typer.Abort
    return answer.decode("utf-8", "replace")


def emit_report(report: Report, format: str | None, output: Path | None) -> None:
    """Write a report in the format that was requested."""
    from coprod_review.files.writing import emit
    from coprod_review.render import FORMATS

    chosen_format = format_of(output, format, names_by_suffix(FORMATS.values()), "terminal")
    emit(FORMATS[chosen_format].render(report), output)


def format_of(output: Path | None, format: str | None, suffixes: Mapping[str, str], default: str) -> str:
    """Return the format that was requested, by name or by the suffix of a file. Raises if the two differ."""
    by_suffix = suffixes.get(output.suffix.lower()) if output else None
    if output and format is None and by_suffix is None:
        known = ", ".join(suffixes)
        raise CoprodReviewError(f"The suffix of {output} does not name a format: use one of {known}, or add --format.")
    if by_suffix and format is not None and by_suffix != format:
        raise CoprodReviewError(
            f"The suffix of {output} names the format {by_suffix}, but --format names {format}: "
            "leave out --format, or change the suffix."
        )
    return format or by_suffix or default
