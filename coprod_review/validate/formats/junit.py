"""Diagnostics as JUnit XML, which most build servers read.

Each file is a suite. Each diagnostic is a case: what fails the run is a failure,
what is less severe passes with its text. A file without any is one case that passes.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from coprod_review.source.problems import Diagnostic, Severity, at_least
from coprod_review.text.escaping import visible
from coprod_review.validate.validation_report import ValidationReport


def render(checked: ValidationReport) -> str:
    """The JUnit document, in UTF-8."""
    found: dict[str, list[Diagnostic]] = {name: [] for name in checked.files}
    for d in checked.shown:
        found.setdefault(d.file, []).append(d)
    suites = [_suite(name, held, checked.fail_on) for name, held in found.items()]
    failures = sum(at_least(d.severity, checked.fail_on) for d in checked.shown)
    cases = sum(max(1, len(held)) for held in found.values())
    head = f'<testsuites name="coprod-review" tests="{cases}" failures="{failures}">'
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>")) + "\n"


def _suite(name: str, found: list[Diagnostic], fail_on: Severity) -> str:
    failures = sum(at_least(d.severity, fail_on) for d in found)
    head = f'  <testsuite name={_attribute(name)} tests="{max(1, len(found))}" failures="{failures}">'
    passed = [] if found else [f'    <testcase classname={_attribute(name)} name="no diagnostics"/>']
    return "\n".join((head, *passed, *(line for d in found for line in _case(d, fail_on)), "  </testsuite>"))


def _case(d: Diagnostic, fail_on: Severity) -> Iterator[str]:
    where = f"{d.span.line}:{d.span.column} {d.code} {d.rule.name}"
    told = escape(visible(f"{d.file}:{d.span.line}:{d.span.column}: {d.code} {d.severity}  {d.message} - {d.hint}"))
    yield f"    <testcase classname={_attribute(d.file)} name={_attribute(where)}>"
    if at_least(d.severity, fail_on):
        yield f'      <failure type="{d.code}" message={_attribute(d.message)}>{told}</failure>'
    else:
        yield f"      <system-out>{told}</system-out>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    # Signs that XML has no place for, even escaped, are shown as their codes.
    return quoteattr(visible(text))
