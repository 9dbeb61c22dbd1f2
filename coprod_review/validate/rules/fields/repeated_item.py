"""A list contains the same item twice.

A list of codes, names or ids is a set: it says what applies, and an item that is
written twice says nothing more. It is never counted twice, but a reader may
think that a word was meant to be another one.

Fails:

    sector: [health, health]  # CPR114

Passes:

    sector: [health]

Fix: delete the second item, or write the word that was meant. `--fix` deletes
the second item.
"""

from collections.abc import Iterable, Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import KeyPath, Span, Value
from coprod_review.source.problems import Edit, Fix, Problem, Rule, Severity
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate.rules.hints import KEEP_ONE

RULE = Rule("CPR114", "repeated-item", Severity.ERROR, __doc__)
_SETS_OF_MAPPINGS = frozenset({"reported_in"})
"""Fields with a list of mappings that is a set; other lists of mappings have entries with ids, or names of people."""


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every item that is earlier in the same list."""
    for entry in base.entries:
        yield from _repeated(entry.text, entry.path, entry.raw)
    for text in base.parts.values():
        yield from _repeated(text, (), text.data)


def _repeated(text: YamlText, start: KeyPath, data: Value) -> Iterator[Problem]:
    for path, items in _sets(data):
        for number, item in enumerate(items):
            if item in items[:number]:
                message = f"`{_shown(item)[:60]}` is in the list `{path[-1]}` twice"
                place = (*start, *path, number)
                yield Problem(RULE, text, place, message, KEEP_ONE, fix=_deletion(text, place))


def _sets(data: Value) -> Iterator[tuple[KeyPath, list[Value]]]:
    """Yield the path and the items of every list that is a set."""
    remaining: list[tuple[KeyPath, Value]] = [((), data)]
    while remaining:
        path, value = remaining.pop()
        children: Iterable[tuple[str | int, Value]] = ()
        if isinstance(value, dict):
            children = value.items()
        elif isinstance(value, list):
            children = enumerate(value)
            if len(value) > 1 and path and (isinstance(value[0], str) or path[-1] in _SETS_OF_MAPPINGS):
                yield path, value
        remaining += [((*path, key), child) for key, child in children if isinstance(child, dict | list)]


def _shown(item: Value) -> str:
    return ", ".join(map(str, item.values())) if isinstance(item, dict) else str(item)


def _deletion(text: YamlText, path: KeyPath) -> Fix:
    """Return the fix that deletes an item of a list; it is not safe where it would delete a comment as well."""
    *outer, number = path
    assert isinstance(number, int)
    item, before = text.locate(path), text.locate((*outer, number - 1))
    in_block = text.line(item.line)[: item.column - 1].strip() == "-"
    span = _lines_of(item) if in_block else Span(before.end_line, before.end_column, item.end_line, item.end_column)
    return Fix("#" not in _text_of(text, span), (Edit("", span),))


def _lines_of(item: Span) -> Span:
    """Return whole lines: the parser ends a mapping where the next item or key begins."""
    end = item.end_line if item.end_line > item.line else item.line + 1
    return Span(item.line, 1, end, 1)


def _text_of(text: YamlText, span: Span) -> str:
    last = text.line(span.end_line)[: span.end_column - 1]
    if span.line == span.end_line:
        return last[span.column - 1 :]
    first, *others = (text.line(number) for number in range(span.line, span.end_line))
    return "\n".join((first[span.column - 1 :], *others, last))
