"""Diagnostics for people, on one line each."""

from coprod_review.text.escaping import visible
from coprod_review.validate.formats.diagnostics_format import DiagnosticsFormat
from coprod_review.validate.formats.text import place
from coprod_review.validate.validation_report import ValidationReport, summary


def render(report: ValidationReport) -> str:
    """Render each diagnostic on one line, with its hint, and the summary."""
    lines = [visible(f"{place(d)}{d.message_with_hint}") for d in report.shown]
    return "\n".join((*lines, summary(report))) + "\n"


# A list of lines is text, so a file of it may end in .txt.
FORMAT = DiagnosticsFormat("concise", (), render, other_suffixes=(".txt",))
