"""The page of a rule, parsed from the docstring of its module."""

import re
from dataclasses import dataclass
from textwrap import dedent

_SECTIONS = re.compile(r"\n(?=(?:Fails|Passes):\n|Fix: )")
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class RuleDocs:
    """What a contributor reads about one kind of problem."""

    title: str
    """What is wrong, in one sentence."""
    why: str
    """Why it matters; paragraphs are separated by an empty line."""
    fails: str
    """An example that fails; the line that is reported ends in a comment with the code."""
    passes: str
    """The same example, corrected."""
    fix: str
    """What to do."""

    @property
    def examples(self) -> list[tuple[str, str]]:
        """The examples that the page has, each with its heading."""
        return [(word, text) for word, text in (("Fails", self.fails), ("Passes", self.passes)) if text]


def parse_rule_docs(docstring: str | None) -> RuleDocs:
    """Parse a docstring: title, reason, examples under ``Fails:`` and ``Passes:``, then ``Fix:``."""
    # Python started with -OO removes docstrings, so there may be none.
    opening, *sections = _SECTIONS.split("\n" + dedent(docstring or "").strip())
    parts = {section.partition(":")[0]: section.partition(":")[2] for section in sections}
    title, _, why = opening.strip().partition("\n\n")
    return RuleDocs(
        title=_join_lines(title),
        why=_join_lines(why),
        fails=dedent(parts.get("Fails", "").strip("\n")),
        passes=dedent(parts.get("Passes", "").strip("\n")),
        fix=_join_lines(parts.get("Fix", "")),
    )


def _join_lines(text: str) -> str:
    """Join the lines of each paragraph."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in _BLANK_LINE.split(text.strip()))
