"""Comments that suppress a diagnostic and say why: ``# coprod: ignore[CPR410] reason``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coprod_review.source.positions import Comment, Span
from coprod_review.source.problems import Problem
from coprod_review.source.yaml_text import YamlText

# Comments that were probably meant as a suppression are included, so that a misspelt one can be reported.
_INTENDED = re.compile(r"coprod\s*:|coprod\s+ignore", re.IGNORECASE)
_FORM = re.compile(r"coprod:\s*ignore\s*\[(?P<codes>[^\]]*)\]\s*[:,-]?\s*(?P<reason>.*)")
_BLANK_OR_COMMENT = re.compile(r"\s*(?:#|$)")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment that suppresses codes on one line."""

    span: Span
    """The place of the comment."""
    is_whole_line: bool
    """Whether the comment is alone on its line."""
    line: int
    """The line whose problems it suppresses: its own, or for a comment alone on its line the next one with content."""
    codes: tuple[str, ...]
    """The codes it names; empty for a comment that cannot be parsed."""
    reason: str


SuppressionUse = tuple[YamlText, Suppression, str]
"""A suppression in a text, and a code whose problem it suppressed."""


def find_suppressions(text: YamlText) -> list[Suppression]:
    """Return the suppressions of a file."""
    comments = [c for word in ("coprod", "Coprod") for c in text.comments(word) if _INTENDED.match(c.text)]
    following = _following_lines(text) if any(comment.is_whole_line for comment in comments) else []
    return [
        _parse(comment, following[comment.span.line] if comment.is_whole_line else comment.span.line)
        for comment in comments
    ]


def _parse(comment: Comment, line: int) -> Suppression:
    match = _FORM.match(comment.text)
    codes = tuple(filter(None, re.split(r"[\s,]+", match["codes"]))) if match else ()
    return Suppression(comment.span, comment.is_whole_line, line, codes, match["reason"].strip() if match else "")


def _following_lines(text: YamlText) -> list[int]:
    """Return for each line, counted from 1, the next line that has more than blanks or a comment."""
    count = len(text.lines)
    following = [count + 1] * (count + 1)
    for line in range(count - 1, 0, -1):
        following[line] = following[line + 1] if _BLANK_OR_COMMENT.match(text.line(line + 1)) else line + 1
    return following


def apply_suppressions(
    problems: Iterable[Problem], suppressions: Mapping[YamlText, Sequence[Suppression]]
) -> tuple[list[Problem], set[SuppressionUse]]:
    """Return the problems that no comment suppresses, and which comment suppressed which code."""
    by_line = {text: _by_line(of_text) for text, of_text in suppressions.items()}
    remaining: list[Problem] = []
    used: set[SuppressionUse] = set()
    for problem in problems:
        suppression = _matching(problem, by_line.get(problem.text, {}))
        if suppression is None:
            remaining.append(problem)
        else:
            used.add((problem.text, suppression, problem.rule.code))
    return remaining, used


def _matching(problem: Problem, by_line: Mapping[int, list[Suppression]]) -> Suppression | None:
    # Locating a problem costs time, so it is done only in files that have suppressions.
    on_line = by_line.get(problem.place.line, ()) if by_line else ()
    return next((s for s in on_line if s.reason and problem.rule.code in s.codes), None)


def _by_line(suppressions: Iterable[Suppression]) -> dict[int, list[Suppression]]:
    by_line: dict[int, list[Suppression]] = {}
    for suppression in suppressions:
        by_line.setdefault(suppression.line, []).append(suppression)
    return by_line
