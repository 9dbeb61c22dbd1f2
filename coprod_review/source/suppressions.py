"""Comments that silence a diagnostic and say why: ``# coprod: ignore[CPR410] reason``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coprod_review.source.positions import Comment, Span
from coprod_review.source.problems import Problem
from coprod_review.source.yaml_text import YamlText

_MEANT = re.compile(r"coprod\s*:|coprod\s+ignore", re.IGNORECASE)
_FORM = re.compile(r"coprod:\s*ignore\s*\[(?P<codes>[^\]]*)\]\s*[:,-]?\s*(?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment that silences codes on one line."""

    span: Span
    """Where the comment stands."""
    is_whole_line: bool
    """Whether nothing else stands on its line."""
    line: int
    """The line it speaks of: its own, or the next one for a comment on a line of its own."""
    codes: tuple[str, ...]
    """The codes it names; empty for a comment that cannot be read."""
    reason: str


def find_suppressions(text: YamlText) -> list[Suppression]:
    """Every such comment of a file, in its order."""
    comments = [c for word in ("coprod", "Coprod") for c in text.comments(word) if _MEANT.match(c.text)]
    below = _lines_below(text) if any(comment.is_whole_line for comment in comments) else []
    return [
        _ignore(comment, below[comment.span.line] if comment.is_whole_line else comment.span.line)
        for comment in comments
    ]


def _ignore(comment: Comment, line: int) -> Suppression:
    found = _FORM.match(comment.text)
    codes = tuple(filter(None, re.split(r"[\s,]+", found["codes"]))) if found else ()
    return Suppression(comment.span, comment.is_whole_line, line, codes, found["reason"].strip() if found else "")


def _lines_below(text: YamlText) -> list[int]:
    """For each line, counted from 1, the next one that holds more than blanks or a comment."""
    count = len(text.lines)
    below = [count + 1] * (count + 1)
    for line in range(count - 1, 0, -1):
        below[line] = below[line + 1] if re.match(r"\s*(?:#|$)", text.line(line + 1)) else line + 1
    return below


def apply_suppressions(
    found: Iterable[Problem], held: Mapping[int, list[Suppression]]
) -> tuple[list[Problem], set[tuple[int, Suppression, str]]]:
    """Problems that no comment silences, and what each comment silenced; ``held`` is by the identity of a text."""
    lines = {text: _by_line(ignores_of) for text, ignores_of in held.items()}
    kept: list[Problem] = []
    used: set[tuple[int, Suppression, str]] = set()
    for problem in found:
        # Places are worked out only in files that hold such a comment.
        match = _match(problem, lines.get(id(problem.text), {}))
        if match is None:
            kept.append(problem)
        else:
            used.add((id(problem.text), match, problem.rule.code))
    return kept, used


def _match(problem: Problem, by_line: Mapping[int, list[Suppression]]) -> Suppression | None:
    held = by_line.get(problem.place.line, ()) if by_line else ()
    return next((ignore for ignore in held if ignore.reason and problem.rule.code in ignore.codes), None)


def _by_line(held: Iterable[Suppression]) -> dict[int, list[Suppression]]:
    found: dict[int, list[Suppression]] = {}
    for ignore in held:
        found.setdefault(ignore.line, []).append(ignore)
    return found
