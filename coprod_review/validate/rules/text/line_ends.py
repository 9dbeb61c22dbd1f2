"""Lines end in the way of Windows, with a carriage return.

The same file then differs in every line for git and for whoever compares two
versions, though nothing changed. No example can be shown, since the sign cannot
be seen.

Fix: save the file with line ends "LF". `--fix` does so; a line `*.yaml text
eol=lf` in `.gitattributes` keeps it so.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import Span
from coprod_review.source.problems import Edit, Fix, Problem, Rule, Severity
from coprod_review.source.yaml_text import YamlText

RULE = Rule("CPR012", "line-ends", Severity.WARNING, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report once every file in which lines end in a carriage return."""
    for text in base.texts:
        if "\r\n" in text.text:
            spans = list(_carriage_returns(text))
            message = f"{len(spans)} line{'s' * (len(spans) > 1)} of the file end in a carriage return"
            fix = Fix(True, tuple(Edit("", span) for span in spans))
            yield Problem(RULE, text, (), message, 'save it with line ends "LF"', span=spans[0], fix=fix)


def _carriage_returns(text: YamlText) -> Iterator[Span]:
    for number, line in enumerate(text.lines, 1):
        if line.endswith("\r"):
            yield Span(number, len(line), number, len(line) + 1)
