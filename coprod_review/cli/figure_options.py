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
    Definition, typer.Option(help="Whether an experience of taking part can count as an outcome.")
]

DrawnOutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead: .txt .json .csv .md .svg"),
]


def report_request(
    filters: Sequence[Filter], reported_in: str | None, arguments: tuple[str, ...], options: Options
) -> ReportRequest:
    """Return what was requested, so that the report can repeat it."""
    from coprod_review.reports.request import ReportRequest, filters_in_words

    return ReportRequest(filters_in_words(filters, reported_in), arguments, options)
