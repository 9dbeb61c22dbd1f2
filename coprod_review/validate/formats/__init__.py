"""Every format of ``validate`` by name, and what a file's suffix asks for."""

from collections.abc import Callable, Mapping

from coprod_review.validate.formats import github, json, junit, sarif, text
from coprod_review.validate.validation_report import ValidationReport

FORMATS: Mapping[str, Callable[[ValidationReport], str]] = {
    "text": text.text,
    "concise": text.concise,
    "json": json.render,
    "github": github.annotations,
    "sarif": sarif.render,
    "junit": junit.render,
    "markdown": github.job_summary,
}
"""What was checked in, text out; all of them tell the same diagnostics."""

STATISTICS: Mapping[str, Callable[[ValidationReport], str]] = {
    "text": text.statistics,
    "json": json.statistics,
}
"""The formats in which counts can be told."""

SUFFIXES: Mapping[str, str] = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "markdown",
}
