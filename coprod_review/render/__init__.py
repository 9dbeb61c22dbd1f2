"""The output formats of reports, by name, and the suffixes of their files."""

from collections.abc import Callable, Mapping

from coprod_review.render import csv, json, markdown, terminal
from coprod_review.results.report import Report


def _svg(report: Report) -> str:
    # Drawing is imported here, because otherwise every command would import it at its start.
    from coprod_review.render import svg

    return svg.render(report)


RENDERERS: Mapping[str, Callable[[Report], str]] = {
    "terminal": terminal.render,
    "json": json.render,
    "csv": csv.render,
    "markdown": markdown.render,
    "svg": _svg,
}
"""Each renderer turns a report into text that ends in a line break."""

SUFFIXES: Mapping[str, str] = {".txt": "terminal", ".json": "json", ".csv": "csv", ".md": "markdown", ".svg": "svg"}
"""Formats by the suffix of an output file."""
