"""Options that the commands about figures share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coprod_review.gaps.analysis import Options
    from coprod_review.model.facets import Filter
    from coprod_review.reports.request import ReportRequest


class Definition(StrEnum):
    """Definitions of an outcome."""

    STRICT = "strict"
    BROAD = "broad"


DefinitionOption = Annotated[
    Definition,
    typer.Option(
        help="Which findings count as outcomes: strict counts changes only; broad also counts some experiences of "
        "taking part."
    ),
]

DrawnOutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to a file. Its suffix can choose the format: {drawn_suffixes}.",
    ),
]


def report_request(
    filters: Sequence[Filter], reported_in: str | None, arguments: tuple[str, ...], options: Options
) -> ReportRequest:
    """Return what was requested, so that the report can repeat it."""
    from coprod_review.reports.request import ReportRequest, filters_in_words

    return ReportRequest(filters_in_words(filters, reported_in), arguments, options)
