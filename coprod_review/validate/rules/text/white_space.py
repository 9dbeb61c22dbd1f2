"""White space that nobody sees: at the end of a line, or a tab before a value.

It makes two versions differ where nothing changed, and a tab is as wide as the
reader's editor likes. The last line of a file ends in a line break too, or the
next entry that is appended runs into it. No example can be shown, since blanks
cannot be seen.

Fix: delete it. `--fix` does so.
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
            yield _problem(text, span, "white space at the end of the line", "delete it", "")
        if tab := _TAB.match(stripped):
            span = Span(number, tab.start("gap") + 1, number, tab.end("gap") + 1)
            yield _problem(text, span, "a tab stands before the value", "write one blank", " ")


def _check_end(text: YamlText) -> Iterator[Problem]:
    if not text.text.endswith("\n"):
        line, end = len(text.lines), len(text.lines[-1]) + 1
        message = "the last line does not end in a line break"
        yield _problem(text, Span(line, end, line, end), message, "press return at its end", "\n")


def _problem(text: YamlText, span: Span, message: str, hint: str, replacement: str) -> Problem:
    # White space in a block or in quotation marks can be part of the text, so a person has to look at the fix.
    safe = (
        not text.lost_entries
        and text.is_outside_values(span.line, span.column - 1)
        and not text.ends_in_block(span.line)
    )
    return Problem(RULE, text, (), message, hint, span=span, fix=replacement_fix(replacement, safe=safe))
