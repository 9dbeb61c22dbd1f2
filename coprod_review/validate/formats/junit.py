"""Diagnostics as JUnit XML, which most build servers read.

Each file is a test suite, and each diagnostic a test case: it fails if it fails the
run, and otherwise passes with its text. A file without diagnostics is one case that passes.
"""

from collections.abc import Iterator

from coprod_review.source.problems import Diagnostic, Severity, at_least
from coprod_review.text.escaping import visible
from coprod_review.validate.formats.diagnostics_format import DiagnosticsFormat
from coprod_review.validate.validation_report import ValidationReport


def render(report: ValidationReport) -> str:
    """Render the report as a JUnit document."""
    by_file: dict[str, list[Diagnostic]] = {name: [] for name in report.files}
    for d in report.shown:
        by_file.setdefault(d.file, []).append(d)
    suites = [_suite(name, diagnostics, report.fail_on) for name, diagnostics in by_file.items()]
    failures = sum(at_least(d.severity, report.fail_on) for d in report.shown)
    cases = sum(max(1, len(diagnostics)) for diagnostics in by_file.values())
    head = f'<testsuites name="coprod-review" tests="{cases}" failures="{failures}">'
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>")) + "\n"


def _suite(name: str, diagnostics: list[Diagnostic], fail_on: Severity) -> str:
    failures = sum(at_least(d.severity, fail_on) for d in diagnostics)
    head = f'  <testsuite name={_attribute(name)} tests="{max(1, len(diagnostics))}" failures="{failures}">'
    passed = [] if diagnostics else [f'    <testcase classname={_attribute(name)} name="no diagnostics"/>']
    return "\n".join((head, *passed, *(line for d in diagnostics for line in _case(d, fail_on)), "  </testsuite>"))


def _case(d: Diagnostic, fail_on: Severity) -> Iterator[str]:
    from xml.sax.saxutils import escape  # it imports a client for HTTP, and only this format needs it

    where = f"{d.span.line}:{d.span.column} {d.code} {d.rule.name}"
    text = escape(visible(f"{d.file}:{d.span.line}:{d.span.column}: {d.code} {d.severity}  {d.message_with_hint}"))
    yield f"    <testcase classname={_attribute(d.file)} name={_attribute(where)}>"
    if at_least(d.severity, fail_on):
        yield f'      <failure type="{d.code}" message={_attribute(d.message)}>{text}</failure>'
    else:
        yield f"      <system-out>{text}</system-out>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    # XML does not allow control characters, even escaped, so they are shown as their codes.
    return quoteattr(visible(text))


FORMAT = DiagnosticsFormat("junit", (".xml",), render, suffix_note="JUnit")
