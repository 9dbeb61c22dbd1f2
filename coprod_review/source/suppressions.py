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
class Ignore:
    """One comment that silences codes on one line."""

    span: Span
    """Where the comment stands."""
    alone: bool
    """Whether nothing else stands on its line."""
    line: int
    """The line it speaks of: its own, or the next one for a comment on a line of its own."""
    codes: tuple[str, ...]
    """The codes it names; empty for a comment that cannot be read."""
    reason: str


def ignores(text: YamlText) -> list[Ignore]:
    """Every such comment of a file, in its order."""
    comments = [c for word in ("coprod", "Coprod") for c in text.comments(word) if _MEANT.match(c.text)]
    below = _lines_below(text) if any(comment.alone for comment in comments) else []
    return [_ignore(comment, below[comment.span.line] if comment.alone else comment.span.line) for comment in comments]


def _ignore(comment: Comment, line: int) -> Ignore:
    found = _FORM.match(comment.text)
    codes = tuple(filter(None, re.split(r"[\s,]+", found["codes"]))) if found else ()
    return Ignore(comment.span, comment.alone, line, codes, found["reason"].strip() if found else "")


def _lines_below(text: YamlText) -> list[int]:
    """For each line, counted from 1, the next one that holds more than blanks or a comment."""
    count = len(text.lines)
    below = [count + 1] * (count + 1)
    for line in range(count - 1, 0, -1):
        below[line] = below[line + 1] if re.match(r"\s*(?:#|$)", text.line(line + 1)) else line + 1
    return below


def sorted_out(
    found: Iterable[Problem], held: Mapping[int, list[Ignore]]
) -> tuple[list[Problem], set[tuple[int, Ignore, str]]]:
    """Problems that no comment silences, and what each comment silenced; ``held`` is by the identity of a text."""
    lines = {text: _by_line(ignores_of) for text, ignores_of in held.items()}
    kept: list[Problem] = []
    used: set[tuple[int, Ignore, str]] = set()
    for problem in found:
        # Places are worked out only in files that hold such a comment.
        match = _match(problem, lines.get(id(problem.text), {}))
        if match is None:
            kept.append(problem)
        else:
            used.add((id(problem.text), match, problem.kind.code))
    return kept, used


def _match(problem: Problem, by_line: Mapping[int, list[Ignore]]) -> Ignore | None:
    held = by_line.get(problem.place.line, ()) if by_line else ()
    return next((ignore for ignore in held if ignore.reason and problem.kind.code in ignore.codes), None)


def _by_line(held: Iterable[Ignore]) -> dict[int, list[Ignore]]:
    found: dict[int, list[Ignore]] = {}
    for ignore in held:
        found.setdefault(ignore.line, []).append(ignore)
    return found
