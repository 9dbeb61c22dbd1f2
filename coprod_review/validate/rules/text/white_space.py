"""A line has white space at its end or a tab before its value, or the last line has no line break.

White space makes two versions differ although nothing has changed, and a tab
has another width in every editor. Without a line break at the end of the file,
the next entry that is appended continues the last line. There is no example
here, because white space is invisible.

Fix: delete the white space, or add the line break. `--fix` does this.
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import Span
from coprod_review.source.problems import Problem, Rule, Severity, replacement_fix
from coprod_review.source.yaml_text import YamlText

RULE = Rule("CPR013", "white-space", Severity.WARNING, __doc__, suppressible=False)
_TAB = re.compile(r"[ ]*(?:- )*[\w.-]+:(?P<gap>[ ]*\t[ \t]*)(?=[^ \t\r#])")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report blanks at the end of a line, tabs before a value, and a last line that does not end."""
    for text in base.texts:
        if text.text:
            yield from _check_lines(text)
            yield from _check_end(text)


def _check_lines(text: YamlText) -> Iterator[Problem]:
    if not any(characters in text.text for characters in (" \n", "\t", " \r")) and not text.text.endswith(" "):
        return
    for number, line in enumerate(text.lines, 1):
        written = line.removesuffix("\r")
        stripped = written.rstrip(" \t")
        if stripped != written:
            span = Span(number, len(stripped) + 1, number, len(written) + 1)
            yield _problem(text, span, "there is white space at the end of the line", "delete it", "")
        if tab := _TAB.match(stripped):
            span = Span(number, tab.start("gap") + 1, number, tab.end("gap") + 1)
            yield _problem(text, span, "there is a tab before the value", "write one space", " ")


def _check_end(text: YamlText) -> Iterator[Problem]:
    if not text.text.endswith("\n"):
        line, end = len(text.lines), len(text.lines[-1]) + 1
        message = "the last line does not end in a line break"
        yield _problem(text, Span(line, end, line, end), message, "add a line break at its end", "\n")


def _problem(text: YamlText, span: Span, message: str, hint: str, replacement: str) -> Problem:
    # White space in a block or in quotation marks can be part of the text, so a person has to look at the fix.
    safe = (
        not text.lost_entries
        and text.is_outside_values(span.line, span.column - 1)
        and not text.ends_in_block(span.line)
    )
    return Problem(RULE, text, (), message, hint, span=span, fix=replacement_fix(replacement, safe=safe))
