"""Lines end with a carriage return, as they do on Windows.

Git, and anyone who compares two versions, then sees a change in every line
although nothing has changed. There is no example here, because the character is
invisible.

Fix: save the file with the line ending "LF". `--fix` does this. The line
`*.yaml text eol=lf` in `.gitattributes` makes git keep it.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import Span
from coprod_review.source.problems import Edit, Fix, Problem, Rule, Severity
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.grammar import plural

RULE = Rule("CPR012", "line-ends", Severity.WARNING, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report once every file in which lines end in a carriage return."""
    for text in base.texts:
        if "\r\n" in text.text:
            spans = list(_carriage_returns(text))
            message = f"{plural(len(spans), 'line ends', 'lines end')} with a carriage return"
            fix = Fix(True, tuple(Edit("", span) for span in spans))
            yield Problem(RULE, text, (), message, 'save the file with the line ending "LF"', span=spans[0], fix=fix)


def _carriage_returns(text: YamlText) -> Iterator[Span]:
    for number, line in enumerate(text.lines, 1):
        if line.endswith("\r"):
            yield Span(number, len(line), number, len(line) + 1)
