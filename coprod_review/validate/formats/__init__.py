"""Every output format of ``validate`` by name, and the format that the suffix of a file selects."""

from collections.abc import Callable, Mapping

from coprod_review.validate.formats import github, json, junit, sarif, text
from coprod_review.validate.validation_report import ValidationReport

FORMATS: Mapping[str, Callable[[ValidationReport], str]] = {
    "text": text.render,
    "concise": text.concise,
    "json": json.render,
    "github": github.annotations,
    "sarif": sarif.render,
    "junit": junit.render,
    "markdown": github.job_summary,
}
"""Functions that render a report; all formats contain the same diagnostics."""

STATISTICS: Mapping[str, Callable[[ValidationReport], str]] = {
    "text": text.statistics,
    "json": json.statistics,
}
"""Functions that render how often each rule was broken."""

SUFFIXES: Mapping[str, str] = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "markdown",
}
