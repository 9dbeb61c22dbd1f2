"""Every output format of ``validate`` by name."""

from collections.abc import Mapping

from coprod_review.validate.formats import concise, github, json, junit, markdown, sarif, text
from coprod_review.validate.formats.diagnostics_format import DiagnosticsFormat

FORMATS: Mapping[str, DiagnosticsFormat] = {
    format.name: format
    for format in (
        text.FORMAT,
        concise.FORMAT,
        json.FORMAT,
        github.FORMAT,
        sarif.FORMAT,
        junit.FORMAT,
        markdown.FORMAT,
    )
}
"""Every format by its name, in the order in which help lists them."""
