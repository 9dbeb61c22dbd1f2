"""A file before and after a change, and the change as a patch."""

from pathlib import Path
from typing import NamedTuple

from coprod_review.text.escaping import visible


class Rewrite(NamedTuple):
    """The text of a file before and after a change."""

    path: Path
    before: str
    after: str


def as_patch(rewrite: Rewrite) -> str:
    """Return a change as a patch that git can apply."""
    from difflib import unified_diff
    from io import StringIO

    # Only a line feed ends a line here; other characters at which Python breaks lines can occur within one.
    before, after = (StringIO(text, newline="\n").readlines() for text in (rewrite.before, rewrite.after))
    name = str(rewrite.path).lstrip("/")
    lines = unified_diff(before, after, visible(f"a/{name}"), visible(f"b/{name}"))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
