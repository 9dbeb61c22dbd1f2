"""The page of one kind of problem, read from the docstring of its module."""

import re
from dataclasses import dataclass
from textwrap import dedent

_SECTIONS = re.compile(r"\n(?=(?:Fails|Passes):\n|Fix: )")


@dataclass(frozen=True, slots=True)
class RuleDocs:
    """What a contributor reads about one kind of problem."""

    title: str
    """What is wrong, in one sentence."""
    why: str
    """Why it matters; paragraphs are parted by an empty line."""
    fails: str
    """An example that fails; the line that is reported ends in a comment with the code."""
    passes: str
    """The same example put right."""
    fix: str
    """What to do."""


def parse_rule_docs(docstring: str | None) -> RuleDocs:
    """The page in a docstring: title, reason, examples under ``Fails:`` and ``Passes:``, then ``Fix:``."""
    # Python run with -OO keeps no docstrings.
    opening, *sections = _SECTIONS.split("\n" + dedent(docstring or "").strip())
    parts = {section.partition(":")[0]: section.partition(":")[2] for section in sections}
    title, _, why = opening.strip().partition("\n\n")
    return RuleDocs(
        title=_flowing(title),
        why=_flowing(why),
        fails=dedent(parts.get("Fails", "").strip("\n")),
        passes=dedent(parts.get("Passes", "").strip("\n")),
        fix=_flowing(parts.get("Fix", "")),
    )


def _flowing(text: str) -> str:
    """Paragraphs without the line breaks of the source."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip()))
